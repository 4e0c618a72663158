import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** Screens speak WebSocket only; see device/websocket-engine.ts. */
export const websocketOnly = (): Plugin => ({
  name: 'openhall-websocket-only',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === './transports/index.js' && importer?.includes('/engine.io-client/build/')
      ? fileURLToPath(new URL('../device/websocket-engine.ts', import.meta.url))
      : undefined,
});

/** And text only; see device/text-only-sockets.ts. */
export const textOnly = (): Plugin => ({
  name: 'openhall-text-only',
  enforce: 'pre',
  resolveId: (source, importer) =>
    /\/(?:socket|engine)\.io-parser\/build\//.test(importer ?? '') &&
    /^\.\/(?:(?:is-)?binary|(?:en|de)codePacket)\.js$/.test(source)
      ? fileURLToPath(new URL('../device/text-only-sockets.ts', import.meta.url))
      : undefined,
});
