import type { Item } from '../domain/release.ts';
import type { ChannelId, ScreenId } from '../kit/ids.ts';
import type { Leased, Moved } from '../protocol/screen.ts';
import type { Problem } from '../protocol/statements.ts';
import type { HighWater } from './records.ts';
import { compareOrder } from '../trust/accept.ts';
import type { Accepted } from './accept.ts';
import { acceptState, STATE_BYTES_MAX } from './accept.ts';
import { coalesce } from './coalesce.ts';
import type { SyncPorts } from './ports.ts';
import type { Proofs } from './proofs.ts';
import { highWaterText, pointerText, writeTwice } from './records.ts';
import type { Statements, Trust } from './statements.ts';
import { keyOf } from './statements.ts';
import type { Timekeeper } from './timekeeper.ts';

/** [SY1] Keeps the accepted statements level with upstream; what they ask to be shown is `target`. */
export interface Asking {
  target(): Statements | undefined;
  /** Why the newest answer was refused, by channel. */
  problems(): ReadonlyMap<ChannelId, Problem>;
  isConnected(): boolean;
  connected(up: boolean): void;
  ask(): Promise<void>;
  moved(message: Moved): void;
  leased(message: Leased): Promise<void>;
  close(): void;
}

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

export function createAsking(own: AskingPorts): Asking {
  const { ports, trust, proofs, time, changed } = own;
  const [notebook] = ports.notebooks;
  let target = own.remembered;
  let problems: ReadonlyMap<ChannelId, Problem> = new Map();
  let isConnected = false;
  let writtenMarks = highWaterText(own.highWater());
  let writtenTarget = target === undefined ? '' : keyOf(target);
  let hint: { readonly at: number; readonly cancel: () => void } | undefined;

  const ask = coalesce(async () => {
    const answer = await ports.upstream.state(own.screen, STATE_BYTES_MAX);
    isConnected = answer.ok || answer.refusal !== 'unreachable';
    if (!answer.ok) {
      if (isConnected) refuseAll(answer.refusal === 'too-large' ? 'too-large' : 'bad-statement');
      changed();
      return;
    }
    const { marks } = own.highWater();
    const standing = { marks, target, newestLeaseAt: proofs.newestAt };
    const result = await acceptState(answer.value, standing, trust, time.known());
    if (result.ok) return take(result.value);
    refuseAll(result.refusal);
    changed();
  });

  /** [SY7] What is withdrawn is gone before anything is written or fetched. */
  async function take(accepted: Accepted): Promise<void> {
    target = accepted.target;
    problems = accepted.problems;
    if (target !== undefined) own.raiseHighWater({ root: target.base.root, marks: accepted.marks });
    const wasConfirmed = time.state() === 'confirmed';
    for (const proof of accepted.leases) {
      proofs.take(proof);
      time.confirm(proof.lease.lease.signedAt, own.items());
    }
    own.clockMoved();
    changed();
    const written = await Promise.all([writeMarks(), writeTarget()]);
    if (written.includes('full')) refuseAll('no-space');
    else own.accepted();
    await keepProofs();
    if (!wasConfirmed) await time.keep(own.items());
    changed();
  }

  async function writeMarks(): Promise<'stored' | 'full'> {
    const text = highWaterText(own.highWater());
    if (text === writtenMarks) return 'stored';
    const written = await writeTwice(ports.notebooks, 'marks', text);
    if (written === 'stored') writtenMarks = text;
    return written;
  }

  async function writeTarget(): Promise<'stored' | 'full'> {
    const key = target === undefined ? '' : keyOf(target);
    if (target === undefined || key === writtenTarget) return 'stored';
    const written = await notebook.write('accepted', pointerText(target));
    if (written === 'stored') writtenTarget = key;
    return written;
  }

  const keepProofs = (): Promise<void> =>
    proofs.keep([own.statementsShown(), target].flatMap((statements) => statements ?? []));

  function refuseAll(problem: Problem): void {
    const channels = target?.base.lineup.channels ?? [];
    problems = new Map(channels.map(({ channel }) => [channel, problem]));
  }

  function askWithin(spreadMs: number): void {
    const at = ports.clocks.monotonic() + ports.random() * spreadMs; // [SY8]
    if (hint !== undefined && hint.at <= at) return;
    hint?.cancel();
    const cancel = ports.timer(at, () => {
      hint = undefined;
      void ask();
    });
    hint = { at, cancel };
  }

  return {
    target: () => target,
    problems: () => problems,
    isConnected: () => isConnected,
    connected(up) {
      isConnected = up;
      changed();
      if (up) void ask();
    },
    ask,
    moved({ channel, spreadMs, ...order }) {
      const have = target?.heads.get(channel)?.head;
      if (have === undefined || compareOrder(order, have) > 0) askWithin(spreadMs);
    },
    async leased({ channel, lease }) {
      const head = target?.heads.get(channel);
      if (target === undefined || head === undefined) return askWithin(UNEXPECTED_SPREAD_MS);
      const taken = await proofs.offer(lease, head, target.base, time.known());
      if (taken === undefined) return askWithin(UNEXPECTED_SPREAD_MS);
      time.confirm(taken.lease.signedAt, own.items());
      own.clockMoved();
      changed();
      await keepProofs();
    },
    close: () => hint?.cancel(),
  };
}
