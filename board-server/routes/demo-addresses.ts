import type { Hono } from 'hono';
import type { HallEnv } from './env.ts';
import type { Front } from './pages.ts';

/**
 * `/touch/` and `/board/` as they stand: in a demonstration they lead to the first such screen of
 * the hall. In a real hall which screen it is matters, and the page says how to find out.
 */
export function mountDemoAddresses(app: Hono<HallEnv>, front: () => Front): void {
  // [WA1] A real hall has no wall of screens that obey switches.
  app.get('/wall/*', (c, next) => (front().hall.demo ? next() : c.notFound()));
  for (const kind of ['touch', 'board'] as const) {
    app.get(`/${kind}/`, async (c, next) => {
      if (c.req.query('screen') !== undefined) return next();
      const { hall, screens } = front();
      const first = hall.demo ? screens.find((screen) => screen.kind === kind) : undefined;
      if (first === undefined) return next();
      c.header('cache-control', 'no-store');
      return c.redirect(first.address, 302);
    });
  }
}
