import { refused } from '../../shared/kit/result.ts';
import type { Moved } from '../../shared/protocol/screen.ts';
import type { AddedFor, Announcer } from '../live/announcer.ts';
import type { RefusedReply, Reply } from '../routes/handlers.ts';
import type { Alarm } from './alarm.ts';
import { SYSTEM } from './audit.ts';
import type { HeldLease, Leasing } from './leasing.ts';
import { LEASE_EVERY_MS } from './leasing.ts';
import type { LineupRenewal } from './lineup-renewal.ts';
import type { Deltas } from './deltas.ts';
import type { Cause, Publication } from './publication.ts';
import { headDigest } from './publication.ts';
import { createRuns } from './runs.ts';
import type { ChannelDocument } from './stored.ts';

/**
 * Turns what the store holds into what screens hold. Level-triggered like the screens: a publication
 * takes everything approved and scheduled by then, whoever asked for it. Heads and leases are made
 * in one queue, so that no lease of an older head can follow the newer one.
 */
export function createPublishing(deps: PublishingDeps): Publishing {
  const { publication, leasing, alarm, clock, log } = deps;
  let cancelEdge = nothingToCancel;
  let cancelTick = nothingToCancel;
  /** Before this moment what is out is not what the store holds; Infinity after a failure. */
  let goodFrom = -Infinity;

  async function publishNow(causes: readonly Cause[]): Promise<Reply<ChannelDocument>> {
    const t = clock();
    goodFrom = Infinity;
    const draft = publication.draft(t);
    cancelEdge();
    cancelEdge = alarm.at(draft.edgeAt, () => void ask(TIME));
    const reply = await draft.publish(causes);
    if (reply.ok) goodFrom = t; // [CK7] Unless the clock is set back behind it.
    return reply;
  }

  const { ask, settled } = createRuns(
    async (asked: readonly Asked[]): Promise<Reply<ChannelDocument>> => {
      try {
        const before = publication.current();
        const causes = asked.filter((each) => each !== 'lease');
        // Looked for only when nobody waits for the outcome: it means going through every item.
        const isOutdated = (): boolean => clock() < goodFrom || publication.needsMending();
        if (causes.length === 0 && isOutdated()) causes.push(TIME);
        const reply = causes.length > 0 ? await publishNow(causes) : refused('not-published');
        const after = publication.current();
        const isNew = after !== before;
        if (after !== undefined && (isNew || asked.includes('lease')))
          await prove(deps, after, before);
        if (causes.length > 0) say(deps, reply);
        return reply;
      } catch (error) {
        log('publishing failed', error);
        return refused('internal');
      }
    },
  );

  /** Every minute whatever is out gets fresh proof, and what could not be published is tried again. */
  function tick(): void {
    cancelTick = alarm.after(LEASE_EVERY_MS, tick);
    void ask('lease');
  }

  return {
    publish: ask,
    async start() {
      const outcome = await ask({ by: SYSTEM, reason: 'start' });
      tick();
      return outcome;
    },
    current: () => proven(publication.current(), leasing.current()),
    fresh: () => proveNow(deps),
    settled,
    async close() {
      cancelEdge();
      cancelTick();
      await settled();
    },
  };
}

export interface Publishing {
  /** Publishes what the store holds, and from then on keeps time and leases. */
  start(): Promise<Reply<ChannelDocument>>;
  publish(cause: Cause): Promise<Reply<ChannelDocument>>;
  current(): Proven | undefined;
  /** The same with a lease of this second, for a screen that asks. */
  fresh(): Promise<Proven | undefined>;
  /** Resolves when all that was asked for so far is out or refused. */
  settled(): Promise<void>;
  /** Ends time-keeping and waits for what is under way. */
  close(): Promise<void>;
}

export interface Proven {
  readonly document: ChannelDocument;
  readonly lease: string;
}

export interface PublishingDeps {
  readonly publication: Publication;
  readonly leasing: Leasing;
  readonly lineups: LineupRenewal;
  readonly deltas: Pick<Deltas, 'pushed'>;
  readonly announcer: Announcer;
  readonly alarm: Alarm;
  readonly clock: () => number;
  readonly log: (message: string, error?: unknown) => void;
}

/** What was asked for is kept, but screens could not be told; the next minute tries again. */
export function notOut({ refusal }: RefusedReply): RefusedReply {
  return { ok: false, refusal: 'not-out', detail: refusal };
}

type Asked = Cause | 'lease';

const nothingToCancel = (): void => undefined;

const TIME: Cause = { by: SYSTEM, reason: 'time' };

/** A head that takes back many versions is asked for: sockets carry little. */
const STATEMENTS_LENGTH_MAX = 4096;

function short(statements: Moved['statements'] | undefined): Moved['statements'] {
  if (statements === undefined || statements === null) return null;
  return statements.head.length + statements.lease.length <= STATEMENTS_LENGTH_MAX
    ? statements
    : null;
}

function proven(
  document: ChannelDocument | undefined,
  held: HeldLease | undefined,
): Proven | undefined {
  if (document === undefined || held === undefined) return undefined;
  return { document, lease: held.envelope };
}

async function proveNow(deps: PublishingDeps): Promise<Proven | undefined> {
  const { publication, leasing, clock } = deps;
  const document = publication.current();
  if (document === undefined) return undefined;
  const signed = await leasing.fresh(document.head, headDigest(document), clock());
  return proven(document, signed ?? leasing.current());
}

function say({ announcer, log }: PublishingDeps, reply: Reply<ChannelDocument>): void {
  // Records are now what screens were told, which those who look at lists want to see.
  if (reply.ok) announcer.changed({ topic: 'records', id: null });
  else log(`nothing was published: ${reply.refusal} ${reply.detail ?? ''}`);
}

/** A new head is told with its proof of this second; proof alone is told to everyone. */
async function prove(
  { leasing, lineups, announcer, clock, deltas }: PublishingDeps,
  document: ChannelDocument,
  before: ChannelDocument | undefined,
): Promise<void> {
  await lineups.renew();
  const isNew = document !== before;
  const { channel, epoch, version } = document.head;
  if (isNew) {
    const proof = await leasing.fresh(document.head, headDigest(document), clock());
    const statements = proof && { head: document.envelope, lease: proof.envelope };
    const [from, to] = [before?.head.release.digest, document.head.release.digest];
    const added: AddedFor = async (sections) =>
      from === undefined ? null : deltas.pushed({ from, to, sections });
    announcer.moved({ channel, epoch, version, statements: short(statements) }, added);
    announcer.changed({ topic: 'screens', id: null });
  }
  const held = await leasing.renew(document.head, headDigest(document));
  if (held !== undefined && !isNew) announcer.leased({ channel, lease: held.envelope });
}
