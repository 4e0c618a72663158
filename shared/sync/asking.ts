import type { Item } from '../domain/release.ts';
import type { ChannelId, ScreenId } from '../kit/ids.ts';
import type { Leased, Moved } from '../protocol/screen.ts';
import type { Problem } from '../protocol/statements.ts';
import type { HighWater } from './records.ts';
import { compareOrder } from '../trust/accept.ts';
import type { Accepted, Proof, Standing } from './accept.ts';
import { acceptState, STATE_BYTES_MAX } from './accept.ts';
import { coalesce } from './coalesce.ts';
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
  readonly ask: () => Promise<void>;
  readonly #own: AskingPorts;
  #target: Statements | undefined;
  #problems: ReadonlyMap<ChannelId, Problem> = new Map();
  #isConnected = false;
  #writtenMarks: string;
  #writtenTarget: string;
  #instead: (() => Promise<void>) | undefined;
  #hint: { readonly at: number; readonly cancel: () => void } | undefined;

  constructor(own: AskingPorts) {
    this.#own = own;
    this.#target = own.remembered;
    // [TR5] With the first answer a home that lost them has them back, before the other is lost too.
    this.#writtenMarks = '';
    this.#writtenTarget = own.remembered === undefined ? '' : keyOf(own.remembered);
    this.ask = coalesce(() => {
      const work = this.#instead ?? (() => this.#askOnce());
      this.#instead = undefined;
      return work();
    });
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

  moved({ channel, spreadMs, ...order }: Moved): void {
    const have = this.#target?.heads.get(channel)?.head;
    if (have === undefined || compareOrder(order, have) > 0) this.#askWithin(spreadMs);
  }

  async leased({ channel, lease }: Leased): Promise<void> {
    const { proofs, time } = this.#own;
    const target = this.#target;
    const head = target?.heads.get(channel);
    const taken =
      target === undefined || head === undefined
        ? undefined
        : await proofs.offer(lease, head, target.base, time.known());
    if (taken === undefined) return this.#askWithin(UNEXPECTED_SPREAD_MS);
    this.#confirm(taken);
    this.#own.clockMoved();
    this.#own.changed();
    await this.#keepProofs();
  }

  /** Does something else in the place of the next question; nothing is accepted meanwhile. */
  insteadOfAsking(work: () => Promise<void>): Promise<void> {
    this.#instead = work;
    return this.ask();
  }

  standing(): Standing {
    const { marks } = this.#own.highWater();
    return { marks, target: this.#target, newestLeaseAt: this.#own.proofs.newestAt };
  }

  close(): void {
    this.#hint?.cancel();
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
    const written = await this.#own.ports.notebooks[0].write('accepted', pointerText(target));
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

  #askWithin(spreadMs: number): void {
    const { clocks, random, timer } = this.#own.ports;
    const at = clocks.monotonic() + random() * spreadMs; // [SY8]
    if (this.#hint !== undefined && this.#hint.at <= at) return;
    this.#hint?.cancel();
    const cancel = timer(at, () => {
      this.#hint = undefined;
      void this.ask();
    });
    this.#hint = { at, cancel };
  }
}
