import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { ViteDevServer } from 'vite';

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

export interface DevShells {
  /** Answers what belongs to a client and hands the rest on. */
  readonly listener: Listener;
  close(): Promise<void>;
}

/** What the server itself answers, also in development. */
const OURS =
  /^\/(?:$|\?|api\/|objects\/|plain\.css$|hall-authority\.crt$|healthz$|readyz$|metrics$|licences$)/;

/**
 * Both clients from their sources with hot reload, on the server's own port. Vite is loaded here
 * only: an installation without development packages never asks for it.
 */
export async function createDevShells(server: Server, app: Listener): Promise<DevShells> {
  const { createServer } = await import('vite');
  const open = (client: string): Promise<ViteDevServer> =>
    createServer({
      configFile: fileURLToPath(new URL(`../${client}/vite.config.ts`, import.meta.url)),
      // The console's preview is a sandboxed frame: its origin is the word "null".
      server: { middlewareMode: true, hmr: { server }, cors: { origin: 'null' } },
      appType: 'mpa',
    });
  const [kiosk, admin] = [await open('kiosk'), await open('admin')];
  return {
    listener(request, response) {
      const url = request.url ?? '/';
      if (OURS.test(url)) return app(request, response);
      const client = url.startsWith('/admin') ? admin : kiosk;
      return client.middlewares(request, response, () => app(request, response));
    },
    async close() {
      await Promise.all([kiosk.close(), admin.close()]);
    },
  };
}
