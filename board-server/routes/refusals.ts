import type { RefusalCode, RefusedReply } from './handlers.ts';

/** [PR4] The status that carries each refusal. */
export const STATUS = {
  malformed: 400,
  'signed-out': 401,
  'wrong-credentials': 401,
  forbidden: 403,
  'wrong-origin': 403,
  'own-work': 403,
  'own-account': 403,
  'account-closed': 403,
  'not-found': 404,
  conflict: 409,
  changed: 409,
  'not-published': 409,
  'wrong-state': 409,
  'too-large': 413,
  incomplete: 422,
  'not-public': 422,
  over: 422,
  'reason-missing': 422,
  'too-long-for-board': 422,
  'weak-password': 422,
  'window-empty': 422,
  'receipt-key': 409,
  'receipt-old': 409,
  'receipt-forged': 422,
  locked: 423,
  'too-many-tries': 429,
  internal: 500,
  busy: 503,
  'clock-suspect': 503,
  restored: 503,
  'key-missing': 503,
  'not-out': 503,
  'read-only': 503,
  'storage-full': 507,
} as const satisfies Record<RefusalCode, number>;

/**
 * A 401 names no scheme in `WWW-Authenticate`: browsers would open a window of their own for the
 * password, and there is none to type it into but the console's page.
 */
export function refusalResponse({
  refusal,
  detail,
  findings,
  retryAfterSeconds,
}: RefusedReply): Response {
  const body = {
    refusal,
    ...(detail === undefined ? {} : { detail: detail.slice(0, 400).toWellFormed() }),
    ...(findings === undefined ? {} : { findings }),
  };
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  return Response.json(body, { status: STATUS[refusal], headers });
}
