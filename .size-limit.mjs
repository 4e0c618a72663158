// Everything a screen fetches as JavaScript before steady play: the entry and all it imports. The
// service worker and the socket come once the first picture stands; lazy chunks count once the page asks,
// which the size bench measures.
import { readFileSync } from 'node:fs';

/** @type {Record<string, { file: string, imports?: string[] }>} */
const manifest = JSON.parse(readFileSync('dist/kiosk/.vite/manifest.json', 'utf8'));

export default [
  { name: 'board', path: scriptsOf('board/index.html'), limit: '48 kB', gzip: true },
  {
    name: 'touch',
    path: scriptsOf('touch/index.html', 'touch/main.tsx'),
    limit: '70 kB',
    gzip: true,
  },
];

function scriptsOf(/** @type {string[]} */ ...entries) {
  const seen = new Set(entries);
  for (const key of seen) for (const next of manifest[key]?.imports ?? []) seen.add(next);
  const files = [...seen].map((key) => `dist/kiosk/${manifest[key]?.file}`);
  return files.filter((file) => file.endsWith('.js'));
}
