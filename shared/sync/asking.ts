import type { Item } from '../domain/release.ts';
import type { ChannelId, ScreenId } from '../kit/ids.ts';
import type { Leased, Moved } from '../protocol/screen.ts';
import type { Problem } from '../protocol/report.ts';
import type { HighWater } from './records.ts';
import { compareOrder } from '../trust/accept.ts';
import type { Accepted, Proof, Standing } from './accept.ts';
import { acceptPushed, acceptState, STATE_BYTES_MAX } from './accept.ts';
import { coalesce } from './coalesce.ts';
import type { Library } from './library.ts';
import type { SyncPorts } from './ports.ts';
import type { Proofs } from './proofs.ts';
import { highWaterText, pointerText, writeTwice } from './records.ts';
import type { SignedLease, Statements, Trust } from './statements.ts';
import { keyOf } from './statements.ts';
import type { Timekeeper } from './timekeeper.ts';

export interface AskingPorts {
  readonly screen: ScreenId;
  readonly ports: SyncPorts;
  readonly trust: Trust;
  readonly proofs: Proofs;
  readonly time: Timekeeper;
  readonly library: Pick<Library, 'offer'>;
  /** What was accepted before this page began. */
  readonly remembered: Statements | undefined;
  readonly highWater: () => HighWater;
  readonly raiseHighWater: (value: HighWater) => void;
  /** What the screen shows now. */
  readonly items: () => Iterable<Item>;
  readonly statementsShown: () => Statements | undefined;
  readonly changed: () => void;
  /** Statements were accepted and written: there may be something to show. */
  readonly accepted: () => void;
  readonly clockMoved: () => void;
}

/** When a lease names a head not yet heard of, its hint may be lost or on its way. */
const UNEXPECTED_SPREAD_MS = 2000;

/** [SY1] Keeps the accepted statements level with upstream; what they ask to be shown is `target`. */
export class Asking {
  readonly #own: AskingPorts;
  readonly #work: () => Promise<void>;
  #target: Statements | undefined;
  #problems: ReadonlyMap<ChannelId, Problem> = new Map();
  #isConnected = false;
  #writtenMarks: string;
  #writtenTarget: string;
  #instead: (() => Promise<void>) | undefined;
  #hint: Hint | undefined;
  /** What the next work has to do: ask, or see whether a hint brought all that is needed. */
  #due: Hint['due'] | undefined;

  constructor(own: AskingPorts) {
    this.#own = own;
    this.#target = own.remembered;
    // [TR5] With the first answer a home that lost them has them back, before the other is lost too.
    this.#writtenMarks = '';
    this.#writtenTarget = own.remembered === undefined ? '' : keyOf(own.remembered);
    this.#work = coalesce(() => this.#catchUp());
  }

  ask(): Promise<void> {
    this.#due = 'ask';
    return this.#work();
  }

  get target(): Statements | undefined {
    return this.#target;
  }

  /** Why the newest answer was refused, by channel. */
  get problems(): ReadonlyMap<ChannelId, Problem> {
    return this.#problems;
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  connected(up: boolean): void {
    this.#isConnected = up;
    this.#own.changed();
    if (up) void this.ask();
  }

  moved(message: Moved): void {
    const have = this.#target?.heads.get(message.channel)?.head;
    if (have === undefined || compareOrder(message, have) > 0)
      this.#followWithin(message.spreadMs, message);
  }

  async leased({ channel, lease }: Leased): Promise<void> {
    const { proofs, time } = this.#own;
    const target = this.#target;
    const head = target?.heads.get(channel);
    const taken =
      target === undefined || head === undefined
        ? undefined
        : await proofs.offer(lease, head, target.base, time.known());
    if (taken === undefined) return this.#followWithin(UNEXPECTED_SPREAD_MS, 'ask');
    this.#confirm(taken);
    this.#own.clockMoved();
    this.#own.changed();
    await this.#keepProofs();
  }

  /** Does something else before the next question; nothing is accepted meanwhile. */
  insteadOfAsking(work: () => Promise<void>): Promise<void> {
    this.#instead = work;
    return this.#work();
  }

  standing(): Standing {
    const { marks } = this.#own.highWater();
    return { marks, target: this.#target, newestLeaseAt: this.#own.proofs.newestAt };
  }

  close(): void {
    this.#hint?.cancel();
  }

  async #catchUp(): Promise<void> {
    const instead = this.#instead;
    this.#instead = undefined;
    await instead?.();
    const due = this.#due;
    this.#due = undefined;
    if (due === undefined) return;
    const pushed = due === 'ask' ? undefined : await this.#acceptPushed(due);
    await (pushed === undefined ? this.#askOnce() : this.take(pushed));
  }

  async #acceptPushed(message: Moved): Promise<Accepted | undefined> {
    const { trust, time, library } = this.#own;
    const accepted = await acceptPushed(message, this.standing(), trust, time.known());
    if (accepted === undefined) return undefined;
    const { channel, added } = message;
    const to = accepted.target?.heads.get(channel)?.head.release.digest;
    if (added !== null && to !== undefined) library.offer({ ...added, to });
    const others = [...this.#problems].filter(([other]) => other !== channel);
    return { ...accepted, problems: new Map(others) };
  }

  async #askOnce(): Promise<void> {
    const { ports, trust, time, changed } = this.#own;
    const answer = await ports.upstream.state(this.#own.screen, STATE_BYTES_MAX);
    this.#isConnected = answer.ok || answer.refusal !== 'unreachable';
    if (!answer.ok) {
      if (this.#isConnected)
        this.#refuseAll(answer.refusal === 'too-large' ? 'too-large' : 'bad-statement');
      return changed();
    }
    const result = await acceptState(answer.value, this.standing(), trust, time.known());
    if (result.ok) return this.take(result.value);
    this.#refuseAll(result.refusal);
    changed();
  }

  /**
   * [SY7] What is withdrawn is gone before anything is written or fetched. `learn` says what each
   * proof means for the time: that it is this moment, unless it came another way.
   */
  async take(
    accepted: Accepted,
    learn: (proof: Proof) => void = ({ lease }) => this.#confirm(lease),
  ): Promise<void> {
    const { proofs, time, items, changed } = this.#own;
    const target = accepted.target;
    this.#target = target;
    this.#problems = accepted.problems;
    if (target !== undefined)
      this.#own.raiseHighWater({ root: target.base.root, marks: accepted.marks });
    const wasConfirmed = time.state() === 'confirmed';
    for (const proof of accepted.leases) {
      learn(proof);
      proofs.take(proof);
    }
    this.#own.clockMoved();
    changed();
    const written = await Promise.all([this.#writeMarks(), this.#writeTarget()]);
    if (written.includes('full')) this.#refuseAll('no-space');
    else this.#own.accepted();
    await this.#keepProofs();
    if (!wasConfirmed) await time.keep(items());
    changed();
  }

  #confirm({ lease }: SignedLease): void {
    this.#own.time.confirm(lease.signedAt, this.#own.items());
  }

  async #writeMarks(): Promise<'stored' | 'full'> {
    const text = highWaterText(this.#own.highWater());
    if (text === this.#writtenMarks) return 'stored';
    const written = await writeTwice(this.#own.ports.notebooks, 'marks', text);
    if (written === 'stored') this.#writtenMarks = text;
    return written;
  }

  async #writeTarget(): Promise<'stored' | 'full'> {
    const target = this.#target;
    const key = target === undefined ? '' : keyOf(target);
    if (target === undefined || key === this.#writtenTarget) return 'stored';
    // [SY7] In both homes: what it withdraws is known from it alone until its release has arrived.
    const written = await writeTwice(this.#own.ports.notebooks, 'accepted', pointerText(target));
    if (written === 'stored') this.#writtenTarget = key;
    return written;
  }

  #keepProofs(): Promise<void> {
    const inUse = [this.#own.statementsShown(), this.#target];
    return this.#own.proofs.keep(inUse.flatMap((statements) => statements ?? []));
  }

  #refuseAll(problem: Problem): void {
    const channels = this.#target?.base.lineup.channels ?? [];
    this.#problems = new Map(channels.map(({ channel }) => [channel, problem]));
  }

  /** [SY8] Earliest of what was drawn, newest of what was brought. */
  #followWithin(spreadMs: number, due: Hint['due']): void {
    const { clocks, random, timer } = this.#own.ports;
    const drawn = clocks.monotonic() + random() * spreadMs;
    const before = this.#hint;
    const at = Math.min(drawn, before?.at ?? Infinity);
    before?.cancel();
    const cancel = timer(at, () => {
      this.#due = this.#due === 'ask' ? 'ask' : this.#hint?.due;
      this.#hint = undefined;
      void this.#work();
    });
    this.#hint = { at, cancel, due: newerOf(before?.due, due) };
  }
}

interface Hint {
  /** By the monotonic clock. */
  readonly at: number;
  readonly cancel: () => void;
  readonly due: 'ask' | Moved;
}

/** Hints of two channels are both followed by asking. */
function newerOf(a: Hint['due'] | undefined, b: Hint['due']): Hint['due'] {
  if (a === undefined) return b;
  if (a === 'ask' || b === 'ask' || a.channel !== b.channel) return 'ask';
  return compareOrder(a, b) > 0 ? a : b;
}
