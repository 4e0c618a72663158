import {
  closeSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { LogDisk } from '../../board-server/log-file.ts';
import { createLogFile } from '../../board-server/log-file.ts';

function folderOfLogs(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openhall-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const line = (number: number): string => `{"line":${String(number).padStart(4, '0')}}\n`;
const LINE_BYTES = line(1).length;

test('[OP4] the log fills files of bounded size, and a bounded number of them, newest first', () => {
  const folder = folderOfLogs();
  const path = join(folder, 'logs', 'hall.log');
  const log = createLogFile({ path, bytes: 10 * LINE_BYTES, files: 3 });
  for (let number = 0; number < 95; number += 1) log.write(line(number));
  const files = ['hall.log', 'hall.log.1', 'hall.log.2', 'hall.log.3'];
  expect(readdirSync(join(folder, 'logs')).sort()).toEqual(files);
  const kept = files.map((name) => readFileSync(join(folder, 'logs', name), 'utf8'));
  expect(kept.map((text) => text.length / LINE_BYTES)).toEqual([5, 10, 10, 10]);
  const lines = Array.from({ length: 35 }, (_, index) => line(60 + index)).join('');
  expect(kept.toReversed().join('')).toBe(lines);
});

test('[OP4] a start goes on where the last one ended', () => {
  const path = join(folderOfLogs(), 'hall.log');
  for (let number = 0; number < 12; number += 1)
    createLogFile({ path, bytes: 10 * LINE_BYTES, files: 2 }).write(line(number));
  expect(readFileSync(path, 'utf8')).toBe(line(10) + line(11));
  expect(readFileSync(`${path}.1`, 'utf8')).toHaveLength(10 * LINE_BYTES);
});

test.each([
  ['moved', 'hall.log.2'],
  ['opened', 'hall.log.0'],
])(
  '[OP4] where a file cannot be %s, the log goes on in the one it has, rotates later, and leaves what others opened alone',
  (_what, name) => {
    const folder = folderOfLogs();
    const path = join(folder, 'hall.log');
    const text = (from: number, to: number): string =>
      Array.from({ length: to - from }, (_, index) => line(from + index)).join('');
    mkdirSync(join(folder, name));
    const log = createLogFile({ path, bytes: 10 * LINE_BYTES, files: 2 });
    for (let number = 0; number < 11; number += 1) log.write(line(number));
    const other = join(folder, 'other');
    // Whoever opens a file now gets the lowest number that is free.
    const numbers = [openSync(other, 'w+'), openSync(other, 'r+')];
    writeSync(numbers[0] ?? 0, 'what somebody else writes');
    for (let number = 11; number < 20; number += 1) log.write(line(number));
    expect(numbers.map((number) => fstatSync(number).size)).toEqual([25, 25]);
    expect(readFileSync(other, 'utf8')).toBe('what somebody else writes');
    expect(readFileSync(path, 'utf8')).toBe(text(0, 20));

    rmSync(join(folder, name), { recursive: true });
    log.write(line(20));
    expect(readFileSync(`${path}.1`, 'utf8')).toBe(text(0, 20));
    expect(readFileSync(path, 'utf8')).toBe(text(20, 21));
    expect(readdirSync(folder).sort()).toEqual(['hall.log', 'hall.log.1', 'other']);
    for (const number of numbers) closeSync(number);
  },
);

test('[OP4] a full disk loses whole lines and nothing else, and the log says how many', () => {
  const disk = createSmallDisk();
  disk.room = 2 * LINE_BYTES + 5;
  const log = createLogFile({ path: 'hall.log', bytes: 1 << 20, files: 3 }, disk);
  for (const number of [1, 2, 3, 4, 5]) log.write(line(number));
  expect(disk.text).toBe(line(1) + line(2));
  disk.room = 1000;
  log.write(line(6));
  log.write(line(7));
  expect(disk.text).toBe(
    `${line(1)}${line(2)}{"level":40,"msg":"3 lines were lost: nothing took them"}\n${line(6)}${line(7)}`,
  );
});

test('[OP4] a disk that fails altogether stops nothing', () => {
  const disk = { ...createSmallDisk(), write: fail, truncate: fail, move: fail };
  const log = createLogFile({ path: 'hall.log', bytes: LINE_BYTES, files: 1 }, disk);
  expect(() => [1, 2, 3].forEach((number) => log.write(line(number)))).not.toThrow();
});

/** A disk of one file that takes no more than its room, and may take a part of what it is given. */
function createSmallDisk(): LogDisk & { room: number; text: string } {
  return {
    room: 0,
    text: '',
    open(): { file: number; bytes: number } {
      return { file: 1, bytes: this.text.length };
    },
    write(_file, bytes) {
      const taken = String(bytes).slice(0, Math.max(0, this.room - this.text.length));
      if (taken === '') throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
      this.text += taken;
      return taken.length;
    },
    truncate(_file, length) {
      this.text = this.text.slice(0, length);
    },
    move: () => undefined,
    close: () => undefined,
  };
}

function fail(): never {
  throw Object.assign(new Error('EIO'), { code: 'EIO' });
}
