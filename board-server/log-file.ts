import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { LogFile } from './config.ts';
import { hasCode } from './store/file-system.ts';
import { wholeLines } from './whole-lines.ts';

/** What the log file asks of a disk. Faults are thrown as Node throws them. */
export interface LogDisk {
  /** Opens at the end, with the file's length. */
  open(path: string): { readonly file: number; readonly bytes: number };
  /** Answers how many bytes were taken. */
  write(file: number, bytes: Uint8Array): number;
  truncate(file: number, length: number): void;
  /** Moves over what stands there; nothing happens when there is nothing to move. */
  move(from: string, to: string): void;
  close(file: number): void;
}

/**
 * [OP4] The log in a file of bounded size beside a bounded number of older ones: `hall.log`,
 * `hall.log.1` … Lines are written at once, so that a crash loses none of those before it.
 */
export function createLogFile({ path, bytes: most, files }: LogFile, disk: LogDisk = nodeDisk) {
  let { file, bytes } = disk.open(path);
  let full = most;

  /** Where it fails, the log goes on in the file it has, and tries again after as many bytes. */
  function rotate(): void {
    full = bytes + most;
    try {
      const old = file;
      ({ file, bytes } = openNext());
      full = most;
      // Last, and once: the number is anybody's from here on.
      disk.close(old);
    } catch {
      // Nothing is lost by it but the bound.
    }
  }

  function openNext(): { readonly file: number; readonly bytes: number } {
    const next = disk.open(`${path}.0`);
    try {
      for (let age = files; age > 1; age -= 1) disk.move(`${path}.${age - 1}`, `${path}.${age}`);
      disk.move(path, `${path}.1`);
      disk.move(`${path}.0`, path);
      return next;
    } catch (error) {
      disk.close(next.file);
      throw error;
    }
  }

  /** The whole line or nothing of it. */
  function append(line: string): boolean {
    const wanted = Buffer.from(line);
    try {
      if (bytes > 0 && bytes + wanted.length > full) rotate();
      if (disk.write(file, wanted) !== wanted.length) throw new Error('the disk took a part of it');
      bytes += wanted.length;
      return true;
    } catch {
      takeBack();
      return false; // Nobody else can be told: standard output has the line.
    }
  }

  function takeBack(): void {
    try {
      disk.truncate(file, bytes);
    } catch {
      // A half line stays; readers of JSON lines pass over it.
    }
  }

  return wholeLines(append);
}

const nodeDisk: LogDisk = {
  open(path) {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(path, 'a', 0o640);
    return { file, bytes: fstatSync(file).size };
  },
  write: (file, bytes) => writeSync(file, bytes),
  truncate: (file, length) => ftruncateSync(file, length),
  move(from, to) {
    rmSync(to, { force: true });
    try {
      renameSync(from, to);
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error;
    }
  },
  close: (file) => closeSync(file),
};
