import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import { openStick } from '../../shared/sync/stick.ts';
import { fileStick } from './file-stick.ts';

/** The File System Access API, which not every browser has and TypeScript does not declare. */
declare global {
  interface Window {
    readonly showDirectoryPicker?: (options: {
      readonly id: string;
      readonly mode: 'readwrite';
    }) => Promise<FileSystemDirectoryHandle>;
  }
  interface FileSystemDirectoryHandle {
    values(): AsyncIterable<FileSystemHandle>;
  }
}

export const canChooseFolders = (): boolean => window.showDirectoryPicker !== undefined;

/** The stick's folder, or undefined when the person chose none or allowed none. */
export async function chooseFolder(): Promise<FileSystemDirectoryHandle | undefined> {
  try {
    return await window.showDirectoryPicker?.({ id: 'openhall', mode: 'readwrite' });
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

/** The newest stick in the folder that has something for the screen, else any, so that it is said why not. */
export async function stickIn(
  folder: FileSystemDirectoryHandle,
  screen: string,
): Promise<Result<File, 'no-file' | 'unreadable'>> {
  let best: { readonly file: File; readonly rank: number } | undefined;
  try {
    for await (const entry of folder.values()) {
      if (!isFile(entry) || !entry.name.toLowerCase().endsWith('.ohs')) continue;
      const file = await entry.getFile();
      const rank = await rankOf(file, screen);
      if (best === undefined || rank > best.rank) best = { file, rank };
    }
  } catch (error) {
    if (error instanceof DOMException) return refused('unreadable');
    throw error;
  }
  return best === undefined ? refused('no-file') : accepted(best.file);
}

/** When it says it was made, if it is for the screen; below that what is for others or is no stick. */
async function rankOf(file: File, screen: string): Promise<number> {
  const stick = await openStick(fileStick(file));
  if (!stick.ok) return -2;
  const { madeAt, table } = stick.value;
  return table.states.some((state) => state.screen === screen) ? madeAt : -1;
}

/** Whether the file stands on the stick now. */
export async function writeInto(
  folder: FileSystemDirectoryHandle,
  name: string,
  text: string,
): Promise<boolean> {
  try {
    const handle = await folder.getFileHandle(name, { create: true });
    const writable = await handle.createWritable();
    await writable.write(text);
    await writable.close();
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false; // Write-protected, full, or pulled out.
    throw error;
  }
}

function isFile(entry: FileSystemHandle): entry is FileSystemFileHandle {
  return entry.kind === 'file';
}
