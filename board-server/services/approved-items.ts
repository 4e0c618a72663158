import { keptBy } from '../../shared/kit/kept.ts';
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
  const openAll = keptBy((kept: readonly Kept<ItemDocument>[]) => kept.map(open));
  return {
    get(record) {
      const kept = items.get(record);
      return kept === undefined ? undefined : open(kept);
    },
    list: () => openAll(items.list()),
    told(all, damaged) {
      newest = { all, damaged };
    },
    outcomeOf(approved) {
      const told = newest && toldBy(newest);
      const { envelope, withdrawn, approvedAt } = approved;
      // Nothing was published in this run: what an earlier one left is known by its time alone.
      const isOut =
        told === undefined
          ? (withdrawn?.at ?? approvedAt) <= (publishedAt() ?? -Infinity)
          : (withdrawn === null ? told.shown : told.withdrawn).has(envelope);
      if (isOut) return 'out';
      return told?.damaged.has(envelope) === true && withdrawn === null ? 'damaged' : 'retrying';
    },
  };
}

interface Publication {
  readonly all: readonly Approved[];
  readonly damaged: ReadonlySet<Approved>;
}

/** Made when somebody asks: screens that wait for what is new do not. */
const toldBy = keptBy(({ all, damaged }: Publication): Told => {
  const envelopes = (isMeant: (each: Approved) => boolean): ReadonlySet<string> =>
    new Set(all.filter(isMeant).map(({ envelope }) => envelope));
  return {
    shown: envelopes((each) => each.withdrawn === null && !damaged.has(each)),
    damaged: envelopes((each) => damaged.has(each)),
    withdrawn: envelopes((each) => each.withdrawn !== null),
  };
});

/** Items by their envelopes, which are one for each approval. */
interface Told {
  readonly shown: ReadonlySet<string>;
  readonly damaged: ReadonlySet<string>;
  readonly withdrawn: ReadonlySet<string>;
}

/** The server's own envelope from its own store, so its signature is not checked again. */
function itemIn(envelope: string, record: string): Item {
  const parsed = parseEnvelope(envelope);
  const item = itemSchema.safeParse(parsed.ok ? payloadJson(parsed.value.payload) : undefined);
  if (!item.success) throw new Error(`broken assumption: items/${record} holds a signed item`);
  return item.data;
}
