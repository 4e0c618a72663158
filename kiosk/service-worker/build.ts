import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import type { Plugin } from 'vite';
import { injectManifest } from 'workbox-build';

/** A boot of a new shell that has no first picture after so long has failed. */
const BOOT_LIMIT_MS = 45_000;
/** [SH7] A server that answers nothing for so long is out of reach. */
const SERVER_MS = 15_000;

/** Bundles the worker into one classic script, /sw.js, that names every file of the built shell. */
export function serviceWorker(entry: string, dist: string): Plugin {
  const kiosk = join(dist, 'kiosk');
  return {
    name: 'openhall-service-worker',
    apply: 'build',
    async closeBundle(error) {
      if (error !== undefined) return;
      const name = nameBuild(kiosk);
      await bundle(entry, join(dist, 'service-worker'));
      await injectManifest({
        swSrc: join(dist, 'service-worker', 'sw.js'),
        swDest: join(kiosk, 'sw.js'),
        globDirectory: kiosk,
        globPatterns: ['**/*.{html,js,css,json,svg,png,webmanifest,woff2,dots}'],
        globIgnores: ['preview.html', 'sw.js', 'shell.json'],
        maximumFileSizeToCacheInBytes: 8 * 1024 * 1024, // The LED font alone is 2 MB.
        manifestTransforms: [
          (entries) => ({
            manifest: entries.map(({ url }) => ({
              url: `/${url}`,
              revision: null,
              integrity: integrityOf(join(kiosk, url)),
              size: 0,
            })),
          }),
        ],
      });
      putIn(join(kiosk, 'sw.js'), 'self.__SHELL', {
        build: name,
        bootLimitMs: BOOT_LIMIT_MS,
        serverMs: SERVER_MS,
      });
    },
  };
}

/** [SH1] The digest of every file by name is the build; its pages carry it, and /shell.json does. */
function nameBuild(kiosk: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(kiosk, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .sort();
  for (const file of files) hash.update(`${file.slice(kiosk.length)}\0${integrityOf(file)}\n`);
  const name = hash.digest('hex').slice(0, 12);
  for (const page of files.filter((file) => file.endsWith('.html'))) {
    writeFileSync(page, readFileSync(page, 'utf8').replaceAll('%SHELL%', name));
  }
  writeFileSync(join(kiosk, 'shell.json'), JSON.stringify({ build: name }));
  return name;
}

function integrityOf(file: string): string {
  return `sha256-${createHash('sha256').update(readFileSync(file)).digest('base64')}`;
}

function putIn(file: string, name: string, value: object): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(name)) throw new Error(`broken assumption: ${file} without ${name}`);
  writeFileSync(file, text.replaceAll(name, JSON.stringify(value)));
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
