import type * as z from 'zod/mini';
import { parseEnvelope, payloadJson } from '../../shared/trust/envelope.ts';
import { fromUtf8 } from '../../shared/kit/bytes.ts';
import type { ProfileId, Sha256 } from '../../shared/kit/ids.ts';
import { parseJson } from '../../shared/kit/json.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import {
  boardChunk,
  chunkIndex,
  item as itemSchema,
  pages as pagesSchema,
  release,
} from '../../shared/protocol/objects.ts';
import type { OutputOf } from '../../shared/protocol/routes.ts';
import type { Item, ObjectRef } from '../../shared/domain/release.ts';
import type { Pages } from '../../shared/domain/pages.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Reply } from '../routes/handlers.ts';
import type { ChannelDocument } from './stored.ts';

type Objects = Pick<ObjectStore, 'read'>;

/** What a board of one profile plays, read from the very objects that screens fetch. */
export async function readBoardLayers(
  objects: Objects,
  channel: ChannelDocument | undefined,
  profile: ProfileId,
): Promise<Reply<OutputOf<'boardLayers'>>> {
  if (channel === undefined) return refused('not-published');
  const manifest = await readObject(objects, channel.head.release.digest, release);
  const section = manifest.sections[`board/${profile}`];
  if (section === undefined) return refused('not-found', profile);
  const chunks = await readChunks(objects, section);
  const pages: Record<Sha256, Pages> = {};
  for (const { item: envelope } of chunks.flatMap(({ entries }) => entries)) {
    const ref = itemIn(envelope).boards[profile]?.pages;
    if (ref !== undefined) pages[ref.digest] ??= await readObject(objects, ref.digest, pagesSchema);
  }
  return accepted({ release: manifest, chunks, pages });
}

type BoardChunk = z.infer<typeof boardChunk>;

/** A long section lists indexes of chunks, a short one the chunks themselves. */
async function readChunks(objects: Objects, section: readonly ObjectRef[]): Promise<BoardChunk[]> {
  const chunks: BoardChunk[] = [];
  for (const { digest } of section) {
    const value = await readJson(objects, digest);
    const index = chunkIndex.safeParse(value);
    if (index.success) chunks.push(...(await readChunks(objects, index.data.chunks)));
    else chunks.push(boardChunk.parse(value));
  }
  return chunks;
}

async function readObject<Value>(
  objects: Objects,
  digest: Sha256,
  schema: z.ZodMiniType<Value>,
): Promise<Value> {
  return schema.parse(await readJson(objects, digest));
}

async function readJson(objects: Objects, digest: Sha256): Promise<unknown> {
  const object = await objects.read(digest);
  if (object === undefined)
    throw new Error(`an object of the release is damaged or missing: ${digest}`);
  return parseJson(fromUtf8(object.bytes) ?? '');
}

function itemIn(envelope: string): Item {
  const parsed = parseEnvelope(envelope);
  return itemSchema.parse(parsed.ok ? payloadJson(parsed.value.payload) : undefined);
}
