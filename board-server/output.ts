import { writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';
import { wholeLines } from './whole-lines.ts';

/**
 * [OP4] An output of this process: a terminal, a file, or a pipe to somebody who may not read it now.
 * Nobody waits for it, and the server outlives its end.
 *
 * @param file as the stream of Node tells it, which asks for a pipe that does not wait
 */
export function createOutput(file: number): DestinationStream {
  /** Of a line that was taken in part: what has to come before anything else. */
  let rest: Uint8Array = new Uint8Array();

  return wholeLines((line) => {
    rest = rest.subarray(taken(file, rest));
    if (rest.length > 0) return false;
    const bytes = Buffer.from(line);
    const count = taken(file, bytes);
    if (count > 0) rest = bytes.subarray(count);
    return count > 0 || bytes.length === 0;
  });
}

/** How many of the bytes went out. */
function taken(file: number, bytes: Uint8Array): number {
  if (bytes.length === 0) return 0;
  try {
    return writeSync(file, bytes);
  } catch {
    return 0; // A full disk, a full pipe, or a reader that is gone: the next line asks again.
  }
}
