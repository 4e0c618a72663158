import * as z from 'zod/mini';
import type { Slot } from '../../shared/domain/programme.ts';
import { hallCard, searchEntry, slotClass, slotWindow } from '../../shared/protocol/objects.ts';
import { personRef, recordBody, standing } from '../../shared/protocol/records.ts';
import {
  count,
  date,
  envelope,
  instant,
  keyId,
  profileId,
  publicKey,
  recordId,
  slotId,
  text,
} from '../../shared/protocol/scalars.ts';
import { report } from '../../shared/protocol/report.ts';
import { device, head, lease } from '../../shared/protocol/statements.ts';
import type { Store } from '../store/store.ts';
import type { Collection } from './collection.ts';
import { createCollection } from './collection.ts';

/** Documents as they lie in the store; each carries its own `v`, and migrations raise it. */

const v = z.literal(1);
const minuteOfDay = z.int().check(z.gte(0), z.lte(1440));

const hallDocument = z.strictObject({
  v,
  card: hallCard,
  departments: z.array(text(60)),
  /** IANA name of the zone in which civil times are read. */
  zone: text(60),
});
export type HallDocument = z.infer<typeof hallDocument>;

/** The one document of its collection. */
export const HALL = 'hall';

const recordDocument = z.strictObject({
  v,
  body: recordBody,
  standing,
  authors: z.array(personRef),
  /** The version that is being written, or was approved last. */
  version: count,
  /** The hall's first day of showing it; null before its first approval. */
  publishedOn: z.nullable(date),
  changedAt: instant,
  changedBy: personRef,
});
export type RecordDocument = z.infer<typeof recordDocument>;

const itemDocument = z.strictObject({
  v,
  /** The item as it was signed at approval. */
  envelope,
  version: count,
  search: z.nullable(searchEntry),
  approvedAt: instant,
  withdrawn: z.nullable(z.strictObject({ at: instant, by: personRef, reason: text(400) })),
  /** Versions ever withdrawn, this one and earlier ones: heads name them for a while. */
  revoked: z.array(z.strictObject({ version: count, at: instant })),
});
export type ItemDocument = z.infer<typeof itemDocument>;

const slotDocument: z.ZodMiniType<Slot & { readonly v: 1 }> = z.strictObject({
  v,
  id: slotId,
  record: recordId,
  class: slotClass,
  window: slotWindow,
  phaseAt: instant,
  order: z.int(),
  turnSeconds: z.record(profileId, count),
});
export type SlotDocument = z.infer<typeof slotDocument>;

const programmeDocument = z.strictObject({ v, changedAt: instant, changedBy: personRef });

const channelDocument = z.strictObject({ v, head, envelope, publishedAt: instant });
export type ChannelDocument = z.infer<typeof channelDocument>;

const leaseDocument = z.strictObject({ v, lease, envelope });

const screenDocument = z.strictObject({
  v,
  name: text(60),
  device,
  lineup: z.strictObject({ epoch: count, version: count, envelope }),
  key: z.nullable(z.strictObject({ fingerprint: keyId, publicKey, at: instant })),
});
export type ScreenDocument = z.infer<typeof screenDocument>;

const reportDocument = z.strictObject({
  v,
  fingerprint: keyId,
  report,
  receivedAt: instant,
  via: z.optional(z.literal('stick')),
});

const received = {
  fingerprint: keyId,
  receivedAt: instant,
  /** Absent when the screen sent it itself. */
  via: z.optional(z.literal('stick')),
};
const storedReport = z.union([
  /** [TK3] What a report's envelope comes to, base64: the bytes that were signed, and the signature. */
  z.strictObject({ ...received, payload: envelope, signature: text(200) }),
  /** Of an earlier version, which looked at the signature and did not keep it. */
  z.strictObject({ ...received, report }),
]);
export type StoredReport = z.infer<typeof storedReport>;

/** The newest reports of some of the screens, by screen id. */
const reportShardDocument = z.strictObject({
  v: z.literal(2),
  reports: z.record(z.string(), storedReport),
});

const signerDocument = z.strictObject({ v, lastSignedAt: instant });

const dayDocument = z.strictObject({
  v,
  /** The windows closed early: from `minute` after midnight on. */
  closing: z.nullable(
    z.strictObject({ minute: minuteOfDay, at: instant, by: personRef, reason: text(200) }),
  ),
  /** 值班人员: named to the console only. */
  duty: z.nullable(z.strictObject({ name: text(40), at: instant, by: personRef })),
});
export type DayDocument = z.infer<typeof dayDocument>;

const glass = z.discriminatedUnion('known', [
  z.strictObject({ known: z.literal('nothing') }),
  z.strictObject({ known: z.literal('played') }),
  z.strictObject({ known: z.literal('restarted'), paintedAt: z.nullable(instant) }),
]);
const span = { since: instant, until: z.nullable(instant) };
const outageDocument = z.strictObject({
  v,
  outages: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('silent'), ...span, glass }),
      z.strictObject({ kind: z.literal('behind'), ...span, newsSince: instant }),
    ]),
  ),
});

const downtimeDocument = z.strictObject({
  v,
  /** When the server was last known to live. */
  aliveAt: instant,
  downs: z.array(z.strictObject({ since: instant, until: instant })),
});

/** Every collection of the hall's documents by name. */
export function openCollections(store: Pick<Store, 'get' | 'list'>): Collections {
  return {
    halls: createCollection(store, 'hall', hallDocument),
    records: createCollection(store, 'records', recordDocument),
    items: createCollection(store, 'items', itemDocument),
    slots: createCollection(store, 'slots', slotDocument),
    programmes: createCollection(store, 'programme', programmeDocument),
    channels: createCollection(store, 'channels', channelDocument),
    leases: createCollection(store, 'leases', leaseDocument),
    screens: createCollection(store, 'screens', screenDocument),
    reports: createCollection(store, 'reports', reportDocument),
    reportShards: createCollection(store, 'report-shards', reportShardDocument),
    signer: createCollection(store, 'signer', signerDocument),
    days: createCollection(store, 'days', dayDocument),
    outages: createCollection(store, 'outages', outageDocument),
    downtimes: createCollection(store, 'downtimes', downtimeDocument),
  };
}

export interface Collections {
  readonly halls: Collection<HallDocument>;
  readonly records: Collection<RecordDocument>;
  /** By record id: the version that was approved last. */
  readonly items: Collection<ItemDocument>;
  readonly slots: Collection<SlotDocument>;
  /** Counts the changes of the slots by its own revision. */
  readonly programmes: Collection<z.infer<typeof programmeDocument>>;
  readonly channels: Collection<ChannelDocument>;
  readonly leases: Collection<z.infer<typeof leaseDocument>>;
  readonly screens: Collection<ScreenDocument>;
  /** By screen id: its newest report, as earlier versions kept them. */
  readonly reports: Collection<z.infer<typeof reportDocument>>;
  readonly reportShards: Collection<z.infer<typeof reportShardDocument>>;
  readonly signer: Collection<z.infer<typeof signerDocument>>;
  /** By date `YYYY-MM-DD`: what is true of that day alone. */
  readonly days: Collection<DayDocument>;
  /** By screen id, once it was heard: when it was not. */
  readonly outages: Collection<z.infer<typeof outageDocument>>;
  readonly downtimes: Collection<z.infer<typeof downtimeDocument>>;
}
