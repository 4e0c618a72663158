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
}

export interface Approved extends ApprovedItem {
  readonly approvedAt: number;
  readonly withdrawn: ItemDocument['withdrawn'];
  readonly revoked: ItemDocument['revoked'];
}

export function createApprovedItems(items: Collection<ItemDocument>): ApprovedItems {
  const opened = new WeakMap<Kept<ItemDocument>, Approved>();
  const open = (kept: Kept<ItemDocument>): Approved => {
    const known = opened.get(kept);
    if (known !== undefined) return known;
    const { envelope, search, ...rest } = kept.value;
    const approved = { ...rest, envelope, search, item: itemIn(envelope, kept.id) };
    opened.set(kept, approved);
    return approved;
  };
  return {
    get(record) {
      const kept = items.get(record);
      return kept === undefined ? undefined : open(kept);
    },
    list: () => items.list().map(open),
  };
}

/** The server's own envelope from its own store, so its signature is not checked again. */
function itemIn(envelope: string, record: string): Item {
  const parsed = parseEnvelope(envelope);
  const item = itemSchema.safeParse(parsed.ok ? payloadJson(parsed.value.payload) : undefined);
  if (!item.success) throw new Error(`broken assumption: items/${record} holds a signed item`);
  return item.data;
}
