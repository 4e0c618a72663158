import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { isSha256 } from '../../shared/kit/ids.ts';
import type { Sha256 } from '../../shared/kit/ids.ts';
import type { RequestLog } from '../app.ts';
import type { ObjectAnswer, ObjectReader } from './object-answer.ts';
import { answerHeld, answerObject } from './object-answer.ts';
import { securityHeaders } from './security-headers.ts';
import type { Surroundings, Visit } from './visit.ts';
import { visitOfMessage } from './visit.ts';

export interface ObjectListenerDeps {
  readonly objects: ObjectReader;
  readonly surroundings: Surroundings;
  readonly newRequestId: () => string;
  /** Milliseconds since some moment, never set by anyone. */
  readonly monotonic: () => number;
  readonly log: RequestLog;
}

/**
 * [PR7] Objects straight from Node's request to its response: most of what screens fetch, and half
 * its cost when it goes through Request and Response. The answer is the app's own, header for header;
 * whatever is not plainly a GET of one object goes on to `next`.
 */
export function objectListener(deps: ObjectListenerDeps, next: RequestListener): RequestListener {
  return (request, response) => {
    const digest = request.method === 'GET' ? digestIn(request.url ?? '') : undefined;
    if (digest === undefined) return next(request, response);
    const since = deps.monotonic();
    const wish = wishOf(request, digest);
    const answerBy = (answer: ObjectAnswer | undefined): void => {
      if (answer === undefined) return next(request, response);
      const visit = visitOfMessage(request, deps.surroundings);
      send(response, answer, visit);
      tell(deps, request, answer, visit, since);
    };
    const known = answerHeld(deps.objects.held(digest), wish);
    if (known !== 'unknown') return answerBy(known);
    // What goes wrong is for the app to say, in its own words and log.
    const pass = (): void => next(request, response);
    answerObject(deps.objects, wish).then(answerBy, pass);
  };
}

const PREFIX = '/objects/';

/** [PR3] The address in its exact form and no other. */
function digestIn(url: string): Sha256 | undefined {
  if (!url.startsWith(PREFIX)) return undefined;
  const name = url.slice(PREFIX.length);
  return isSha256(name) ? name : undefined;
}

function wishOf({ headers }: IncomingMessage, digest: Sha256) {
  return {
    digest,
    ifNoneMatch: headers['if-none-match'],
    range: headers.range,
    ifRange: textOf(headers['if-range']),
    acceptEncoding: headers['accept-encoding'],
  };
}

/** Node joins no header of a kind it does not know to be one; such a one is no date and no tag. */
function textOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

function send(
  response: ServerResponse,
  { status, headers, body }: ObjectAnswer,
  visit: Visit,
): void {
  // A list is written as it is; an object would be gone through twice.
  const pairs: string[] = [];
  for (const name in headers) pairs.push(name, headers[name] ?? '');
  const secure = visit.way === 'https' ? OVER_HTTPS : OTHERWISE;
  response.writeHead(status, pairs.concat(secure));
  response.end(body ?? undefined);
}

const pairsOf = (headers: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(headers).flat();
const OVER_HTTPS = pairsOf(securityHeaders('data', { way: 'https' }));
const OTHERWISE = pairsOf(securityHeaders('data', { way: 'plain' }));

function tell(
  { newRequestId, monotonic, log }: ObjectListenerDeps,
  request: IncomingMessage,
  { status }: ObjectAnswer,
  { address }: Visit,
  since: number,
): void {
  log.answered({
    // Made only when the line is written: most are not, and randomness is dear.
    get requestId() {
      return newRequestId();
    },
    method: 'GET',
    path: request.url ?? '',
    status,
    milliseconds: Math.round(monotonic() - since),
    address,
    person: undefined,
    route: 'object',
    refusal: undefined,
  });
}
