import { assert } from '../kit/assert.ts';
import type { Digest } from '../kit/digest.ts';
import type { ChannelId, ProfileId, RecordId } from '../kit/ids.ts';
import { keptBy } from '../kit/kept.ts';
import { canonicalBytes } from '../kit/json.ts';
import type { Result } from '../kit/result.ts';
import { accepted, refused } from '../kit/result.ts';
import type { ChunkCache, Cut, Keyed, NamedBytes } from './chunks.ts';
import { EMPTY_CACHE, makerOf, makeSection } from './chunks.ts';
import type { CalendarTable, ZoneTable } from './civil.ts';
import type { Slot } from './programme.ts';
import type {
  BoardEntry,
  Item,
  ObjectRef,
  Release,
  ReleasedHall,
  SearchEntry,
  TouchEntry,
} from './release.ts';
import { FALLBACK_TURN_SECONDS } from './turn.ts';

/**
 * The release of a channel at `t`. Pure and reproducible: [RL1] the same input gives the same bytes
 * in whatever order its parts come, and whether or not a cache is given.
 *
 * @param cache of the release before, as this function returned it; give it only once the objects
 *   of that release are stored, because what it knows is not handed out again
 * @returns the release, the reference that a head names, and every new object, the manifest's last;
 *   or the record that may not be in a public channel
 */
export async function compileRelease(
  input: CompileInput,
  digest: Digest,
  cache: ChunkCache = EMPTY_CACHE,
): Promise<Result<Compiled, 'not-public'>> {
  const gathered = gather(input);
  if (!gathered.ok) return gathered; // [RL5]
  const { touch, search, slotted } = gathered.value;
  const maker = makerOf(digest, cache);
  const sections: Record<string, readonly ObjectRef[]> = {
    touch: await makeSection('touch', sorted(touch), CUT, maker),
    search: await makeSection('search', sorted(search), CUT, maker),
  };
  for (const profile of input.profiles) {
    const name = `board/${profile}`;
    const entries = boardEntries(input.slots, slotted, profile, input.t);
    sections[name] = await makeSection(name, sorted(entries), CUT, maker);
  }
  const { channel, hall, zone, calendar } = input;
  const release: Release = { v: 1, channel, hall, zone, calendar, sections };
  const bytes = canonicalBytes(release);
  const manifest = { digest: await digest(bytes), bytes: bytes.length };
  return accepted({
    release,
    manifest,
    objects: [...maker.made, { digest: manifest.digest, bytes }],
    cache: maker.cache,
  });
}

export interface CompileInput {
  readonly channel: ChannelId;
  readonly hall: ReleasedHall;
  readonly zone: ZoneTable;
  readonly calendar: CalendarTable;
  /** The instant of publishing, epoch milliseconds. */
  readonly t: number;
  /** One approved version of each record that is not withdrawn. */
  readonly items: readonly ApprovedItem[];
  readonly slots: readonly Slot[];
  /** Boards to compile for. */
  readonly profiles: readonly ProfileId[];
}

export interface ApprovedItem {
  /** The item as it was signed; what `item` was read from. */
  readonly envelope: string;
  readonly item: Item;
  readonly approvedAt: number;
  /** What the item's `search` is the digest of. */
  readonly search: SearchEntry | null;
}

export interface Compiled {
  readonly release: Release;
  readonly manifest: ObjectRef;
  readonly objects: readonly NamedBytes[];
  readonly cache: ChunkCache;
}

/*
 * A signed item is some 2 KB and a search entry 0.5 to 3 KB. With five entries in a chunk, and its
 * index above, one changed record of 10,000 costs a touch screen about 35 KB besides its own text.
 */
const CUT: Cut = { min: 3, max: 9, odds: 3 };

/** What is to be seen only later stays unreadable until a day before. */
export const ENTER_AHEAD_MS = 24 * 3_600_000;

/** [RL6] What is over is left out; what has not begun enters a day ahead, to be there in time. */
function isDue({ earliestAt, latestAt }: Item, t: number): boolean {
  if (latestAt !== null && latestAt <= t) return false;
  return earliestAt === null || earliestAt - t <= ENTER_AHEAD_MS;
}

interface Gathered {
  readonly touch: readonly TouchEntry[];
  readonly search: readonly SearchEntry[];
  /** Items of the records that slots name. */
  readonly slotted: ReadonlyMap<RecordId, ApprovedItem>;
}

/** What the release is made of, in one look at each item: a county has tens of thousands. */
function gather({ items, slots, t }: CompileInput): Result<Gathered, 'not-public'> {
  const touch: TouchEntry[] = [];
  const search: SearchEntry[] = [];
  const slotted = new Map<RecordId, ApprovedItem>();
  const wanted = new Set(slots.map(({ record }) => record));
  for (const approved of items) {
    const { item } = approved;
    if (item.audience !== 'public') return refused('not-public', item.record);
    if (!isDue(item, t)) continue;
    const entries = touchEntries(approved);
    if (entries.touch !== null) touch.push(entries.touch);
    if (entries.search !== null) search.push(entries.search);
    if (!wanted.has(item.record)) continue;
    assert(!slotted.has(item.record), 'one version of each record');
    slotted.set(item.record, approved);
  }
  return accepted({ touch, search, slotted });
}

/** The same entries for the same item: what did not change is known at a glance. */
const touchEntries = keptBy(
  ({ item, envelope, approvedAt, search }: ApprovedItem): TouchEntries => {
    assert((search === null) === (item.search === null), 'the search entry that the item names');
    if (!item.carriers.includes('touch')) return NO_ENTRIES;
    if (search !== null) {
      assert(
        search.key === item.record && search.version === item.version,
        'a search entry of its item',
      );
    }
    return { touch: { key: item.record, since: approvedAt, item: envelope }, search };
  },
);

interface TouchEntries {
  readonly touch: TouchEntry | null;
  readonly search: SearchEntry | null;
}

const NO_ENTRIES: TouchEntries = { touch: null, search: null };

/** [RL7] Slots whose record has an approved item for this board, and whose window is not over. */
function boardEntries(
  slots: readonly Slot[],
  items: ReadonlyMap<RecordId, ApprovedItem>,
  profile: ProfileId,
  t: number,
): BoardEntry[] {
  return slots.flatMap(({ id, record, class: slotClass, window, phaseAt, order, turnSeconds }) => {
    const approved = items.get(record);
    if (approved === undefined || !approved.item.carriers.includes('board')) return [];
    if (approved.item.boards[profile] === undefined) return [];
    if (window.kind !== 'always' && window.until <= t) return [];
    const turn = turnSeconds[profile] ?? FALLBACK_TURN_SECONDS;
    return [
      {
        key: id,
        record,
        class: slotClass,
        window,
        phaseAt,
        order,
        turnSeconds: turn,
        item: approved.envelope,
      },
    ];
  });
}

function sorted<Entry extends Keyed>(entries: readonly Entry[]): readonly Entry[] {
  if (isAscending(entries)) return entries;
  const list = [...entries].sort((a, b) => (a.key < b.key ? -1 : 1));
  assert(isAscending(list), 'keys that differ');
  return list;
}

function isAscending(entries: readonly Keyed[]): boolean {
  let last: string | undefined;
  for (const { key } of entries) {
    if (last !== undefined && key <= last) return false;
    last = key;
  }
  return true;
}
