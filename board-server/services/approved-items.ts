import { present } from '../../shared/kit/assert.ts';
import { keptBy, keptByEach } from '../../shared/kit/kept.ts';
import { lowest } from '../../shared/kit/lowest.ts';
import type { ApprovedItem } from '../../shared/domain/compile.ts';
import type { Item } from '../../shared/domain/release.ts';
import type { RecordId } from '../../shared/kit/ids.ts';
import { item as itemSchema } from '../../shared/protocol/objects.ts';
import { parseEnvelope, payloadJson } from '../../shared/trust/envelope.ts';
import type { Collection, Kept } from './collection.ts';
import type { ItemDocument } from './stored.ts';

/** Approved items as compile takes them; what was signed is read from its envelope once. */
export interface ApprovedItems {
  get(record: RecordId): Approved | undefined;
  list(): readonly Approved[];
  /** Notes that what is out says all these as they are; `damaged` had to be left out of it. */
  told(items: readonly Approved[], damaged: ReadonlySet<Approved>): void;
  /** Whether what is out knows the item as it is now: shown, over or withdrawn. */
  outcomeOf(approved: Approved): Outcome;
}

/** `retrying`: the next publication will say it. `damaged`: none can, its renderings are lost. */
export type Outcome = 'out' | 'retrying' | 'damaged';

export interface Approved extends ApprovedItem {
  readonly approvedAt: number;
  readonly withdrawn: ItemDocument['withdrawn'];
  readonly revoked: ItemDocument['revoked'];
}

/** @param publishedAt when the head that is out was signed */
export function createApprovedItems(
  items: Collection<ItemDocument>,
  publishedAt: () => number | undefined,
): ApprovedItems {
  let newest: Publication | undefined;
  const open = keptBy(({ id, value }: Kept<ItemDocument>): Approved => {
    const { envelope, search, ...rest } = value;
    return { ...rest, envelope, search, item: itemIn(envelope, id) };
  });
  const openAll = keptByEach(open);
  return {
    get(record) {
      const kept = items.get(record);
      return kept === undefined ? undefined : open(kept);
    },
    list: () => openAll(items.list()),
    told(all, damaged) {
      newest = { all, damaged };
    },
    outcomeOf({ envelope, withdrawn, approvedAt, item }) {
      // Nothing was published in this run: what an earlier one left is known by its time alone.
      if (newest === undefined)
        return (withdrawn?.at ?? approvedAt) <= (publishedAt() ?? -Infinity) ? 'out' : 'retrying';
      const told = toldOf(newest, item.record);
      // An envelope is one for each approval.
      const isTold =
        told?.envelope === envelope && (told.withdrawn === null) === (withdrawn === null);
      if (!isTold) return 'retrying';
      return withdrawn === null && newest.damaged.has(told) ? 'damaged' : 'out';
    },
  };
}

interface Publication {
  readonly all: readonly Approved[];
  readonly damaged: ReadonlySet<Approved>;
}

/** The item of that record as a publication told it; items are in the order of their records. */
function toldOf({ all }: Publication, record: RecordId): Approved | undefined {
  const known = all[lowest(all.length, (at) => present(all[at], 'item').item.record >= record)];
  return known?.item.record === record ? known : undefined;
}

/** The server's own envelope from its own store, so its signature is not checked again. */
function itemIn(envelope: string, record: string): Item {
  const parsed = parseEnvelope(envelope);
  const item = itemSchema.safeParse(parsed.ok ? payloadJson(parsed.value.payload) : undefined);
  if (!item.success) throw new Error(`broken assumption: items/${record} holds a signed item`);
  return item.data;
}
