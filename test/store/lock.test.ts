import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { FileSystem } from '../../board-server/store/file-system.ts';
import { openJournalStore } from '../../board-server/store/journal-store.ts';
import { takeLock } from '../../board-server/store/lock.ts';
import { nodeFileSystem } from '../../board-server/store/node-file-system.ts';
import { nodeProcesses } from '../../board-server/store/node-processes.ts';
import { createMemoryDisk } from './memory-disk.ts';
import { openJournal, optionsFor, temporaryFolder } from './open-journal.ts';
import { below, createRandom } from './random.ts';

/** Runs tasks whose calls to the disk take turns by chance. */
async function interleaved<Outcome>(
  seed: number,
  names: readonly string[],
  task: (name: string, slow: (disk: FileSystem) => FileSystem) => Promise<Outcome>,
): Promise<Outcome[]> {
  const random = createRandom(seed);
  const turns: (() => void)[] = [];
  const turn = (): Promise<void> => new Promise((resolve) => void turns.push(resolve));
  const slow = (disk: FileSystem): FileSystem => ({
    ...disk,
    list: (path) => turn().then(() => disk.list(path)),
    claim: (path, text) => turn().then(() => disk.claim(path, text)),
    claimText: (path) => turn().then(() => disk.claimText(path)),
    remove: (path) => turn().then(() => disk.remove(path)),
  });
  const tasks = Promise.all(names.map((name) => task(name, slow)));
  while (turns.length > 0) {
    const [next] = turns.splice(below(random, turns.length), 1);
    next?.();
    await new Promise(setImmediate);
  }
  return tasks;
}

/** Processes by name, of which some are dead. */
const processes = (self: string, dead: readonly string[] = []) => ({
  self,
  isAlive: async (name: string) => !dead.includes(name),
});

const folder = '/data';
const emptyFolder = () => createMemoryDisk(new Map([[folder, 'folder']]));

test('a folder that a living process has open is refused, and says by whom', async () => {
  const disk = emptyFolder();
  const first = await takeLock(disk, folder, processes('one'));
  expect(await takeLock(disk, folder, processes('two'))).toEqual({
    ok: false,
    refusal: 'locked',
    holder: 'one',
  });
  if (first.ok) await first.release();
  expect(await takeLock(disk, folder, processes('two'))).toMatchObject({ ok: true });
});

test('the lock of a dead process is taken over, and leaves nothing behind', async () => {
  const disk = emptyFolder();
  await takeLock(disk, folder, processes('one'));
  expect(await takeLock(disk, folder, processes('two', ['one']))).toMatchObject({ ok: true });
  expect(await takeLock(disk, folder, processes('three', ['one']))).toMatchObject({
    holder: 'two',
  });
  expect(await disk.list(folder)).toEqual(['lock-2']);
});

test('of several processes that find a dead one’s lock, one takes it, however they interleave', async () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const disk = emptyFolder();
    await takeLock(disk, folder, processes('dead'));
    const outcomes = await interleaved(seed, ['one', 'two', 'three'], (name, slow) =>
      takeLock(slow(disk), folder, processes(name, ['dead'])),
    );
    expect([seed, outcomes.filter(({ ok }) => ok).length]).toEqual([seed, 1]);
  }
});

test('two never hold the lock at once, also when it is given back and taken again and again', async () => {
  let takings = 0;
  for (let seed = 1; seed <= 400; seed += 1) {
    const disk = emptyFolder();
    let holders = 0;
    await interleaved(seed, ['one', 'two', 'three', 'four'], async (name, slow) => {
      for (let time = 0; time < 3; time += 1) {
        const lock = await takeLock(slow(disk), folder, processes(name));
        if (!lock.ok) continue;
        holders += 1;
        takings += 1;
        expect([seed, holders]).toEqual([seed, 1]);
        await slow(disk).list(folder);
        holders -= 1;
        await lock.release();
      }
    });
  }
  expect(takings).toBeGreaterThan(1000);
});

test('a store holds its folder until it is closed', async () => {
  const disk = createMemoryDisk();
  const store = await openJournal({ fileSystem: disk, processes: processes('one') });
  const second = optionsFor({ fileSystem: disk, processes: processes('two') });
  expect(await openJournalStore(second)).toEqual({ ok: false, refusal: 'locked', detail: 'one' });
  await store.close();
  expect(await openJournalStore(second)).toMatchObject({ ok: true });
});

test('a process is known by number and start: itself alive, another’s number not mistaken for it', async () => {
  const { self, isAlive } = await nodeProcesses();
  expect(await isAlive(self)).toBe(true);
  expect(self).toMatch(new RegExp(`^${process.pid}-\\d+-[0-9a-f-]{36}$`));
  expect(await isAlive(self.replace(/^(\d+)-\d+/, '$1-1'))).toBe(false);
  expect(await isAlive('released')).toBe(false);

  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const { self: childName } = await nodeProcesses(child.pid);
  expect(await isAlive(childName)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await isAlive(childName)).toBe(false);
});

test('the lock is kept on the real disk', async () => {
  const root = await temporaryFolder();
  const self = await nodeProcesses();
  const lock = await takeLock(nodeFileSystem, root, self);
  expect(await takeLock(nodeFileSystem, root, self)).toMatchObject({
    ok: false,
    holder: self.self,
  });
  if (lock.ok) await lock.release();
  expect(await takeLock(nodeFileSystem, root, self)).toMatchObject({ ok: true });
});
