import type { ChannelId } from '../kit/ids.ts';
import { parseJson } from '../kit/json.ts';
import type { Result } from '../kit/result.ts';
import { accepted, refused } from '../kit/result.ts';
import type { Moved, ScreenState } from '../protocol/screen.ts';
import { screenState } from '../protocol/screen.ts';
import type { Problem } from '../protocol/report.ts';
import type { KnownTime, Mark } from '../trust/accept.ts';
import { acceptLease, acceptOrdered } from '../trust/accept.ts';
import { raise } from './records.ts';
import type {
  Base,
  SignedHead,
  SignedLease,
  StatementRefusal,
  Statements,
  Trust,
} from './statements.ts';
import { readBase, readHead, readLease } from './statements.ts';

/** What a screen has accepted so far. */
export interface Standing {
  readonly marks: Readonly<Record<string, Mark>>;
  readonly target: Statements | undefined;
  readonly newestLeaseAt: ReadonlyMap<ChannelId, number>;
}

export interface Accepted {
  readonly marks: Readonly<Record<string, Mark>>;
  /** What to show, from now on or, where a channel was refused, from what was accepted before. */
  readonly target: Statements | undefined;
  readonly leases: readonly Proof[];
  readonly problems: ReadonlyMap<ChannelId, Problem>;
}

export interface Proof {
  readonly head: SignedHead;
  readonly lease: SignedLease;
}

/** Larger answers are cut off by the upstream port. */
export const STATE_BYTES_MAX = 1024 * 1024;
/** [TR8] */
const ACTIVATION_AHEAD_MS = 60_000;

/**
 * Decides on the answer to `screenState`. A refusal concerns all of it; a channel's own problem
 * leaves that channel as it was and does not hold up the others.
 */
export async function acceptState(
  text: string,
  standing: Standing,
  trust: Trust,
  time: KnownTime,
): Promise<Result<Accepted, Problem>> {
  const state = screenState.safeParse(parseJson(text)).data;
  if (state === undefined) return refused('bad-statement');
  const read = await readBase(state, trust, standing.target?.base);
  if (!read.ok) return refused(problemOf(read.refusal), read.refusal);
  const base = read.value;
  const order = baseOrder(standing.marks, base);
  if (!order.ok) return order;
  const heads = new Map<ChannelId, SignedHead>();
  const leases: Proof[] = [];
  const problems = new Map<ChannelId, Problem>();
  let marks = raise(standing.marks, { roles: base.rolesMark, lineup: base.lineupMark });
  let kept = true;
  for (const { channel } of base.lineup.channels) {
    const offer = await acceptChannel(state.channels, channel, base, standing, trust, time);
    if (!offer.ok) problems.set(channel, offer.refusal);
    const head = offer.ok ? offer.value.head : heldHead(standing, base, channel);
    if (head !== undefined) heads.set(channel, head);
    // Under other roles the head held before may no longer count: then nothing moves on yet.
    else if (standing.target?.heads.has(channel) === true) kept = false;
    if (!offer.ok) continue;
    marks = raise(marks, { [`head/${channel}`]: offer.value.head.mark });
    if (offer.value.lease !== undefined)
      leases.push({ head: offer.value.head, lease: offer.value.lease });
  }
  const target = kept && heads.size > 0 ? { base, heads } : standing.target;
  return accepted({ marks, target, leases, problems });
}

/**
 * Decides on statements that came with a hint: by the rules of an answer, for one channel. Undefined
 * says nothing against them; the screen asks.
 */
export async function acceptPushed(
  { channel, statements }: Moved,
  standing: Standing,
  trust: Trust,
  time: KnownTime,
): Promise<Accepted | undefined> {
  const { target, marks } = standing;
  if (statements === null || target?.heads.has(channel) !== true) return undefined;
  const { base, heads } = target;
  if (!baseOrder(marks, base).ok) return undefined;
  const offered = { channel, ...statements };
  const offer = await acceptChannel([offered], channel, base, standing, trust, time);
  if (!offer.ok) return undefined;
  const { head, lease } = offer.value;
  return {
    marks: raise(marks, { [`head/${channel}`]: head.mark }),
    target: { base, heads: new Map([...heads, [channel, head]]) },
    leases: lease === undefined ? [] : [{ head, lease }],
    problems: new Map(),
  };
}

function baseOrder(marks: Standing['marks'], base: Base): Result<'sound', Problem> {
  const roles = acceptOrdered(marks['roles'], base.rolesMark);
  if (!roles.ok) return refused(roles.refusal);
  const lineup = acceptOrdered(marks['lineup'], base.lineupMark);
  return lineup.ok ? accepted('sound') : refused(lineup.refusal);
}

function heldHead({ target }: Standing, base: Base, channel: ChannelId): SignedHead | undefined {
  return target?.base.rolesMark.digest === base.rolesMark.digest
    ? target.heads.get(channel)
    : undefined;
}

interface Offer {
  readonly head: SignedHead;
  /** Undefined when a newer one is known already. */
  readonly lease: SignedLease | undefined;
}

async function acceptChannel(
  channels: ScreenState['channels'],
  channel: ChannelId,
  base: Base,
  standing: Standing,
  trust: Trust,
  time: KnownTime,
): Promise<Result<Offer, Problem>> {
  const offered = channels.find((entry) => entry.channel === channel);
  if (offered === undefined) return refused('bad-statement');
  const held = heldHead(standing, base, channel);
  const read =
    held?.text === offered.head
      ? accepted(held)
      : await readHead(offered.head, channel, base, trust);
  if (!read.ok) return refused(problemOf(read.refusal));
  const head = read.value;
  const order = acceptOrdered(standing.marks[`head/${channel}`], head.mark);
  if (!order.ok) return refused(order.refusal);
  const lease = await readLease(offered.lease, head, base, trust);
  if (!lease.ok) return refused(problemOf(lease.refusal));
  // [TR6] A head is taken only with proof that it is still the one to show.
  const newest = standing.newestLeaseAt.get(channel) ?? -Infinity;
  const fresh = acceptLease(newest, head.mark.digest, lease.value.lease, time);
  if (!fresh.ok) {
    const late = fresh.refusal === 'older' && order.value === 'same';
    if (late) return accepted({ head, lease: undefined });
    return refused(fresh.refusal === 'older' ? 'rollback' : 'bad-statement');
  }
  const activates = head.head.activateAt - lease.value.lease.signedAt;
  if (activates > ACTIVATION_AHEAD_MS) return refused('bad-statement');
  return accepted({ head, lease: lease.value });
}

export function problemOf(refusal: StatementRefusal): Problem {
  const same = refusal === 'unsigned' || refusal === 'not-public' || refusal === 'too-large';
  return same ? refusal : 'bad-statement';
}
