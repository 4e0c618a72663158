import type { ChannelId, ProfileId, RecordId, Sha256, SlotId } from '../kit/ids.ts';
import type { CalendarTable, DayNumber, ZoneTable } from './civil.ts';
import type { SlotClass, SlotWindow } from './programme.ts';

/** An object by name, with its exact size, which caps what a screen will download for it. */
export interface ObjectRef {
  readonly digest: Sha256;
  readonly bytes: number;
}

export const CARRIERS = ['touch', 'board'] as const;
/** Where a record may be seen (公开载体). */
export type Carrier = (typeof CARRIERS)[number];

/** What a list shows of a record without opening it. Dates are `YYYY-MM-DD`. */
export interface Listing {
  readonly title: string;
  readonly summary: string;
  readonly issuers: readonly string[];
  /** The kind's category, such as 停水停电 or 政策文件. */
  readonly category: string;
  readonly docNo: string | null;
  readonly madeOn: string | null;
  readonly publishedOn: string | null;
  /** Last day of validity shown to people, when there is one. */
  readonly validUntil: string | null;
}

/**
 * A record version as it will be seen: the digests of every rendering and the limits of showing.
 * Approvers sign this; the head only arranges it.
 */
export interface Item {
  readonly v: 1;
  readonly record: RecordId;
  readonly version: number;
  readonly kind: string;
  readonly audience: 'public' | 'staff';
  readonly carriers: readonly Carrier[];
  readonly listing: Listing;
  /** Canonical JSON of `Block[]`. */
  readonly view: ObjectRef;
  /** Canonical JSON of `Pages`, one for each board profile, with each page's dwell. */
  readonly boards: Readonly<Record<ProfileId, BoardRendering>>;
  /** SHA-256 of the canonical JSON of this item's search entry; null when it is not searched. */
  readonly search: Sha256 | null;
  /** Seen over [earliestAt, latestAt); null is unbounded. */
  readonly earliestAt: number | null;
  readonly latestAt: number | null;
  /** How long it may be seen without a fresh lease; null for standing matters. */
  readonly maxStaleSeconds: number | null;
}

export interface BoardRendering {
  readonly pages: ObjectRef;
  readonly dwellSeconds: readonly number[];
}

/** The hall as its screens present it (大厅信息). */
export interface HallCard {
  readonly name: string;
  readonly county: string;
  readonly desk: string;
  readonly phone: string;
  /** Windows' hours on working days, minutes after midnight, [from, until), oldest first. */
  readonly hours: readonly { readonly fromMinute: number; readonly untilMinute: number }[];
  /** Demonstration data: every page says so (演示数据). */
  readonly demo: boolean;
}

/** A day whose hours end early (提前下班): from `minute` after midnight on, for that day only. */
export interface EarlyClosing {
  readonly day: DayNumber;
  readonly minute: number;
}

/** The hall as a release carries it; absent `closing` is the rule. */
export type ReleasedHall = HallCard & { readonly closing?: EarlyClosing | undefined };

/** Entries of the `touch` section: an approved item in its signed envelope. */
export interface TouchEntry {
  readonly key: RecordId;
  /** When this version was approved, epoch milliseconds: the newest stands first. */
  readonly since: number;
  readonly item: string;
}

/** Entries of the `search` section: what exact search looks through. */
export interface SearchEntry {
  readonly key: RecordId;
  readonly version: number;
  readonly text: string;
  /** Pinyin initials of the title and the issuers, lower-case, one letter for each character. */
  readonly initials: string;
}

/** Entries of a `board/<profile>` section: a slot and the approved item it shows. */
export interface BoardEntry {
  readonly key: SlotId;
  readonly record: RecordId;
  readonly class: SlotClass;
  readonly window: SlotWindow;
  readonly phaseAt: number;
  readonly order: number;
  readonly turnSeconds: number;
  readonly item: string;
}

export interface Chunk<Entry> {
  readonly v: 1;
  readonly entries: readonly Entry[];
}

/**
 * Stands in a section for the run of chunks it lists. A long section lists these instead of its
 * chunks, so that the manifest stays small; they never list each other.
 */
export interface ChunkIndex {
  readonly v: 1;
  readonly chunks: readonly ObjectRef[];
}

/** Stands in a very long section for the run of indexes it lists, and never for other roots. */
export interface IndexRoot {
  readonly v: 1;
  readonly indexes: readonly ObjectRef[];
}

export type SectionName = 'touch' | 'search' | `board/${string}`;

/** The manifest of a release: with what it names, everything a channel shows. */
export interface Release {
  readonly v: 1;
  readonly channel: ChannelId;
  readonly hall: ReleasedHall;
  readonly zone: ZoneTable;
  readonly calendar: CalendarTable;
  /** Of each section, in the order of their keys, its chunks or, when they are many, their indexes or roots. */
  readonly sections: Readonly<Record<string, readonly ObjectRef[]>>;
}

/** At most this many entries in a chunk; boundaries follow keys, so an edit moves one chunk. */
export const CHUNK_ENTRIES_MAX = 256;
