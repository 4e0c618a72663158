import type { Hono } from 'hono';
import { isSha256 } from '../../shared/kit/ids.ts';
import type { HallEnv } from './env.ts';
import type { ObjectAnswer, ObjectReader } from './object-answer.ts';
import { answerObject } from './object-answer.ts';

/** [BN1] Objects by digest: public and immutable. [PR3] Any other address is 404 unread. */
export function mountObjects(app: Hono<HallEnv>, objects: ObjectReader): void {
  app.get('/objects/:digest', async (c) => {
    const digest = c.req.param('digest');
    c.set('route', 'object');
    if (!isSha256(digest)) return c.notFound();
    const answer = await answerObject(objects, {
      digest,
      ifNoneMatch: c.req.header('if-none-match'),
      range: c.req.method === 'GET' ? c.req.header('range') : undefined,
      ifRange: c.req.header('if-range'),
      acceptEncoding: c.req.header('accept-encoding'),
    });
    return answer === undefined ? c.notFound() : responseOf(answer);
  });
}

function responseOf({ status, headers: list, body }: ObjectAnswer): Response {
  const headers = new Headers();
  for (let at = 0; at < list.length; at += 2) headers.set(list[at] ?? '', list[at + 1] ?? '');
  return new Response(body, { status, headers });
}
