import { Hono } from 'hono';
import type { Context } from 'hono';
import { mountApiDescription } from './routes/api-page.ts';
import type { HallEnv } from './routes/env.ts';
import type { RefusalCode } from './routes/handlers.ts';
import { mountRoutes } from './routes/mount.ts';
import type { MountDeps } from './routes/mount.ts';
import { mountLicences } from './routes/licences.ts';
import { mountMetrics } from './routes/metrics.ts';
import type { MetricsDoor } from './routes/metrics.ts';
import { wantsPage } from './routes/negotiation.ts';
import { mountDeltas } from './routes/deltas.ts';
import { mountDemoAddresses } from './routes/demo-addresses.ts';
import type { ObjectReader } from './routes/object-answer.ts';
import { mountObjects } from './routes/objects.ts';
import type { SecureSide } from './routes/insecure.ts';
import { AUTHORITY_ADDRESS, authorityFile } from './routes/insecure.ts';
import type { Front } from './routes/pages.ts';
import {
  brokenPage,
  frontPage,
  insecurePage,
  missingPage,
  STYLE,
  STYLE_ADDRESS,
} from './routes/pages.ts';
import { refusalResponse } from './routes/refusals.ts';
import { securityHeaders } from './routes/security-headers.ts';
import type { ShellFiles } from './routes/shell-files.ts';
import { mountShells } from './routes/shells.ts';
import type { Surroundings } from './routes/visit.ts';
import { isEncrypted, visitOf } from './routes/visit.ts';
import type { Deltas } from './services/deltas.ts';

export interface AppDeps extends MountDeps {
  readonly objects: ObjectReader;
  readonly deltas: Deltas;
  readonly shells: ShellFiles;
  readonly surroundings: Surroundings;
  /** The hall's own certificate; undefined when it has none. */
  readonly tls: SecureSide['tls'];
  /** What the front page says of the hall. */
  readonly front: () => Front;
  /** What keeps the hall from doing its work, in words for the operator; empty when ready. */
  readonly obstacles: () => readonly string[];
  readonly newRequestId: () => string;
  /** Milliseconds since some moment, never set by anyone. */
  readonly monotonic: () => number;
  readonly log: RequestLog;
  readonly metrics: MetricsDoor;
}

export interface RequestLog {
  answered(line: Answered): void;
  failed(requestId: string, error: unknown): void;
}

export interface Answered {
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly address: string;
  readonly person: string | undefined;
  /** A name of shared/protocol/routes.ts, or a kind of address; undefined for none of ours. */
  readonly route: string | undefined;
  readonly refusal: RefusalCode | undefined;
}

/** Every address of the hall, testable without a socket: `app.request(…)`. */
export function createApp(deps: AppDeps): Hono<HallEnv> {
  const app = new Hono<HallEnv>();
  const secure: SecureSide = { publicUrl: deps.surroundings.publicUrl, tls: deps.tls };
  app.use(async (c, next) => {
    const since = deps.monotonic();
    const { pathname: path, host } = new URL(c.req.url);
    const socket = c.env?.incoming?.socket;
    const peer = socket?.remoteAddress ?? '';
    const encrypted = socket !== undefined && isEncrypted(socket);
    const header = (name: string) => c.req.header(name);
    const visit = visitOf({ peer, encrypted, host, header }, deps.surroundings);
    const requestId = deps.newRequestId();
    c.set('visit', visit);
    c.set('requestId', requestId);
    // [PR3] No address of ours needs an escape, so none is ever decoded, once or twice.
    if (isPlain(path)) await next();
    else c.res = await c.notFound();
    completeHeaders(c);
    const milliseconds = Math.round(deps.monotonic() - since);
    const { address } = visit;
    deps.log.answered({
      requestId,
      method: c.req.method,
      path,
      status: c.res.status,
      milliseconds,
      address,
      person: c.var.person,
      route: c.var.route,
      refusal: c.var.refusal,
    });
  });
  mountRoutes(app, deps);
  mountObjects(app, deps.objects);
  mountDeltas(app, deps.deltas);
  mountMetrics(app, deps.metrics);
  mountApiDescription(app);
  mountLicences(app);
  mountHealth(app, deps.obstacles);
  app.get('/', (c) => frontPage(c, deps.front(), secure));
  app.get(AUTHORITY_ADDRESS, (c) => authorityFile(c, secure));
  app.get('/admin/*', (c, next) =>
    c.var.visit.way === 'plain' ? insecurePage(c, secure) : next(),
  );
  app.get(STYLE_ADDRESS, (c) =>
    c.body(STYLE, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' }),
  );
  mountDemoAddresses(app, deps.front);
  mountShells(app, deps.shells);
  app.notFound((c) =>
    isForPeople(c) ? missingPage(c) : refusalResponse({ ok: false, refusal: 'not-found' }),
  );
  app.onError((error, c) => {
    const { requestId } = c.var;
    deps.log.failed(requestId, error);
    return isForPeople(c)
      ? brokenPage(c, requestId)
      : refusalResponse({ ok: false, refusal: 'internal', detail: requestId });
  });
  return app;
}

/** Whether it lives, and whether it can do its work. */
function mountHealth(app: Hono<HallEnv>, obstacles: AppDeps['obstacles']): void {
  app.get('/healthz', (c) => {
    c.set('route', 'health');
    return c.json({ ok: true });
  });
  app.get('/readyz', (c) => {
    c.set('route', 'health');
    const standing = obstacles();
    const isReady = standing.length === 0;
    return c.json({ ok: isReady, obstacles: standing }, isReady ? 200 : 503);
  });
}

function isPlain(path: string): boolean {
  return /^\/(?:[\w.-]+\/)*[\w.-]*$/.test(path);
}

function isForPeople(c: Context<HallEnv>): boolean {
  return !c.req.path.startsWith('/api/') && wantsPage(c.req.header('accept'));
}

/** What no route said: data is not for framing, guessing or keeping. */
function completeHeaders(c: Context<HallEnv>): void {
  const defaults = { ...securityHeaders('data', c.var.visit), 'cache-control': 'no-store' };
  for (const [name, value] of Object.entries(defaults)) {
    if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  }
}
