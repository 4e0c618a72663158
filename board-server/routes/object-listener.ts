import type { IncomingMessage, RequestListener } from 'node:http';
import { isSha256 } from '../../shared/kit/ids.ts';
import type { Sha256 } from '../../shared/kit/ids.ts';
import type { ObjectAnswer, ObjectReader } from './object-answer.ts';
import { answerHeld, answerObject } from './object-answer.ts';
import type { ShortWayDeps } from './short-way.ts';
import { answerShortly } from './short-way.ts';

export interface ObjectListenerDeps extends ShortWayDeps {
  readonly objects: ObjectReader;
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
    const underway = { request, response, since: deps.monotonic(), route: 'object' };
    const wish = wishOf(request, digest);
    const answerBy = (answer: ObjectAnswer | undefined): void => {
      if (answer === undefined) next(request, response);
      else answerShortly(deps, underway, answer);
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
