import type { Hono } from 'hono';
import * as z from 'zod/mini';
import { sectionOf } from '../../shared/sync/run.ts';
import { sha256 } from '../../shared/protocol/scalars.ts';
import type { Deltas } from '../services/deltas.ts';
import type { HallEnv } from './env.ts';
import { encodedFor } from './negotiation.ts';

const asked = z.strictObject({
  from: sha256,
  to: sha256,
  // [TR9] Only what a public screen may take can be asked for at all.
  sections: z
    .array(z.string().check(z.refine((name) => sectionOf(name) !== undefined)))
    .check(z.minLength(1), z.maxLength(8)),
});

/** [PR6] What the release that is out adds to an earlier one; any other address is 404. */
export function mountDeltas(app: Hono<HallEnv>, deltas: Deltas): void {
  app.get('/releases/:to/since/:from', async (c) => {
    const delta = asked.safeParse({ ...c.req.param(), sections: c.req.queries('section') }).data;
    const packed = delta === undefined ? undefined : await deltas.read(delta);
    if (packed === undefined) return c.notFound();
    const { body, headers } = encodedFor(c.req.header('accept-encoding'), packed);
    return c.body(body, 200, { 'content-type': 'application/octet-stream', ...headers });
  });
}
