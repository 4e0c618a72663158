import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import { placeFile } from '../store/durable-file.ts';
import { nodeFileSystem } from '../store/node-file-system.ts';
import type { HeldKey } from '../trust/key-files.ts';
import { keyFileOf, keyIn, ROOT_AWAY } from '../trust/key-files.ts';
import { DamagedArchive, readArchive, wholeOf } from './archive-reader.ts';
import { createArchiveWriter } from './archive-writer.ts';
import { createSealedFile, DamagedSeal, openSealedFile } from './sealed-file.ts';
import type { SealedRefusal } from './sealed-file.ts';

/** The root key in a sealed file of its own, for a safe. */
const ENTRY = keyFileOf('root');

/** The key that lies in the folder of keys, with the bytes of its file. */
export async function heldRoot(keys: string): Promise<{ pem: Buffer; key: HeldKey } | undefined> {
  const pem = await nodeFileSystem.read(`${keys}/${ENTRY}`);
  const key = pem === undefined ? undefined : keyIn(pem);
  return pem === undefined || key === undefined ? undefined : { pem, key };
}

/** Writes the sealed file and reads it back: a key that cannot be read again is lost. */
export async function exportRoot(
  pem: Buffer,
  file: string,
  { passphrase, random }: { passphrase: string; random: (bytes: number) => Uint8Array },
): Promise<Result<undefined, 'exists' | 'unreadable'>> {
  if (await stat(file).catch(() => undefined)) return refused('exists', file);
  const sealed = await createSealedFile(file, passphrase, random);
  try {
    const archive = createArchiveWriter(sealed);
    await archive.add(ENTRY, pem);
    await archive.finish();
    await sealed.finish();
  } finally {
    await sealed.close();
  }
  await nodeFileSystem.syncFolder(dirname(file));
  const again = await importRoot(file, passphrase);
  return again.ok ? accepted(undefined) : refused('unreadable', again.refusal);
}

/** [BK7] From now on the root key is only in the exported file. */
export async function removeRoot(keys: string, note: object): Promise<void> {
  await placeFile(nodeFileSystem, `${keys}/${ROOT_AWAY}`, Buffer.from(JSON.stringify(note)));
  await nodeFileSystem.syncFolder(keys);
  await nodeFileSystem.remove(`${keys}/${ENTRY}`);
  await nodeFileSystem.syncFolder(keys);
}

export async function importRoot(
  file: string,
  passphrase: string,
): Promise<Result<HeldKey, SealedRefusal | 'not-a-root'>> {
  const sealed = await openSealedFile(file, passphrase);
  if (!sealed.ok) return sealed;
  try {
    for await (const entry of readArchive(sealed.value.chunks())) {
      if (entry.path !== ENTRY || entry.bytes > KEY_BYTES_MAX) return refused('not-a-root');
      const key = keyIn(await wholeOf(entry));
      return key === undefined ? refused('not-a-root') : accepted(key);
    }
    return refused('not-a-root');
  } catch (error) {
    if (error instanceof DamagedSeal || error instanceof DamagedArchive) return refused('damaged');
    throw error;
  } finally {
    await sealed.value.close();
  }
}

const KEY_BYTES_MAX = 4096;
