import type { RequestListener } from 'node:http';
import { isScreenId } from '../../shared/kit/ids.ts';
import type { ScreenId } from '../../shared/kit/ids.ts';
import type { OutputOf } from '../../shared/protocol/routes.ts';
import { routes } from '../../shared/protocol/routes.ts';
import type { Reply } from './handlers.ts';
import type { ShortAnswer, ShortWayDeps } from './short-way.ts';
import { answerShortly } from './short-way.ts';
import { createStateWriter } from './state-text.ts';

export interface StateListenerDeps extends ShortWayDeps {
  readonly state: (screen: ScreenId) => Promise<Reply<OutputOf<'screenState'>>>;
}

/**
 * [PR7] What every screen asks each minute, and a whole fleet at once after a restart, straight from
 * Node's request to its response. The answer is the app's own, header for header; whatever is not
 * plainly this question, or has another answer, goes on to `next`.
 */
export function stateListener(deps: StateListenerDeps, next: RequestListener): RequestListener {
  const write = createStateWriter();
  return (request, response) => {
    const screen = request.method === 'GET' ? screenIn(request.url ?? '') : undefined;
    if (screen === undefined) return next(request, response);
    const underway = { request, response, since: deps.monotonic(), route: 'screenState' };
    const answerBy = (answer: ShortAnswer | undefined): void => {
      if (answer === undefined) next(request, response);
      else answerShortly(deps, underway, answer);
    };
    // What goes wrong is for the app to say, in its own words and log.
    const pass = (): void => next(request, response);
    answerFor(deps, screen, write).then(answerBy, pass);
  };
}

async function answerFor(
  { state }: StateListenerDeps,
  screen: ScreenId,
  write: ReturnType<typeof createStateWriter>,
): Promise<ShortAnswer | undefined> {
  const reply = await state(screen);
  if (!reply.ok) return undefined;
  const body = write(reply.value);
  const headers = ['content-length', String(Buffer.byteLength(body)), ...HEADERS];
  return { status: 200, headers, body };
}

const HEADERS = ['content-type', 'application/json', 'cache-control', 'no-store'];

const [PREFIX = '', SUFFIX = ''] = routes.screenState.path.split(':screen');

/** [PR3] The address in its exact form and no other. */
function screenIn(url: string): ScreenId | undefined {
  if (!url.startsWith(PREFIX) || !url.endsWith(SUFFIX)) return undefined;
  const name = url.slice(PREFIX.length, -SUFFIX.length);
  return isScreenId(name) ? name : undefined;
}
