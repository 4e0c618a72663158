import * as z from 'zod/mini';
import { view } from '../records/block.ts';
import { boardChunk, hallCard, listing, pages, release } from './objects.ts';
import { instant, profileId, text } from './scalars.ts';
import { device } from './statements.ts';

/** IANA name of the hall's zone: clocks in a preview are the hall's. */
const zone = text(60);

/**
 * What the console sends into the sandboxed frame of `/preview.html`, which draws it with the real
 * stage. The frame answers `{ v: 1, ready: true }` once, and accepts messages from its parent only.
 */
export const previewMessage = z.discriminatedUnion('kind', [
  /** A record as the touch page shows it. */
  z.strictObject({
    v: z.literal(1),
    kind: z.literal('touch'),
    hall: hallCard,
    zone,
    device,
    listing: listing,
    view,
    largeType: z.boolean(),
  }),
  /** A record's pages as one board shows them, page by page from `t` on. */
  z.strictObject({
    v: z.literal(1),
    kind: z.literal('pages'),
    hall: hallCard,
    zone,
    profile: profileId,
    pages,
    page: z.int(),
  }),
  /** A whole board at `t`: the same release chunks, items and pages a screen holds. */
  z.strictObject({
    v: z.literal(1),
    kind: z.literal('board'),
    profile: profileId,
    release,
    chunks: z.array(boardChunk),
    pages: z.record(z.string(), pages),
    t: instant,
    /** Whether time runs on from `t`. */
    running: z.boolean(),
  }),
]);
export type PreviewMessage = z.infer<typeof previewMessage>;

export const previewReady = z.strictObject({ v: z.literal(1), ready: z.literal(true) });
