import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestLog } from '../app.ts';
import { securityHeaders } from './security-headers.ts';
import type { Surroundings, Visit } from './visit.ts';
import { visitOfMessage } from './visit.ts';

export interface ShortWayDeps {
  readonly surroundings: Surroundings;
  readonly newRequestId: () => string;
  /** Milliseconds since some moment, never set by anyone. */
  readonly monotonic: () => number;
  readonly log: RequestLog;
}

export interface ShortAnswer {
  readonly status: number;
  /** Names and values in turn, but for those that go with every answer. */
  readonly headers: readonly string[];
  /** Null where the status has none. */
  readonly body: Buffer<ArrayBuffer> | string | null;
}

/** A request that has begun to be answered on the short way. */
export interface Underway {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** When it came, by `monotonic`. */
  readonly since: number;
  /** What logs and figures call it. */
  readonly route: string;
}

/** [PR7] Answers past the app, and counts and logs it as the app does. */
export function answerShortly(deps: ShortWayDeps, underway: Underway, answer: ShortAnswer): void {
  const visit = visitOfMessage(underway.request, deps.surroundings);
  send(underway.response, answer, visit);
  tell(deps, underway, answer, visit);
}

function send(
  response: ServerResponse,
  { status, headers, body }: ShortAnswer,
  visit: Visit,
): void {
  // A list is written as it is; an object would be gone through twice.
  response.writeHead(status, headers.concat(visit.way === 'https' ? OVER_HTTPS : OTHERWISE));
  // A short body goes out in one piece with its headers, when it is text; latin1 is a byte a character.
  if (body instanceof Buffer && body.length <= IN_ONE_PIECE)
    response.end(body.toString('latin1'), 'latin1');
  else response.end(body ?? undefined);
}

/** Node writes up to 16 KB at once without asking for memory; headers take less than one. */
const IN_ONE_PIECE = 8 * 1024;

const pairsOf = (headers: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(headers).flat();
const OVER_HTTPS = pairsOf(securityHeaders('data', { way: 'https' }));
const OTHERWISE = pairsOf(securityHeaders('data', { way: 'plain' }));

function tell(
  { newRequestId, monotonic, log }: ShortWayDeps,
  { request, since, route }: Underway,
  { status }: ShortAnswer,
  { address }: Visit,
): void {
  log.answered({
    // No getter: defining one takes longer than all the rest of the line.
    requestId: newRequestId(),
    method: 'GET',
    path: request.url ?? '',
    status,
    milliseconds: Math.round(monotonic() - since),
    address,
    person: undefined,
    route,
    refusal: undefined,
  });
}
