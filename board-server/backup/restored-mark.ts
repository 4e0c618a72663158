import * as z from 'zod/mini';
import { parseJson } from '../../shared/kit/json.ts';
import { count, instant } from '../../shared/protocol/scalars.ts';
import { placeFile } from '../store/durable-file.ts';
import type { FileSystem } from '../store/file-system.ts';

/**
 * [BK5] Lies in a data folder that came out of a backup: screens may have seen newer statements of
 * this epoch, so nothing more may be published in it.
 */
const restoredMark = z.strictObject({ v: z.literal(1), epoch: count, restoredAt: instant });
export type RestoredMark = z.infer<typeof restoredMark>;

const FILE = 'restored.json';

/** A mark that cannot be read still holds the hall back, under every epoch. */
export async function readRestoredMark(
  fs: FileSystem,
  folder: string,
): Promise<RestoredMark | undefined> {
  const bytes = await fs.read(`${folder}/${FILE}`);
  if (bytes === undefined) return undefined;
  const parsed = restoredMark.safeParse(parseJson(bytes.toString('utf8')));
  return parsed.data ?? { v: 1, epoch: Number.MAX_SAFE_INTEGER, restoredAt: 0 };
}

export async function writeRestoredMark(
  fs: FileSystem,
  folder: string,
  mark: RestoredMark,
): Promise<void> {
  await placeFile(fs, `${folder}/${FILE}`, Buffer.from(`${JSON.stringify(mark)}\n`));
  await fs.syncFolder(folder);
}

export async function removeRestoredMark(fs: FileSystem, folder: string): Promise<void> {
  await fs.remove(`${folder}/${FILE}`);
  await fs.syncFolder(folder);
}
