import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createOutput } from '../../board-server/output.ts';

/** The two ends of a pipe, neither of which waits for the other. */
function openPipe(): { readonly reader: number; readonly writer: number } {
  const folder = mkdtempSync(join(tmpdir(), 'openhall-pipe-'));
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  onTestFinished(() => {
    closeSync(writer);
    rmSync(folder, { recursive: true });
  });
  return { reader, writer };
}

/** All that lies in a pipe that holds something. */
function readAll(reader: number): string {
  const bytes = Buffer.alloc(1 << 20);
  return bytes.toString('utf8', 0, readSync(reader, bytes));
}

/** Longer than what a pipe takes whole or not at all (PIPE_BUF, 4096 bytes). */
const line = (number: number): string => `${JSON.stringify([number, '.'.repeat(9000)])}\n`;

test('[OP4] a pipe that nobody reads loses whole lines and nothing else, and says how many', () => {
  const { reader, writer } = openPipe();
  const output = createOutput(writer);
  for (let number = 0; number < 200; number += 1) output.write(line(number));
  const first = readAll(reader);
  output.write(line(200));
  output.write('{}\n');
  const lines = (first + readAll(reader)).trim().split('\n');
  const begun = lines.length - 3;
  expect(begun).toBeLessThan(200);
  expect(lines).toEqual([
    ...Array.from({ length: begun }, (_, number) => line(number).trim()),
    `{"level":40,"msg":"${200 - begun} lines were lost: nothing took them"}`,
    line(200).trim(),
    '{}',
  ]);
  closeSync(reader);
});

test('[OP4] where there is nothing to say, nothing is lost', () => {
  const { reader, writer } = openPipe();
  const output = createOutput(writer);
  for (const text of ['', '{}\n', '', '{}\n']) output.write(text);
  expect(readAll(reader)).toBe('{}\n{}\n');
  closeSync(reader);
});

test('[OP4] a reader that went away stops nothing', () => {
  const { reader, writer } = openPipe();
  const output = createOutput(writer);
  output.write('{"line":1}\n');
  expect(readAll(reader)).toBe('{"line":1}\n');
  closeSync(reader);
  expect(() => output.write('{"line":2}\n')).not.toThrow();
});
