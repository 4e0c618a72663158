import { build } from 'vite';
import type { Plugin } from 'vite';
import { injectManifest } from 'workbox-build';

/** Bundles the worker into one classic script, /sw.js, that names every file of the built shell. */
export function serviceWorker(entry: string, dist: string): Plugin {
  return {
    name: 'openhall-service-worker',
    apply: 'build',
    async closeBundle(error) {
      if (error !== undefined) return;
      await bundle(entry, `${dist}/service-worker`);
      await injectManifest({
        swSrc: `${dist}/service-worker/sw.js`,
        swDest: `${dist}/kiosk/sw.js`,
        globDirectory: `${dist}/kiosk`,
        globPatterns: ['**/*.{html,js,css,json,svg,png,webmanifest,woff2,dots}'],
        globIgnores: ['preview.html', 'wall/**', 'sw.js'],
        dontCacheBustURLsMatching: /^assets\//, // Their names carry a hash already.
        maximumFileSizeToCacheInBytes: 8 * 1024 * 1024, // The LED font alone is 2 MB.
      });
    },
  };
}

async function bundle(entry: string, outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      target: 'chrome109',
      outDir,
      emptyOutDir: true,
      rolldownOptions: { input: entry, output: { format: 'iife', entryFileNames: 'sw.js' } },
    },
  });
}
