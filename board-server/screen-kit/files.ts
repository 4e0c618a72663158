import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasCode } from '../store/file-system.ts';
import type { Files } from './render.ts';

/** The templates that lie beside the kiosk's sources. */
export async function readTemplates(): Promise<Files> {
  const folder = fileURLToPath(new URL('../../kiosk/deploy', import.meta.url));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const read = async (path: string) =>
    [relative(folder, path).split(sep).join('/'), await readFile(path, 'utf8')] as const;
  return new Map(await Promise.all(paths.map(read)));
}

/** Writes into a folder that is new or empty: nobody's files are mixed with a kit's. */
export async function writeKit(
  folder: string,
  files: Files,
): Promise<'written' | 'not-empty' | 'not-written'> {
  try {
    await mkdir(folder, { recursive: true });
    if ((await readdir(folder)).length > 0) return 'not-empty';
    for (const [path, text] of files) {
      const place = join(folder, path);
      await mkdir(dirname(place), { recursive: true });
      await writeFile(place, encode(path, text), { mode: path.endsWith('.sh') ? 0o755 : 0o644 });
    }
    return 'written';
  } catch (error) {
    if (hasCode(error, 'EACCES', 'ENOTDIR', 'EEXIST', 'EROFS', 'ENOSPC', 'EPERM'))
      return 'not-written';
    throw error;
  }
}

/** Notepads of Windows take a text for one of another age without the mark, and for one long line. */
function encode(path: string, text: string): string {
  return path === 'README.txt' ? `\uFEFF${text.replaceAll('\n', '\r\n')}` : text;
}
