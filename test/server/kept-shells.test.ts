import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { keepShells } from '../../board-server/routes/kept-shells.ts';
import { readShellFiles } from '../../board-server/routes/shell-files.ts';
import { createHall } from './hall.ts';

type Files = Readonly<Record<string, string>>;

const common = { 'kiosk/assets/font-9.woff2': 'dots', 'admin/index.html': '<p>console</p>' };
const FIRST = { ...common, 'kiosk/touch/index.html': 'one', 'kiosk/assets/a-1.js': 'first' };
const SECOND = { ...common, 'kiosk/touch/index.html': 'two', 'kiosk/assets/a-2.js': 'second' };
const THIRD = { ...common, 'kiosk/touch/index.html': 'three', 'kiosk/assets/a-3.js': 'third' };

/** A machine on which one build after another is started over the same data folder. */
function machine() {
  const root = mkdtempSync(join(tmpdir(), 'openhall-shells-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const [dist, kept] = [join(root, 'dist'), join(root, 'data', 'shells')];
  return {
    kept,
    async start(build: Files) {
      rmSync(dist, { recursive: true, force: true });
      for (const [name, text] of Object.entries(build)) {
        mkdirSync(dirname(join(dist, name)), { recursive: true });
        writeFileSync(join(dist, name), text);
      }
      const hall = await createHall({ shells: readShellFiles(dist, await keepShells(dist, kept)) });
      return async (address: string) => {
        const response = await hall.request(address);
        return response.ok ? response.text() : response.status;
      };
    },
  };
}

test('[OP6] a page opened before an upgrade gets its own chunks, for one release', async () => {
  const { start, kept } = machine();
  await start(FIRST);
  const second = await start(SECOND);
  expect(await second('/assets/a-1.js')).toBe('first');
  expect(await second('/assets/a-2.js')).toBe('second');
  expect(await second('/assets/font-9.woff2')).toBe('dots');
  expect(await second('/touch/')).toBe('two');
  const third = await start(THIRD);
  expect(await third('/assets/a-1.js')).toBe(404);
  expect(await third('/assets/a-2.js')).toBe('second');
  expect(readdirSync(kept)).toHaveLength(3);
});

test('[OP6] starts of one build forget nothing; going back serves the newer chunks too', async () => {
  const { start } = machine();
  await start(FIRST);
  await start(SECOND);
  await start(SECOND);
  const again = await start(SECOND);
  expect(await again('/assets/a-1.js')).toBe('first');
  const back = await start(FIRST);
  expect([await back('/assets/a-1.js'), await back('/assets/a-2.js')]).toEqual(['first', 'second']);
  expect(await back('/touch/')).toBe('one');
});

test('[OP6] what an interrupted start or a foreign hand left is cleared away or not believed', async () => {
  const { start, kept } = machine();
  await start(FIRST);
  mkdirSync(join(kept, 'half-copied'));
  writeFileSync(join(kept, 'builds.json'), '["../../etc"]');
  const second = await start(SECOND);
  expect(await second('/assets/a-2.js')).toBe('second');
  expect(await second('/assets/a-1.js')).toBe(404);
  expect(readdirSync(kept).toSorted()).toEqual([
    expect.stringMatching(/^[0-9a-f]{16}$/),
    'builds.json',
  ]);
});
