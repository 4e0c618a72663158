import type { StickFile } from '../../shared/sync/stick.ts';

/** A file that a person chose: pieces are read from the stick when they are asked for. */
export function fileStick(file: File, progress: (bytes: number) => void = nothing): StickFile {
  let read = 0;
  return {
    bytes: file.size,
    async read(from, to) {
      try {
        const bytes = new Uint8Array(await file.slice(from, to).arrayBuffer());
        read += bytes.length;
        progress(read);
        return bytes.length === to - from ? bytes : undefined;
      } catch (error) {
        if (error instanceof DOMException) return undefined; // Pulled out, or worn out.
        throw error;
      }
    },
  };
}

const nothing = (): void => undefined;
