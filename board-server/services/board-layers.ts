import type * as z from 'zod/mini';
import type { ProfileId, Sha256 } from '../../shared/kit/ids.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import {
  boardChunk,
  listedIn,
  pages as pagesSchema,
  release,
} from '../../shared/protocol/objects.ts';
import type { OutputOf } from '../../shared/protocol/routes.ts';
import type { ObjectRef } from '../../shared/domain/release.ts';
import type { Pages } from '../../shared/domain/pages.ts';
import type { Reply } from '../routes/handlers.ts';
import type { Objects } from './read-release.ts';
import { itemIn, readJson, readObject } from './read-release.ts';
import type { ChannelDocument } from './stored.ts';

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

/** A long section lists roots or indexes of chunks, a short one the chunks themselves. */
async function readChunks(objects: Objects, section: readonly ObjectRef[]): Promise<BoardChunk[]> {
  const chunks: BoardChunk[] = [];
  for (const { digest } of section) {
    const value = await readJson(objects, digest);
    const listed = listedIn(value);
    if (listed !== undefined) chunks.push(...(await readChunks(objects, listed)));
    else chunks.push(boardChunk.parse(value));
  }
  return chunks;
}
