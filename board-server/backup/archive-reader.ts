import * as z from 'zod/mini';
import { parseJson } from '../../shared/kit/json.ts';

/** One file of an archive. Its bytes must be taken before the next file is asked for. */
export interface ArchiveEntry {
  readonly path: string;
  readonly bytes: number;
  content(): AsyncIterable<Buffer>;
}

/** The chunks are whole, but what they say is no archive. */
export class DamagedArchive extends Error {}

/** Reads what `createArchiveWriter` wrote; ends only after the line that counts the files. */
export async function* readArchive(chunks: AsyncIterable<Buffer>): AsyncIterable<ArchiveEntry> {
  const source = createSource(chunks);
  for (let files = 0; ; files += 1) {
    const said = lineSchema.safeParse(parseJson(await source.line()));
    if (!said.success) throw new DamagedArchive('a line that names no file');
    if ('end' in said.data) {
      if (said.data.end.files !== files) throw new DamagedArchive('files are missing');
      return;
    }
    const { path, bytes } = said.data;
    yield { path, bytes, content: () => source.take(bytes) };
  }
}

const count = z.int().check(z.nonnegative());
const lineSchema = z.union([
  z.strictObject({ path: z.string(), bytes: count }),
  z.strictObject({ end: z.strictObject({ files: count, bytes: count }) }),
]);

export async function wholeOf({ content, bytes }: ArchiveEntry): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of content()) parts.push(part);
  return Buffer.concat(parts, bytes);
}

const LINE_BYTES_MAX = 4096;
const NEWLINE = 0x0a;

/** Chunks as a source of lines and of runs of bytes. */
function createSource(chunks: AsyncIterable<Buffer>) {
  const iterator = chunks[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);

  async function more(): Promise<void> {
    const next = await iterator.next();
    if (next.done === true) throw new DamagedArchive('it ends too early');
    held = held.length === 0 ? next.value : Buffer.concat([held, next.value]);
  }

  return {
    async line(): Promise<string> {
      for (;;) {
        const end = held.indexOf(NEWLINE);
        if (end >= 0) {
          const line = held.subarray(0, end).toString('utf8');
          held = held.subarray(end + 1);
          return line;
        }
        if (held.length > LINE_BYTES_MAX) throw new DamagedArchive('a line without an end');
        await more();
      }
    },
    async *take(bytes: number): AsyncIterable<Buffer> {
      for (let left = bytes; left > 0;) {
        if (held.length === 0) await more();
        const part = held.subarray(0, left);
        held = held.subarray(part.length);
        left -= part.length;
        yield part;
      }
    },
  };
}
