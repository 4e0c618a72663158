import type { ObjectRef } from '../domain/release.ts';
import type { ChannelId, Sha256 } from '../kit/ids.ts';
import type { Problem } from '../protocol/report.ts';
import { coalesce } from './coalesce.ts';
import type { Built, Contents } from './contents.ts';
import { itemsOf, nextEnd } from './contents.ts';
import type { Generations } from './generations.ts';
import type { Library } from './library.ts';
import type { Clocks, Random, Timer } from './ports.ts';
import type { Statements } from './statements.ts';
import { keyOf } from './statements.ts';
import type { Timekeeper } from './timekeeper.ts';

export interface ShowingPorts {
  readonly clocks: Clocks;
  readonly timer: Timer;
  readonly random: Random;
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

/** [SY5] A generation is read back by then, and the screens of a hall not all at one moment. */
const SETTLE_MS = 60_000;
/** [CK2] A floor is written this long before an end, so that the write is durable in time. */
const GUARD_AHEAD_MS = 1000;
/** A release that found no space is tried again after this long. */
const NO_SPACE_RETRY_MS = 10 * 60_000;
/** A page that has not painted what it was given for so long has a problem to report. */
const PAINT_LIMIT_MS = 30_000;

type Alarm = 'activate' | 'settle' | 'guard' | 'paint';

/** Brings what the screen shows to its target: fetches, verifies, flips, settles and mends. */
export class Showing {
  /** Does what can be done now; ends when it is done. */
  readonly work: () => Promise<void>;
  readonly #own: ShowingPorts;
  readonly #alarms = new Map<Alarm, () => void>();
  #shown: Built | undefined;
  #ready: Built | undefined;
  #problems: ReadonlyMap<ChannelId, Problem> = new Map();
  #full: { readonly key: string; readonly until: number } | undefined;
  #settleDue = false;
  #guardedUntil = -Infinity;
  #closed = false;

  constructor(own: ShowingPorts) {
    this.#own = own;
    this.#shown = own.booted;
    this.work = coalesce(async () => {
      await this.#mend();
      while (await this.#advance());
      if (this.#settleDue) await this.#settle();
    });
    this.#guard();
    if (this.#shown !== undefined) this.#settleLater();
  }

  get shown(): Built | undefined {
    return this.#shown;
  }

  /** Why the target is not shown yet, by channel. */
  get problems(): ReadonlyMap<ChannelId, Problem> {
    return this.#problems;
  }

  /** The clock was put right: what is to happen at an instant is planned anew. */
  replan(): void {
    this.#guardedUntil = -Infinity;
    this.#guard();
    if (this.#ready !== undefined) void this.work();
  }

  /** What is shown stands on the glass. */
  painted(): void {
    this.#alarms.get('paint')?.();
    this.#alarms.delete('paint');
    if (this.#isUnpainted()) this.#setProblems([]);
  }

  close(): void {
    this.#closed = true;
    for (const cancel of this.#alarms.values()) cancel();
  }

  /** One step towards the target; whether another may follow at once. */
  async #advance(): Promise<boolean> {
    const target = this.#own.target();
    if (target === undefined || this.#closed) return false;
    const key = keyOf(target);
    if (key === this.#shown?.key) {
      this.#ready = undefined;
      if (!this.#isUnpainted()) this.#setProblems([]);
      return false;
    }
    if (this.#ready?.key === key) return this.#activate(this.#ready);
    if (this.#full?.key === key && this.#own.clocks.monotonic() < this.#full.until) return false;
    const begun = [...target.heads.keys()].map(
      (channel) => [channel, this.#problems.get(channel) ?? 'fetching'] as const,
    );
    this.#setProblems(begun);
    const wanted = (): boolean => !this.#closed && keyOf(this.#own.target() ?? target) === key;
    const built = await this.#buildWithRoom(target, wanted);
    if (!wanted()) return !this.#closed;
    if ('problem' in built) {
      this.#setProblems([[built.channel, built.problem]]);
      if (built.problem === 'no-space') this.#rest(key);
      return false;
    }
    this.#ready = built;
    return true;
  }

  async #buildWithRoom(target: Statements, wanted: () => boolean): ReturnType<Contents['build']> {
    const { contents, generations } = this.#own;
    const built = await contents.build(target, wanted);
    if (!('problem' in built) || built.problem !== 'no-space') return built;
    await generations.makeRoom();
    const again = await contents.build(target, wanted);
    if ('problem' in again && again.problem === 'no-space') await generations.makeRoom();
    return again;
  }

  /** [SY2] Flips once every channel's head is to be active. */
  async #activate(to: Built): Promise<boolean> {
    const heads = [...to.statements.heads.values()];
    const activateAt = Math.max(...heads.map(({ head }) => head.activateAt));
    const inMs = activateAt - this.#own.time.now();
    if (inMs > 0) {
      this.#alarm('activate', inMs, () => void this.work());
      return false;
    }
    const problemOfAll = (problem: Problem) =>
      heads.map(({ head }) => [head.channel, problem] as const);
    if ((await this.#own.generations.flip(to)) === 'full') {
      // What was fetched for it goes too: nothing on the shelf may disturb current and settled. [SY6]
      await this.#own.generations.makeRoom();
      this.#ready = undefined;
      this.#rest(to.key);
      this.#setProblems(problemOfAll('no-space'));
      return false;
    }
    [this.#shown, this.#ready, this.#full, this.#problems] = [to, undefined, undefined, new Map()];
    if (!this.#alarms.has('settle')) this.#settleLater();
    this.#alarm('paint', PAINT_LIMIT_MS, () => this.#setProblems(problemOfAll('not-painting')));
    this.#guard();
    this.#own.changed();
    return true;
  }

  #rest(key: string): void {
    this.#full = { key, until: this.#own.clocks.monotonic() + NO_SPACE_RETRY_MS };
  }

  #settleLater(): void {
    this.#alarm('settle', SETTLE_MS * (1 - this.#own.random() / 2), () => {
      this.#settleDue = true;
      void this.work();
    });
  }

  async #settle(): Promise<void> {
    const { generations, damaged, changed } = this.#own;
    this.#settleDue = false;
    // Ten thousand records take a while to read, and a notice that must go out cannot wait for them.
    const wanted = this.#targetKey();
    const broken = await generations.settle(() => this.#closed || this.#targetKey() !== wanted);
    if (broken === undefined) return this.#settleLater();
    for (const ref of broken) damaged.set(ref.digest, ref);
    if (broken.length > 0) {
      changed();
      await this.#mend();
      this.#settleLater();
      return;
    }
    await generations.sweep(this.#ready === undefined ? [] : [this.#ready]);
    damaged.clear();
    changed();
  }

  #targetKey(): string | undefined {
    const target = this.#own.target();
    return target && keyOf(target);
  }

  /** [SY3] Fetches again what was found damaged. */
  async #mend(): Promise<void> {
    const { damaged, library, changed } = this.#own;
    if (damaged.size === 0) return;
    const missing = [...damaged.values()].filter(({ digest }) => !library.held.has(digest));
    await library.ensure(missing, () => !this.#closed);
    await library.flush();
    for (const digest of damaged.keys()) if (library.held.has(digest)) damaged.delete(digest);
    changed();
  }

  /** [CK2] Has the floor written shortly before each end. */
  #guard(): void {
    const { time } = this.#own;
    if (this.#shown === undefined || this.#closed) return;
    const end = nextEnd(this.#shown, Math.max(time.now(), this.#guardedUntil));
    if (end === Infinity) return;
    this.#alarm('guard', end - time.now() - GUARD_AHEAD_MS, () => {
      this.#guardedUntil = end;
      void time.keep(itemsOf(this.#shown), end);
      this.#guard();
    });
  }

  #alarm(name: Alarm, inMs: number, run: () => void): void {
    const { clocks, timer } = this.#own;
    this.#alarms.get(name)?.();
    const cancel = timer(clocks.monotonic() + Math.max(0, inMs), () => {
      this.#alarms.delete(name);
      run();
    });
    this.#alarms.set(name, cancel);
  }

  #isUnpainted(): boolean {
    return [...this.#problems.values()].includes('not-painting');
  }

  #setProblems(entries: readonly (readonly [ChannelId, Problem])[]): void {
    const before = this.#problems;
    this.#problems = new Map(entries);
    const same =
      before.size === entries.length &&
      entries.every(([channel, problem]) => before.get(channel) === problem);
    if (!same) this.#own.changed();
  }
}
