import type { Hono } from 'hono';
import { isSha256 } from '../../shared/kit/ids.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { HallEnv } from './env.ts';
import { encodedFor } from './negotiation.ts';

/** What this route needs of the object store. */
export type ObjectReader = Pick<ObjectStore, 'read'>;

const HEADERS = {
  'content-type': 'application/octet-stream',
  'cache-control': 'public, max-age=31536000, immutable',
  vary: 'accept-encoding',
};

/** [BN1] Objects by digest: public and immutable. [PR3] Any other address is 404 unread. */
export function mountObjects(app: Hono<HallEnv>, objects: ObjectReader): void {
  app.get('/objects/:digest', async (c) => {
    const digest = c.req.param('digest');
    c.set('route', 'object');
    if (!isSha256(digest)) return c.notFound();
    const etag = `"${digest}"`;
    if (c.req.header('if-none-match') === etag) return c.body(null, 304, { ...HEADERS, etag });
    const stored = await objects.read(digest);
    if (stored === undefined) return c.notFound();
    const { body, headers } = encodedFor(c.req.header('accept-encoding'), stored);
    return c.body(body, 200, { ...HEADERS, ...headers, etag });
  });
}
