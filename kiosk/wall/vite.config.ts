import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { textOnly, websocketOnly } from '../build/sockets.ts';
import { dotFont } from '../fonts/build/dot-font-plugin.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The folder of the hashed files, whose names say which are the wall's. */
const SCRIPTS = 'assets/wall-[name]-[hash].js';

/**
 * [WA1] The demonstration wall, built by itself from the same sources after the kiosk: so no file of
 * a public screen, and no shell that one keeps, has anything of its simulated faults.
 */
export default defineConfig({
  root: here('..'),
  publicDir: false,
  plugins: [websocketOnly(), textOnly(), dotFont()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'chrome109',
    outDir: here('../../dist/kiosk'),
    emptyOutDir: false,
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      input: [here('index.html'), here('board.html'), here('touch.html')],
      output: { entryFileNames: SCRIPTS, chunkFileNames: SCRIPTS },
    },
  },
});
