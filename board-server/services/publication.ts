import type { ChunkCache } from '../../shared/domain/chunks.ts';
import type { Compiled, CompileInput } from '../../shared/domain/compile.ts';
import { compileRelease } from '../../shared/domain/compile.ts';
import type { DayNumber } from '../../shared/domain/civil.ts';
import { dayAt, formatDate, instantOf } from '../../shared/domain/civil.ts';
import { boardProfiles } from '../../shared/domain/profile.ts';
import { itemKey } from '../../shared/domain/programme.ts';
import type { HallCard, ReleasedHall } from '../../shared/domain/release.ts';
import { present } from '../../shared/kit/assert.ts';
import { keptBy } from '../../shared/kit/kept.ts';
import type { ChannelId, Sha256 } from '../../shared/kit/ids.ts';
import { id, isChannelId, isProfileId } from '../../shared/kit/ids.ts';
import { accepted } from '../../shared/kit/result.ts';
import type { PersonRef } from '../../shared/protocol/records.ts';
import type { Head } from '../../shared/protocol/statements.ts';
import { parseEnvelope } from '../../shared/trust/envelope.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Reply } from '../routes/handlers.ts';
import type { Store } from '../store/store.ts';
import { digest, sha256Of } from '../trust/digest.ts';
import type { Signer } from '../trust/signer.ts';
import type { Approved, ApprovedItems } from './approved-items.ts';
import { audited } from './audit.ts';
import { refusalOfCommit } from './commit-refusal.ts';
import { tablesAt } from './hall-calendar.ts';
import { keepObjects } from './keep-objects.ts';
import { nextEdge } from './next-edge.ts';
import type { Renderings } from './renderings.ts';
import type { ChannelDocument, Collections } from './stored.ts';
import { HALL } from './stored.ts';

/**
 * Takes what the store holds at `t` as the channel's next head: compile, keep the objects, sign, and
 * commit head and audit entries together. Nothing happens when what is out already says the same.
 */
export function createPublication(deps: PublicationDeps): Publication {
  const { collections, items, objects, renderings, signer } = deps;
  let cache: ChunkCache | undefined;
  let losses = 0;

  async function publish(
    input: CompileInput,
    causes: readonly Cause[],
  ): Promise<Reply<ChannelDocument>> {
    // An object that was lost since is made again, which the cache would spare.
    if (losses !== objects.losses()) cache = undefined;
    losses = objects.losses();
    const compiled = await compileRelease(input, digest, cache);
    if (!compiled.ok) {
      return { ok: false, refusal: 'not-public', detail: `record:${compiled.detail ?? ''}` };
    }
    const stored = await keepObjects(objects, compiled.value.objects);
    if (!stored.ok) return stored;
    cache = compiled.value.cache;
    const revoked = revokedVersions(items.list(), input.t);
    const before = collections.channels.get(CHANNEL)?.value;
    const isOfEpoch = before?.head.epoch === signer.epoch; // [BK6]
    if (before !== undefined && isOfEpoch && shows(before.head, compiled.value, revoked))
      return accepted(before);
    return takeHead(deps, compiled.value, revoked, causes);
  }

  return {
    current: () => collections.channels.get(CHANNEL)?.value,

    needsMending: () => renderings.needMending(items.list().filter(isPublic)),

    draft(t) {
      const all = items.list();
      const shown = all.filter(isPublic);
      const input = compileInput(collections, shown, t);
      return {
        edgeAt: Math.min(
          nextEdge(input, t),
          closingEndsAt(input),
          tablesAt(input.zone.name, t).untilAt,
        ),
        async publish(causes) {
          // [SY3] No screen could flip to a release with a rendering that is lost for good.
          const damaged = await renderings.mend(shown, t);
          const whole = damaged.size === 0 ? shown : shown.filter((each) => !damaged.has(each));
          const reply = await publish({ ...input, items: whole }, causes);
          if (reply.ok) items.told(all, damaged);
          return reply;
        },
      };
    },
  };
}

export interface Publication {
  current(): ChannelDocument | undefined;
  /** Whether a rendering was found damaged that may be made again. */
  needsMending(): boolean;
  /** What the store holds at `t`. */
  draft(t: number): Draft;
}

export interface Draft {
  /** The next moment at which time alone makes another release of it. */
  readonly edgeAt: number;
  publish(causes: readonly Cause[]): Promise<Reply<ChannelDocument>>;
}

/** Why something is published, for the audit log: `record.approve`, `slot.put`. */
export interface Cause {
  readonly by: PersonRef;
  readonly reason: string;
}

export interface PublicationDeps {
  readonly store: Store;
  readonly collections: Collections;
  readonly items: ApprovedItems;
  readonly objects: Pick<ObjectStore, 'put' | 'has' | 'losses'>;
  readonly signer: Pick<Signer, 'sign' | 'epoch'>;
  readonly renderings: Renderings;
}

/** The one public channel of a hall; county and township join it as channels of their own. */
export const CHANNEL: ChannelId = id(isChannelId, 'hall');

/** Boards that every release is compiled for, whichever the hall has now. */
export const PROFILES = Object.keys(boardProfiles).map((name) => id(isProfileId, name));

const isPublic = ({ withdrawn }: Approved): boolean => withdrawn === null;

function compileInput(
  collections: Collections,
  items: readonly Approved[],
  t: number,
): CompileInput {
  const hall = present(collections.halls.get(HALL), 'hall').value;
  const { zone, calendar } = tablesAt(hall.zone, t);
  return {
    channel: CHANNEL,
    hall: releasedHall(collections, hall.card, dayAt(zone, t)),
    zone,
    calendar,
    t,
    items,
    slots: collections.slots.list().map(({ value }) => value),
    profiles: PROFILES,
  };
}

/** [DY2] The hall as it is on this day: an early closing is of its own day and of no other. */
function releasedHall(
  { days }: Pick<Collections, 'days'>,
  card: HallCard,
  day: DayNumber,
): ReleasedHall {
  const closing = days.get(formatDate(day))?.value.closing ?? null;
  return closing === null ? card : { ...card, closing: { day, minute: closing.minute } };
}

/** The midnight after which a release says nothing of the early closing any more. */
function closingEndsAt({ hall: { closing }, zone }: CompileInput): number {
  return closing === undefined ? Infinity : instantOf(zone, closing.day + 1, 0);
}

/** [RL1] Whether a head already says all that a new one would. */
function shows(head: Head, { manifest }: Compiled, revoked: Head['revoked']): boolean {
  const said = new Set(head.revoked.map(({ record, version }) => itemKey(record, version)));
  return (
    head.release.digest === manifest.digest &&
    revoked.every(({ record, version }) => said.has(itemKey(record, version)))
  );
}

/** A screen that was off for longer gets the release without the item before it shows anything. */
const REVOKED_KEPT_MS = 30 * 86_400_000;
const REVOKED_MAX = 1000;

/** [SY7] What was withdrawn lately, for screens that hold an older release. */
export function revokedVersions(items: readonly Approved[], t: number): Head['revoked'] {
  return items
    .flatMap(({ item, revoked }) =>
      revoked.map(({ version, at }) => ({ record: item.record, version, at })),
    )
    .filter(({ at }) => t - at < REVOKED_KEPT_MS)
    .sort((a, b) => b.at - a.at)
    .slice(0, REVOKED_MAX)
    .map(({ record, version }) => ({ record, version }))
    .sort((a, b) => (itemKey(a.record, a.version) < itemKey(b.record, b.version) ? -1 : 1));
}

/** Signs the next head and makes it the channel's, with the audit entries of everyone who asked. */
async function takeHead(
  { store, collections, signer }: PublicationDeps,
  { manifest }: Compiled,
  revoked: Head['revoked'],
  causes: readonly Cause[],
): Promise<Reply<ChannelDocument>> {
  const before = collections.channels.get(CHANNEL);
  const version = (before?.value.head.version ?? 0) + 1;
  const signed = await signer.sign('head', (at) => ({
    v: 1,
    channel: CHANNEL,
    epoch: signer.epoch,
    version,
    release: manifest,
    revoked,
    activateAt: at, // [TR8] One server's screens flip as soon as they hold it.
  }));
  if (!signed.ok) return signed;
  const { payload, envelope } = signed.value;
  const document: ChannelDocument = {
    v: 1,
    head: payload,
    envelope,
    publishedAt: payload.activateAt,
  };
  const committed = await store.commit({
    puts: [collections.channels.put(CHANNEL, document)],
    ifVersions: [collections.channels.expect(CHANNEL, before?.revision ?? 0)],
    appends: causes.map(({ by, reason }) =>
      audited({
        by,
        action: 'channel.publish',
        subject: `channel:${CHANNEL}`,
        detail: `${version} ${reason}`,
      }),
    ),
  });
  return committed.ok ? accepted(document) : refusalOfCommit(committed);
}

/** SHA-256 of the head's payload bytes, which leases name. */
export const headDigest = keptBy(({ envelope }: ChannelDocument): Sha256 => {
  const parsed = parseEnvelope(envelope);
  if (!parsed.ok) throw new Error('broken assumption: the head’s own envelope');
  return sha256Of(parsed.value.payload);
});
