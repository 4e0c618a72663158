import type { SealedWriter } from './sealed-file.ts';

/** Files one after another: a line of JSON that names each, then its bytes; a last line counts them. */
export interface ArchiveWriter {
  add(path: string, bytes: Uint8Array): Promise<void>;
  /** A file too large to be held: `chunks` must come to `bytes`. */
  addLarge(path: string, bytes: number, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  /** Without this line the archive does not count. */
  finish(): Promise<ArchiveTotal>;
}

export interface ArchiveTotal {
  readonly files: number;
  readonly bytes: number;
}

export function createArchiveWriter(sink: Pick<SealedWriter, 'write'>): ArchiveWriter {
  let files = 0;
  let total = 0;
  const line = (value: object): Promise<void> =>
    sink.write(Buffer.from(`${JSON.stringify(value)}\n`));
  const begin = async (path: string, bytes: number): Promise<void> => {
    files += 1;
    total += bytes;
    await line({ path, bytes });
  };
  return {
    async add(path, bytes) {
      await begin(path, bytes.length);
      await sink.write(bytes);
    },
    async addLarge(path, bytes, chunks) {
      await begin(path, bytes);
      let left = bytes;
      for await (const chunk of chunks) {
        left -= chunk.length;
        await sink.write(chunk);
      }
      if (left !== 0) throw new Error(`${path} changed while it was read`);
    },
    async finish() {
      await line({ end: { files, bytes: total } });
      return { files, bytes: total };
    },
  };
}
