import { parseJson } from '../../shared/kit/json.ts';
import { BACKGROUND } from '../../shared/protocol/background.ts';
import type { InputOf, OutputOf, REFUSALS, RouteName } from '../../shared/protocol/routes.ts';
import { refusal, routes } from '../../shared/protocol/routes.ts';
import { connection } from './connection.ts';
import { presence } from './presence.ts';
import { requestOf } from './request.ts';

/** The server's refusals, and two of the way there: no answer, or one that is not ours. */
export type FailureCode = (typeof REFUSALS)[number] | 'unreachable' | 'unreadable';

export interface Failure {
  readonly ok: false;
  readonly refusal: FailureCode;
  /** Where: a field path, a record. */
  readonly detail?: string;
}
export type Answer<Value> = { readonly ok: true; readonly value: Value } | Failure;

/** Calls a route by name. Never throws for what the network or the server may do. */
export async function call<Name extends RouteName>(
  name: Name,
  input: InputOf<Name>,
): Promise<Answer<OutputOf<Name>>> {
  const answer = await send(name, input);
  connection.answered(answer.ok || answer.refusal !== 'unreachable');
  if (!answer.ok && answer.refusal === 'signed-out' && name !== 'session') connection.signedOut();
  return answer;
}

/** Longer than the server's own limit for a request, so that its refusal arrives first. */
const PATIENCE_MS = 40_000;

async function send<Name extends RouteName>(
  name: Name,
  input: InputOf<Name>,
): Promise<Answer<OutputOf<Name>>> {
  const { method, path, body } = requestOf(name, input);
  let status: number;
  let answer: unknown;
  try {
    const response = await fetch(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: body === null ? headersOfRead() : { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    status = response.status;
    answer = parseJson(await response.text());
  } catch {
    return { ok: false, refusal: 'unreachable' }; // fetch rejects only when there is no answer.
  }
  if (status < 200 || status > 299) return failureOf(status, answer);
  const parsed = routes[name].output.safeParse(answer);
  if (!parsed.success) return { ok: false, refusal: 'unreadable', detail: parsed.error.message };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the key is generic, so TypeScript cannot follow it to its schema; the parse just did
  return { ok: true, value: parsed.data as OutputOf<Name> };
}

/** Only reading goes on by itself; whatever changes something, somebody wanted. */
const headersOfRead = (): Readonly<Record<string, string>> =>
  presence.isThere() ? {} : { [BACKGROUND]: '1' };

export function failureOf(status: number, answer: unknown): Failure {
  const parsed = refusal.safeParse(answer);
  if (parsed.success) {
    const { refusal: code, detail } = parsed.data;
    return detail === undefined
      ? { ok: false, refusal: code }
      : { ok: false, refusal: code, detail };
  }
  // A gateway answers for a server that is down.
  return { ok: false, refusal: status >= 502 && status <= 504 ? 'unreachable' : 'unreadable' };
}
