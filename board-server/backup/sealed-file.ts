import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import { hasCode } from '../store/file-system.ts';
import { deriveKey, newDerivation } from './passphrase-key.ts';
import { CHUNK_BYTES, openChunk, sealChunk, SEALED_BYTES } from './sealed-chunks.ts';
import { HEAD_BYTES_MAX, readHead, writeHead } from './sealed-head.ts';

/** A file that only its passphrase opens, written and read as a stream. */
export interface SealedWriter {
  write(bytes: Uint8Array): Promise<void>;
  /** Seals the last chunk and makes the file durable. Until then nobody can read it. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/** Makes the file; throws EEXIST when there is one. */
export async function createSealedFile(
  path: string,
  passphrase: string,
  random: (bytes: number) => Uint8Array,
): Promise<SealedWriter> {
  const derivation = newDerivation(random);
  const { key, check } = await deriveKey(passphrase, derivation);
  const file = await open(path, 'wx', 0o600);
  const pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let index = 0;

  /** Seals the first `bytes` of what is pending. */
  async function flush(bytes: number, isLast: boolean): Promise<void> {
    const all = Buffer.concat(pending);
    pending.splice(0, pending.length, all.subarray(bytes));
    pendingBytes -= bytes;
    await writeAll(file, sealChunk(key, { index, isLast }, all.subarray(0, bytes)));
    index += 1;
  }

  await writeAll(file, writeHead({ derivation, check }));
  return {
    async write(bytes) {
      for (let from = 0; from < bytes.length;) {
        // A full chunk waits for the next byte, which tells that it is not the last.
        if (pendingBytes === CHUNK_BYTES) await flush(CHUNK_BYTES, false);
        const part = bytes.subarray(from, from + CHUNK_BYTES - pendingBytes);
        pending.push(part);
        pendingBytes += part.length;
        from += part.length;
      }
    },
    async finish() {
      await flush(pendingBytes, true);
      await file.sync();
    },
    close: () => file.close(),
  };
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += (await file.write(bytes, written)).bytesWritten;
  }
}

/**
 * - `missing`: there is no such file.
 * - `foreign`: it is not one of ours; `newer`: a later version wrote it.
 * - `wrong-passphrase`, `damaged`: told apart by the head.
 */
export type SealedRefusal = 'missing' | 'foreign' | 'newer' | 'wrong-passphrase' | 'damaged';

export interface SealedReader {
  /** The plain bytes, once. Throws `DamagedSeal` where a chunk is damaged, moved or missing. */
  chunks(): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

/** The file is not as it was written, from about this byte on. */
export class DamagedSeal extends Error {}

export async function openSealedFile(
  path: string,
  passphrase: string,
): Promise<Result<SealedReader, SealedRefusal>> {
  const file = await openExisting(path);
  if (file === undefined) return refused('missing', path);
  const opened = await readKey(file, passphrase);
  if (!opened.ok) {
    await file.close();
    return opened;
  }
  return accepted({
    chunks: () => readChunks(file, opened.value),
    close: () => file.close(),
  });
}

interface Opened {
  readonly key: Uint8Array;
  readonly headBytes: number;
}

async function readKey(
  file: FileHandle,
  passphrase: string,
): Promise<Result<Opened, SealedRefusal>> {
  const begin = await file.read(Buffer.alloc(HEAD_BYTES_MAX), 0, HEAD_BYTES_MAX, 0);
  const reading = readHead(begin.buffer.subarray(0, begin.bytesRead));
  if (reading.state !== 'read') return refused(reading.state);
  const { key, check } = await deriveKey(passphrase, reading.head.derivation);
  if (check !== reading.head.check) return refused('wrong-passphrase');
  return accepted({ key, headBytes: reading.bytes });
}

async function* readChunks(file: FileHandle, { key, headBytes }: Opened): AsyncIterable<Buffer> {
  const { size } = await file.stat();
  const count = Math.max(1, Math.ceil((size - headBytes) / SEALED_BYTES));
  for (let index = 0; index < count; index += 1) {
    const at = headBytes + index * SEALED_BYTES;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SEALED_BYTES), 0, SEALED_BYTES, at);
    const place = { index, isLast: index === count - 1 };
    const plain = openChunk(key, place, buffer.subarray(0, bytesRead));
    if (plain === undefined) throw new DamagedSeal(`byte ${at}`);
    yield plain;
  }
}

async function openExisting(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}
