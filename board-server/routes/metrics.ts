import { createHash, timingSafeEqual } from 'node:crypto';
import type { Hono } from 'hono';
import type { HallEnv } from './env.ts';
import { isLoopback, isLoopbackAddress, plainAddress } from './visit.ts';

export interface MetricsDoor {
  readonly type: string;
  readonly text: () => Promise<string>;
  /** Whoever names it may read from anywhere; undefined leaves this machine alone. */
  readonly token: string | undefined;
}

/** [OP2] For this machine, or for whoever has the token; to anyone else there is no such address. */
export function mountMetrics(app: Hono<HallEnv>, { type, text, token }: MetricsDoor): void {
  app.get('/metrics', async (c) => {
    c.set('route', 'metrics');
    const header = (name: string) => c.req.header(name);
    const peer = plainAddress(c.env?.incoming?.socket.remoteAddress ?? '');
    const isAllowed =
      hasToken(header('authorization'), token) || isLocal(peer, new URL(c.req.url).origin, header);
    if (!isAllowed) return c.notFound();
    return c.body(await text(), 200, { 'content-type': type });
  });
}

/** What a proxy on this machine adds: behind it anyone may stand. */
const PROXY_HEADERS = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
];

/** A page in a browser here could reach loopback by a name of its own, so the name must be loopback's too. */
function isLocal(
  peer: string,
  asked: string,
  header: (name: string) => string | undefined,
): boolean {
  const isPlain = PROXY_HEADERS.every((name) => header(name) === undefined);
  return isLoopbackAddress(peer) && isLoopback(asked) && isPlain;
}

/** Compared as digests of one length, in a time that says nothing of how much of it was right. */
function hasToken(authorization: string | undefined, token: string | undefined): boolean {
  if (token === undefined || authorization === undefined) return false;
  return timingSafeEqual(sha256(authorization), sha256(`Bearer ${token}`));
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
