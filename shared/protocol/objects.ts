import * as z from 'zod/mini';
import type { Page, Pages } from '../domain/pages.ts';
import type { SlotWindow } from '../domain/programme.ts';
import type {
  BoardEntry,
  ChunkIndex,
  HallCard,
  IndexRoot,
  Item,
  ObjectRef,
  Release,
  ReleasedHall,
  SearchEntry,
  TouchEntry,
} from '../domain/release.ts';
import { CHUNK_ENTRIES_MAX } from '../domain/release.ts';
import {
  channelId,
  count,
  date,
  envelope,
  instant,
  objectRef,
  profileId,
  recordId,
  sha256,
  slotId,
  text,
} from './scalars.ts';

/** Schemas of the objects that statements name; an object is accepted only after its digest. */

export const listing = z.strictObject({
  title: text(200),
  summary: text(400),
  issuers: z.array(text(60)).check(z.maxLength(16)),
  category: text(40),
  docNo: z.nullable(text(60)),
  madeOn: z.nullable(date),
  publishedOn: z.nullable(date),
  validUntil: z.nullable(date),
});

const seconds = z.int().check(z.gte(1), z.lte(3600));

export const item: z.ZodMiniType<Item> = z.strictObject({
  v: z.literal(1),
  record: recordId,
  version: count,
  kind: text(40),
  audience: z.enum(['public', 'staff']),
  carriers: z.array(z.enum(['touch', 'board'])).check(z.maxLength(2)),
  listing,
  view: objectRef,
  boards: z.record(
    profileId,
    z.strictObject({
      pages: objectRef,
      dwellSeconds: z.array(seconds).check(z.minLength(1), z.maxLength(200)),
    }),
  ),
  search: z.nullable(sha256),
  earliestAt: z.nullable(instant),
  latestAt: z.nullable(instant),
  maxStaleSeconds: z.nullable(count),
});

const minute = z.int().check(z.gte(0), z.lte(1440));

export const slotWindow: z.ZodMiniType<SlotWindow> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('always') }),
  z.strictObject({ kind: z.literal('during'), from: instant, until: instant }),
  z.strictObject({
    kind: z.literal('weekly'),
    days: z.union([
      z.enum(['workdays', 'holidays']),
      z.array(z.int().check(z.gte(1), z.lte(7))).check(z.minLength(1), z.maxLength(7)),
    ]),
    fromMinute: minute,
    untilMinute: minute,
    whenUnknown: z.enum(['show', 'hide']),
    from: instant,
    until: instant,
  }),
]);

export const slotClass = z.enum(['default', 'weekly', 'dated', 'interrupt', 'emergency']);

const touchEntry: z.ZodMiniType<TouchEntry> = z.strictObject({
  key: recordId,
  since: instant,
  item: envelope,
});
export const searchEntry: z.ZodMiniType<SearchEntry> = z.strictObject({
  key: recordId,
  version: count,
  text: text(200_000),
  initials: text(2000),
});
const boardEntry: z.ZodMiniType<BoardEntry> = z.strictObject({
  key: slotId,
  record: recordId,
  class: slotClass,
  window: slotWindow,
  phaseAt: instant,
  order: z.int(),
  turnSeconds: seconds,
  item: envelope,
});

const chunkOf = <Entry>(entry: z.ZodMiniType<Entry>) =>
  z.strictObject({
    v: z.literal(1),
    entries: z.array(entry).check(z.minLength(1), z.maxLength(CHUNK_ENTRIES_MAX)),
  });

export const touchChunk = chunkOf(touchEntry);
export const searchChunk = chunkOf(searchEntry);
export const boardChunk = chunkOf(boardEntry);

export const chunkIndex: z.ZodMiniType<ChunkIndex> = z.strictObject({
  v: z.literal(1),
  chunks: z.array(objectRef).check(z.minLength(1), z.maxLength(CHUNK_ENTRIES_MAX)),
});

export const indexRoot: z.ZodMiniType<IndexRoot> = z.strictObject({
  v: z.literal(1),
  indexes: z.array(objectRef).check(z.minLength(1), z.maxLength(CHUNK_ENTRIES_MAX)),
});

/** What an index or a root lists; undefined when it is neither. */
export function listedIn(value: unknown): readonly ObjectRef[] | undefined {
  return chunkIndex.safeParse(value).data?.chunks ?? indexRoot.safeParse(value).data?.indexes;
}

const day = z.int();
const hallCardShape = {
  name: text(40),
  county: text(20),
  desk: text(60),
  phone: text(40),
  hours: z.array(z.strictObject({ fromMinute: minute, untilMinute: minute })).check(z.maxLength(4)),
  demo: z.boolean(),
};
export const hallCard: z.ZodMiniType<HallCard> = z.strictObject(hallCardShape);

/** Absent on every day but one that ends early, so that releases of before are read as they are. */
const releasedHall: z.ZodMiniType<ReleasedHall> = z.strictObject({
  ...hallCardShape,
  closing: z.optional(z.strictObject({ day, minute })),
});

export const release: z.ZodMiniType<Release> = z.strictObject({
  v: z.literal(1),
  channel: channelId,
  hall: releasedHall,
  zone: z.strictObject({
    name: text(60),
    offsets: z
      .array(z.strictObject({ from: z.int(), minutes: z.int() }))
      .check(z.minLength(1), z.maxLength(400)),
    horizonAt: instant,
  }),
  calendar: z.strictObject({
    from: day,
    until: day,
    off: z.array(day).check(z.maxLength(1000)),
    on: z.array(day).check(z.maxLength(1000)),
  }),
  sections: z.record(text(80), z.array(objectRef).check(z.maxLength(20_000))),
});

const page: z.ZodMiniType<Page> = z.strictObject({
  lines: z
    .array(
      z.strictObject({
        text: text(400),
        x: count,
        y: count,
        size: z.int().check(z.gte(1), z.lte(400)),
        role: z.enum(['title', 'body', 'foot']),
      }),
    )
    .check(z.maxLength(60)),
  dwellSeconds: seconds,
});

export const pages: z.ZodMiniType<Pages> = z.strictObject({
  v: z.literal(1),
  profile: text(64),
  pages: z.array(page).check(z.minLength(1), z.maxLength(200)),
});
