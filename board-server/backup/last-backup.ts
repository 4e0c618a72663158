import { basename } from 'node:path';
import * as z from 'zod/mini';
import { parseJson } from '../../shared/kit/json.ts';
import { count, instant, text } from '../../shared/protocol/scalars.ts';
import { placeFile } from '../store/durable-file.ts';
import type { FileSystem } from '../store/file-system.ts';

/** When this folder was backed up last, for the console: the tool runs beside the server. */
const lastBackup = z.strictObject({
  v: z.literal(1),
  madeAt: instant,
  file: text(255),
  bytes: count,
});
export type LastBackup = z.infer<typeof lastBackup>;

const FILE = 'last-backup.json';

export async function readLastBackup(
  fs: FileSystem,
  folder: string,
): Promise<LastBackup | undefined> {
  const bytes = await fs.read(`${folder}/${FILE}`);
  return lastBackup.safeParse(parseJson(bytes?.toString('utf8') ?? '')).data;
}

export async function noteBackup(
  fs: FileSystem,
  folder: string,
  { file, ...rest }: Omit<LastBackup, 'v'>,
): Promise<void> {
  const note = { v: 1, file: basename(file).slice(0, 255), ...rest };
  await placeFile(fs, `${folder}/${FILE}`, Buffer.from(`${JSON.stringify(note)}\n`));
}
