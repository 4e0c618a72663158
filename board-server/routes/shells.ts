import type { Context, Hono } from 'hono';
import type { HallEnv } from './env.ts';
import { acceptsBrotli } from './negotiation.ts';
import { securityHeaders } from './security-headers.ts';
import type { ShellFiles } from './shell-files.ts';

/** The pages of kiosk and console with their assets, from memory. */
export function mountShells(app: Hono<HallEnv>, files: ShellFiles): void {
  app.get('*', async (c, next) => {
    const file = files.get(c.req.path);
    if (file === undefined) {
      // `/touch` for `/touch/`: relative addresses in the page would otherwise miss.
      if (files.has(`${c.req.path}/`)) return c.redirect(`${c.req.path}/`, 308);
      return next();
    }
    c.set('route', 'shell');
    const headers = {
      ...securityHeaders(file.audience, c.var.visit),
      'content-type': file.type,
      'cache-control': file.cacheControl,
      etag: file.etag,
      vary: 'accept-encoding',
    };
    if (isHeld(c, file.etag)) return c.body(null, 304, headers);
    const brotli = acceptsBrotli(c.req.header('accept-encoding')) ? await file.brotli() : undefined;
    const body = brotli ?? file.bytes;
    return c.body(body, 200, {
      ...headers,
      ...(brotli === undefined ? {} : { 'content-encoding': 'br' }),
      'content-length': String(body.length),
    });
  });
}

function isHeld(c: Context<HallEnv>, etag: string): boolean {
  const held = c.req.header('if-none-match') ?? '';
  return held.split(',').some((entry) => entry.trim().replace(/^W\//, '') === etag);
}
