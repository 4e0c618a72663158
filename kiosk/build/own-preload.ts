import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const PRELOAD = fileURLToPath(new URL('../device/styled-import.ts', import.meta.url));

/** Parts that are loaded later bring their styles by device/styled-import.ts. */
export const ownPreload = (): Plugin => ({
  name: 'openhall-own-preload',
  enforce: 'pre',
  apply: 'build',
  load: (name) =>
    name.includes('vite/preload-helper') ? `export * from ${JSON.stringify(PRELOAD)}` : undefined,
});
