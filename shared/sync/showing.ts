import type { ObjectRef } from '../domain/release.ts';
import type { ChannelId, Sha256 } from '../kit/ids.ts';
import type { Problem } from '../protocol/statements.ts';
import { coalesce } from './coalesce.ts';
import type { Built, Contents } from './contents.ts';
import { itemsOf, nextEnd } from './contents.ts';
import type { Generations } from './generations.ts';
import type { Library } from './library.ts';
import type { Clocks, Timer } from './ports.ts';
import type { Statements } from './statements.ts';
import { keyOf } from './statements.ts';
import type { Timekeeper } from './timekeeper.ts';

/** Brings what the screen shows to its target: fetches, verifies, flips, settles and mends. */
export interface Showing {
  shown(): Built | undefined;
  /** Why the target is not shown yet, by channel. */
  problems(): ReadonlyMap<ChannelId, Problem>;
  /** Does what can be done now; ends when it is done. */
  work(): Promise<void>;
  /** The clock was put right: what is to happen at an instant is planned anew. */
  replan(): void;
  painted(): void;
  close(): void;
}

export interface ShowingPorts {
  readonly clocks: Clocks;
  readonly timer: Timer;
  readonly time: Timekeeper;
  readonly library: Library;
  readonly contents: Contents;
  readonly generations: Generations;
  readonly target: () => Statements | undefined;
  /** Objects found damaged; those fetched again are taken out. */
  readonly damaged: Map<Sha256, ObjectRef>;
  readonly booted: Built | undefined;
  readonly changed: () => void;
}

/** [SY5] A generation is read back this long after its flip. */
const SETTLE_MS = 60_000;
/** [CK2] A floor is written this long before an end, so that the write is durable in time. */
const GUARD_AHEAD_MS = 1000;
/** A release that found no space is tried again after this long. */
const NO_SPACE_RETRY_MS = 10 * 60_000;
/** A page that has not painted what it was given for so long has a problem to report. */
const PAINT_LIMIT_MS = 30_000;

export function createShowing(own: ShowingPorts): Showing {
  const { clocks, timer, time, library, contents, generations, damaged, changed } = own;
  const alarms = new Map<'activate' | 'settle' | 'guard' | 'paint', () => void>();
  let shown = own.booted;
  let ready: Built | undefined;
  let problems = new Map<ChannelId, Problem>();
  let full: { readonly key: string; readonly until: number } | undefined;
  let settleDue = false;
  let guardedUntil = -Infinity;
  let closed = false;

  const work = coalesce(async () => {
    await mend();
    while (await advance());
    if (settleDue) await settle();
  });

  function alarm(name: 'activate' | 'settle' | 'guard' | 'paint', inMs: number, run: () => void): void {
    alarms.get(name)?.();
    const at = clocks.monotonic() + Math.max(0, inMs);
    alarms.set(
      name,
      timer(at, () => {
        alarms.delete(name);
        run();
      }),
    );
  }

  /** One step towards the target; whether another may follow at once. */
  async function advance(): Promise<boolean> {
    const target = own.target();
    if (target === undefined || closed) return false;
    const key = keyOf(target);
    if (key === shown?.key) {
      ready = undefined;
      if (![...problems.values()].includes('not-painting')) setProblems([]);
      return false;
    }
    if (ready?.key === key) return activate(ready);
    if (full?.key === key && clocks.monotonic() < full.until) return false;
    setProblems([...target.heads.keys()].map((channel) => [channel, problems.get(channel) ?? 'fetching']));
    const wanted = (): boolean => !closed && keyOf(own.target() ?? target) === key;
    const built = await buildWithRoom(target, wanted);
    if (!wanted()) return !closed;
    if ('problem' in built) {
      setProblems([[built.channel, built.problem]]);
      if (built.problem === 'no-space') full = { key, until: clocks.monotonic() + NO_SPACE_RETRY_MS };
      return false;
    }
    ready = built;
    return true;
  }

  async function buildWithRoom(target: Statements, wanted: () => boolean): ReturnType<Contents['build']> {
    const built = await contents.build(target, wanted);
    if (!('problem' in built) || built.problem !== 'no-space') return built;
    await generations.makeRoom();
    const again = await contents.build(target, wanted);
    if ('problem' in again && again.problem === 'no-space') await generations.makeRoom();
    return again;
  }

  /** [SY2] Flips once every channel's head is to be active. */
  async function activate(to: Built): Promise<boolean> {
    const heads = [...to.statements.heads.values()];
    const activateAt = Math.max(...heads.map(({ head }) => head.activateAt));
    const inMs = activateAt - time.now();
    if (inMs > 0) {
      alarm('activate', inMs, () => void work());
      return false;
    }
    if ((await flipWithRoom(to)) === 'full') {
      setProblems(heads.map(({ head }) => [head.channel, 'no-space']));
      full = { key: to.key, until: clocks.monotonic() + NO_SPACE_RETRY_MS };
      ready = undefined;
      return false;
    }
    [shown, ready, full, problems] = [to, undefined, undefined, new Map()];
    if (!alarms.has('settle')) alarm('settle', SETTLE_MS, beginSettling);
    alarm('paint', PAINT_LIMIT_MS, () => setProblems(heads.map(({ head }) => [head.channel, 'not-painting'])));
    guard();
    changed();
    return true;
  }

  async function flipWithRoom(to: Built): Promise<'stored' | 'full'> {
    if ((await generations.flip(to)) === 'stored') return 'stored';
    // What was fetched for it goes too: nothing on the shelf may disturb current and settled. [SY6]
    await generations.makeRoom();
    return 'full';
  }

  function beginSettling(): void {
    settleDue = true;
    void work();
  }

  async function settle(): Promise<void> {
    settleDue = false;
    const broken = await generations.settle();
    for (const ref of broken) damaged.set(ref.digest, ref);
    if (broken.length > 0) {
      changed();
      await mend();
      return alarm('settle', SETTLE_MS, beginSettling);
    }
    await generations.sweep(ready === undefined ? [] : [ready]);
    damaged.clear();
    changed();
  }

  /** [SY3] Fetches again what was found damaged. */
  async function mend(): Promise<void> {
    if (damaged.size === 0) return;
    const missing = [...damaged.values()].filter(({ digest }) => !library.held.has(digest));
    await library.ensure(missing, () => !closed);
    await library.flush();
    for (const digest of damaged.keys()) if (library.held.has(digest)) damaged.delete(digest);
    changed();
  }

  function guard(): void {
    if (shown === undefined || closed) return;
    const end = nextEnd(shown, Math.max(time.now(), guardedUntil));
    if (end === Infinity) return;
    alarm('guard', end - time.now() - GUARD_AHEAD_MS, () => {
      guardedUntil = end;
      void time.keep(itemsOf(shown), end);
      guard();
    });
  }

  function setProblems(entries: readonly (readonly [ChannelId, Problem])[]): void {
    const next = new Map(entries);
    const same = next.size === problems.size && entries.every(([channel, problem]) => problems.get(channel) === problem);
    problems = next;
    if (!same) changed();
  }

  guard();
  if (shown !== undefined) alarm('settle', SETTLE_MS, beginSettling);
  return {
    shown: () => shown,
    problems: () => problems,
    work,
    replan() {
      guardedUntil = -Infinity;
      guard();
      if (ready !== undefined) void work();
    },
    painted() {
      alarms.get('paint')?.();
      alarms.delete('paint');
      if ([...problems.values()].includes('not-painting')) setProblems([]);
    },
    close() {
      closed = true;
      for (const cancel of alarms.values()) cancel();
    },
  };
}
