import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { buildDotFonts } from './dot-fonts.ts';

/** Vite plugin: makes `kiosk/fonts/generated/*.dots` before anything imports them, when out of date. */
export function dotFont(): Plugin {
  return { name: 'dot-font', config: makeDotFonts };
}

const here = import.meta.dirname;
const generated = join(here, '../generated');
const fontFile = createRequire(import.meta.url).resolve(
  '@fontsource/unifontex/files/unifontex-latin-400-normal.woff',
);

function makeDotFonts(): void {
  const woff = readFileSync(fontFile);
  const stamp = stampOf(woff);
  const stampFile = join(generated, 'stamp.txt');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  const { common, rest } = buildDotFonts(woff, (packed) => inflateSync(packed));
  mkdirSync(generated, { recursive: true });
  writeFileSync(join(generated, 'common.dots'), common);
  writeFileSync(join(generated, 'rest.dots'), rest);
  writeFileSync(stampFile, stamp);
}

/** Changes with the font and with the code that reads it. */
function stampOf(woff: Uint8Array): string {
  const hash = createHash('sha256').update(woff);
  const sources = readdirSync(here)
    .toSorted()
    .map((name) => join(here, name));
  const others = ['../dot-font.ts', '../../../shared/domain/cells.ts'].map((name) =>
    join(here, name),
  );
  for (const source of [...sources, ...others]) hash.update(readFileSync(source));
  return hash.digest('hex');
}
