import { fileURLToPath } from 'node:url';
import prefresh from '@prefresh/vite';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import { dotFont } from './fonts/build/dot-font-plugin.ts';
import { serviceWorker } from './service-worker/build.ts';

/** Screens speak WebSocket only; see device/websocket-engine.ts. */
const websocketOnly = (): Plugin => ({
  name: 'openhall-websocket-only',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === './transports/index.js' && importer?.includes('/engine.io-client/build/')
      ? fileURLToPath(new URL('device/websocket-engine.ts', import.meta.url))
      : undefined,
});

/** And text only; see device/text-only-sockets.ts. */
const textOnly = (): Plugin => ({
  name: 'openhall-text-only',
  enforce: 'pre',
  resolveId: (source, importer) =>
    /\/(?:socket|engine)\.io-parser\/build\//.test(importer ?? '') &&
    /^\.\/(?:(?:is-)?binary|(?:en|de)codePacket)\.js$/.test(source)
      ? fileURLToPath(new URL('device/text-only-sockets.ts', import.meta.url))
      : undefined,
});

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * What every screen loads first is one file: packed together it is a kilobyte smaller than in four.
 * What looks after the shell comes once the first picture stands.
 */
const EVERY_SCREEN =
  /shared\/(kit|trust|domain\/(?:civil|office-day|span)\.|sync(?!\/(?:stick|carry)\.)|protocol\/(delta|objects|statements|scalars|screen|version)\.)|\/zod\/|socket\.io|engine\.io|kiosk\/device\/(?!shell|worker)/;

export default defineConfig({
  root: here('.'),
  plugins: [
    websocketOnly(),
    textOnly(),
    dotFont(),
    await prefresh(),
    serviceWorker(here('service-worker/main.ts'), here('../dist')),
  ],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    // The browser floor: the last Chromium for Windows 7, which many screen boxes still run.
    target: 'chrome109',
    outDir: here('../dist/kiosk'),
    emptyOutDir: true,
    manifest: true,
    // The content security policy allows neither data: addresses nor inline scripts.
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      // Neither says so itself, and both are read for a part only.
      treeshake: { moduleSideEffects: (path) => !/\/(?:engine|socket)\.io-/.test(path) },
      input: [
        here('touch/index.html'),
        here('board/index.html'),
        here('wall/index.html'),
        here('preview.html'),
      ],
      output: { codeSplitting: { groups: [{ name: 'screen', test: EVERY_SCREEN }] } },
    },
  },
});
