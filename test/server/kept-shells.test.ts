import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { keepShells } from '../../board-server/routes/kept-shells.ts';
import { readShellFiles } from '../../board-server/routes/shell-files.ts';
import type { FileSystem } from '../../board-server/store/file-system.ts';
import { nodeFileSystem } from '../../board-server/store/node-file-system.ts';
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
  const lay = (build: Files): void => {
    rmSync(dist, { recursive: true, force: true });
    for (const [name, text] of Object.entries(build)) {
      mkdirSync(dirname(join(dist, name)), { recursive: true });
      writeFileSync(join(dist, name), text);
    }
  };
  return {
    dist,
    kept,
    lay,
    async start(build: Files) {
      lay(build);
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

test.each(['kept', 'lost'] as const)(
  '[OP6] a power cut at any moment, names that were not synced %s, leaves no chunk that is believed and not whole',
  async (names) => {
    const { dist, kept, lay } = machine();
    lay(FIRST);
    let moments = 0;
    for (let isDone = false; !isDone; moments += 1) {
      rmSync(kept, { recursive: true, force: true });
      const { disk, cutPower } = createFrailDisk(moments);
      try {
        await keepShells(dist, kept, disk);
        isDone = true;
      } catch (error) {
        if (error !== CUT) throw error;
      }
      cutPower(names);
      await keepShells(dist, kept);
      const build = readdirSync(kept).find((name) => name !== 'builds.json') ?? '';
      for (const name of ['kiosk/assets/font-9.woff2', 'kiosk/assets/a-1.js'] as const)
        expect(readFileSync(join(kept, build, name), 'utf8'), `${moments}`).toBe(FIRST[name]);
    }
    expect(moments).toBeGreaterThan(10);
  },
);

const CUT = new Error('the power was cut');

/** A real disk that does so many things and no more; then it may lose what was not synced. */
function createFrailDisk(most: number) {
  let done = 0;
  const use = (): void => {
    if ((done += 1) > most) throw CUT;
  };
  const bytes = new Set<string>();
  const names = new Set<string>();
  const disk: FileSystem = {
    ...nodeFileSystem,
    async open(path, how) {
      use();
      const file = await nodeFileSystem.open(path, how);
      bytes.add(path);
      names.add(path);
      const sync = async (): Promise<void> => {
        use();
        await file.sync();
        bytes.delete(path);
      };
      return { ...file, sync };
    },
    async rename(from, to) {
      use();
      await nodeFileSystem.rename(from, to);
      names.delete(from);
      names.add(to);
      if (bytes.delete(from)) bytes.add(to);
    },
    async syncFolder(folder) {
      use();
      await nodeFileSystem.syncFolder(folder);
      for (const name of names) if (dirname(name) === folder) names.delete(name);
    },
  };
  return {
    disk,
    cutPower(unsynced: 'kept' | 'lost'): void {
      for (const path of bytes) truncateSync(path, 0);
      if (unsynced === 'lost') for (const path of names) rmSync(path);
    },
  };
}
