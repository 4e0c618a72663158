import { fileURLToPath } from 'node:url';
import prefresh from '@prefresh/vite';
import { defineConfig } from 'vite';
import { ownPreload } from './build/own-preload.ts';
import { preloadProgram } from './build/preload-program.ts';
import { textOnly, websocketOnly } from './build/sockets.ts';
import { dotFont } from './fonts/build/dot-font-plugin.ts';
import { serviceWorker } from './service-worker/build.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * What every screen loads first is one file: packed together it is a kilobyte smaller than in four.
 * What looks after the shell, and the socket, come once the first picture stands.
 */
const EVERY_SCREEN =
  /shared\/(kit|trust|domain\/(?:civil|office-day|span)\.|sync(?!\/(?:stick|carry|shells)\.)|protocol\/(delta|objects|statements|scalars|screen|version)\.)|\/zod\/|kiosk\/device\/(?!shell|worker|styled|connection|websocket|text-only)/;

export default defineConfig({
  root: here('.'),
  plugins: [
    websocketOnly(),
    textOnly(),
    ownPreload(),
    preloadProgram(),
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
      // [WA1] The demonstration wall is built apart; see wall/vite.config.ts.
      input: [here('touch/index.html'), here('board/index.html'), here('preview.html')],
      output: { codeSplitting: { groups: [{ name: 'screen', test: EVERY_SCREEN }] } },
    },
  },
});
