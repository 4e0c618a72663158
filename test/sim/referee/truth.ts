import type { ChannelDocument } from '../../../board-server/services/stored.ts';
import type { SlotClass, SlotWindow } from '../../../shared/domain/programme.ts';
import { itemKey } from '../../../shared/domain/programme.ts';
import type { Item, ObjectRef, Release } from '../../../shared/domain/release.ts';
import { present } from '../../../shared/kit/assert.ts';
import type { Ordered } from '../../../shared/trust/accept.ts';
import type { HallObjects } from '../hall/objects.ts';
import { orderOf } from './order.ts';

/**
 * What the hall really said, read from its own objects by code that shares nothing with screens:
 * every head that went out, what its release holds, and the newest proof signed for it.
 */
export interface Truth {
  /** A head went out. The first of its order counts; another of the same order is a contradiction. */
  learn(document: ChannelDocument): { readonly out: Out; readonly isNew: boolean };
  /** A lease went out. */
  learnLease(envelope: string): Lease;
  /** What a lease says, whoever made it. */
  read(envelope: string): Lease;
  of(order: Ordered): Out | undefined;
  newest(): Out | undefined;
}

export interface Out extends Ordered {
  readonly text: string;
  readonly release: string;
  /** By `record/version`. */
  readonly items: ReadonlyMap<string, Item>;
  readonly revoked: ReadonlySet<string>;
  readonly manifest: Release;
  /** Instant of the newest lease signed for it. */
  provenAt: number;
  /** Everything a screen that takes these sections needs. */
  objects(sections: readonly string[]): readonly ObjectRef[];
  /** Slots of a board by their id. */
  slots(profile: string): ReadonlyMap<string, Placed>;
}

export interface Placed {
  readonly key: string;
  readonly item: Item;
  readonly class: SlotClass;
  readonly window: SlotWindow;
}

export interface Lease extends Ordered {
  readonly signedAt: number;
}

const LEASES_KEPT = 4000;

export function createTruth(objects: HallObjects): Truth {
  const outs = new Map<number, Out>();
  const items = new Map<string, Item>();
  const leases = new Map<string, Lease>();
  let newest: Out | undefined;

  const itemOf = (envelope: string): Item => {
    const item = items.get(envelope) ?? (payloadOf(envelope) as Item);
    items.set(envelope, item);
    return item;
  };

  function leaseIn(envelope: string): Lease {
    const known = leases.get(envelope);
    if (known !== undefined) return known;
    if (leases.size > LEASES_KEPT) leases.clear();
    const lease = payloadOf(envelope) as Lease;
    leases.set(envelope, lease);
    return lease;
  }

  return {
    learn({ head, envelope }) {
      const name = orderOf(head);
      const known = outs.get(name);
      if (known !== undefined) return { out: known, isNew: false };
      const out = outOf(head, envelope, createReader(objects, itemOf));
      outs.set(name, out);
      newest = out;
      return { out, isNew: true };
    },
    learnLease(envelope) {
      const lease = leaseIn(envelope);
      const out = outs.get(orderOf(lease));
      if (out !== undefined) out.provenAt = Math.max(out.provenAt, lease.signedAt);
      return lease;
    },
    read: leaseIn,
    of: (order) => outs.get(orderOf(order)),
    newest: () => newest,
  };
}

function outOf(head: ChannelDocument['head'], text: string, reader: Reader): Out {
  const manifest = reader.json(head.release.digest) as Release;
  const names = Object.keys(manifest.sections);
  const entries = names.flatMap((name) => reader.section(manifest, name).entries);
  const items = entries.flatMap(({ item }) => (item === undefined ? [] : [item]));
  const needed = new Map<string, readonly ObjectRef[]>();
  const slots = new Map<string, ReadonlyMap<string, Placed>>();
  const objectsOf = (name: string): readonly ObjectRef[] => {
    const { read, entries } = reader.section(manifest, name);
    const [kind, profile = ''] = name.split('/');
    const leaves = entries.flatMap(({ item }) => {
      if (item === undefined) return [];
      if (kind === 'touch') return [item.view];
      return Object.entries(item.boards).flatMap(([id, board]) =>
        id === profile ? [board.pages] : [],
      );
    });
    return [head.release, ...read, ...leaves];
  };
  return {
    epoch: head.epoch,
    version: head.version,
    text,
    release: head.release.digest,
    manifest,
    items: new Map(items.map((item) => [itemKey(item.record, item.version), item])),
    revoked: new Set(head.revoked.map(({ record, version }) => itemKey(record, version))),
    provenAt: -Infinity,
    objects(sections) {
      const name = sections.join(' ');
      const known = needed.get(name) ?? sections.flatMap(objectsOf);
      needed.set(name, known);
      return known;
    },
    slots(profile) {
      const placed =
        slots.get(profile) ??
        new Map(reader.section(manifest, `board/${profile}`).entries.map(placedOf));
      slots.set(profile, placed);
      return placed;
    },
  };
}

interface Entry {
  readonly key: string;
  readonly item: Item | undefined;
  readonly class?: SlotClass;
  readonly window?: SlotWindow;
}

function placedOf(entry: Entry): readonly [string, Placed] {
  const item = present(entry.item, 'item of a slot');
  return [
    entry.key,
    {
      key: itemKey(item.record, item.version),
      item,
      class: present(entry.class, 'class of a slot'),
      window: present(entry.window, 'window of a slot'),
    },
  ];
}

interface Reader {
  json(digest: string): unknown;
  section(
    manifest: Release,
    name: string,
  ): { readonly entries: readonly Entry[]; readonly read: readonly ObjectRef[] };
}

type Chunk =
  | { readonly chunks: readonly ObjectRef[] }
  | { readonly entries: readonly (Omit<Entry, 'item'> & { readonly item?: string })[] };

function createReader(objects: HallObjects, itemOf: (envelope: string) => Item): Reader {
  const json = (digest: string): unknown =>
    JSON.parse(present(objects.look(digest), `object ${digest}`).toString('utf8'));
  const walk = (refs: readonly ObjectRef[], read: ObjectRef[]): Entry[] =>
    refs.flatMap((ref) => {
      read.push(ref);
      const chunk = json(ref.digest) as Chunk;
      if ('chunks' in chunk) return walk(chunk.chunks, read);
      return chunk.entries.map(({ item, ...entry }) => ({
        ...entry,
        item: item === undefined ? undefined : itemOf(item),
      }));
    });
  return {
    json,
    section(manifest, name) {
      const read: ObjectRef[] = [];
      return { entries: walk(manifest.sections[name] ?? [], read), read };
    },
  };
}

/** What an envelope says, believed: it comes from the hall itself. */
export function payloadOf(envelope: string): unknown {
  const { payload } = JSON.parse(envelope) as { readonly payload: string };
  return JSON.parse(Buffer.from(payload, 'base64').toString('utf8'));
}
