import type { ObjectRef } from '../domain/release.ts';
import type { Leased, Moved } from '../protocol/screen.ts';
import { Asking } from './asking.ts';
import type { Held } from './boot.ts';
import { boot } from './boot.ts';
import { conditionOf } from './condition.ts';
import { itemsOf } from './contents.ts';
import type { Condition, Generation, Screen } from './generation.ts';
import type { ScreenOptions } from './options.ts';
import type { SyncPorts, Upstream } from './ports.ts';
import type { Reporting } from './reporting.ts';
import { createReporting } from './reporting.ts';
import { Showing } from './showing.ts';

/** A screen at work, and what its connection tells it. A message only hints: losing one costs delay. */
export interface OpenScreen extends Screen {
  /** [TK6] `isKnown` when whoever listens has the report that this screen made last. */
  connected(up: boolean, isKnown?: boolean): void;
  moved(message: Moved): void;
  leased(message: Leased): Promise<void>;
  pairingChanged(): void;
  /** Asks for the newest statements at once; ends when what can be done about them is done. */
  ask(): Promise<void>;
  /** For what is fetched only when it is wanted, such as taking a stick. */
  readonly inside: Inside;
  close(): void;
}

/** The parts of an open screen. */
export interface Inside {
  readonly options: ScreenOptions;
  readonly held: Held;
  readonly asking: Asking;
  readonly showing: Showing;
  readonly reporting: Reporting;
  /** What all of them ask; its functions may be lent out for a while. */
  readonly upstream: Upstream;
}

/**
 * Opens what the screen last held, whole and verified, then keeps it level with its upstream:
 * on connecting, on hints and every minute. Reaching upstream is not awaited.
 */
export async function openScreen(options: ScreenOptions): Promise<OpenScreen> {
  const upstream = { ...options.ports.upstream };
  const lending = { ...options, ports: { ...options.ports, upstream } };
  const held = await boot(lending);
  const engine = new Engine(lending, held);
  engine.eachMinute();
  void engine.ask();
  return {
    generation: () => engine.generation(),
    condition: () => engine.condition(),
    now: () => engine.now(),
    object: (ref) => engine.object(ref),
    listen: (listener) => engine.listen(listener),
    painted: (generation, showing) => engine.painted(generation, showing),
    pairing: options.pairing ?? (() => ({ state: 'unknown' })),
    pairingChanged: () => engine.changed(),
    connected: (up, isKnown) => engine.connected(up, isKnown),
    moved: (message) => engine.asking.moved(message),
    leased: (message) => engine.asking.leased(message),
    ask: () => engine.ask(),
    inside: { ...engine, options, held, upstream },
    close: () => engine.close(),
  };
}

const MINUTE_MS = 60_000;

class Engine {
  readonly asking: Asking;
  readonly showing: Showing;
  readonly reporting: Reporting;
  readonly #ports: SyncPorts;
  readonly #held: Held;
  readonly #listeners = new Set<() => void>();
  #condition: Condition | undefined;
  #cancelMinute: () => void = () => undefined;
  #closed = false;

  constructor({ screen, ports, report = () => undefined }: ScreenOptions, held: Held) {
    const changed = (): void => this.changed();
    const { clocks, timer } = ports;
    this.#ports = ports;
    this.#held = held;
    this.asking = new Asking({
      ...held,
      screen,
      ports,
      changed,
      highWater: () => held.highWater.value,
      raiseHighWater: (value) => {
        held.highWater.value = value;
      },
      items: () => itemsOf(this.showing.shown),
      statementsShown: () => this.showing.shown?.statements,
      accepted: () => void this.showing.work(),
      clockMoved: () => this.showing.replan(),
    });
    this.showing = new Showing({
      ...held,
      ...ports,
      changed,
      target: () => this.asking.target,
    });
    this.reporting = createReporting({
      screen,
      clocks,
      timer,
      now: held.time.now,
      send: report,
      condition: () => this.condition(),
      accepted: () => this.asking.target,
    });
  }

  generation(): Generation | undefined {
    return this.showing.shown?.generation;
  }

  now(): number {
    return this.#held.time.now();
  }

  condition(): Condition {
    const { shown } = this.showing;
    const { time, proofs, damaged } = this.#held;
    this.#condition ??= conditionOf({
      shown,
      damaged,
      target: this.asking.target,
      freshAt: (channel) => {
        const head = shown?.statements.heads.get(channel);
        return head === undefined ? -Infinity : proofs.freshAt(head);
      },
      carriedAt: proofs.carriedAt,
      withheld: time.withheld(itemsOf(shown)),
      problems: new Map([...this.showing.problems, ...this.asking.problems]),
      connected: this.asking.isConnected,
      clock: time.state(),
    });
    return this.#condition;
  }

  changed(): void {
    if (this.#closed) return;
    this.#condition = undefined;
    for (const listener of this.#listeners) listener();
    this.reporting.tell();
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async object(ref: ObjectRef): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const { damaged, library } = this.#held;
    const isKnown = damaged.has(ref.digest);
    const bytes = await library.read(ref);
    // [SY10] A page looks again at every change, and each try is one: a known loss waits its turn.
    if (bytes !== undefined || isKnown || this.#closed) return bytes;
    damaged.set(ref.digest, ref);
    this.changed();
    void this.showing.work();
    return undefined;
  }

  painted(generation: Generation, showing: string | null): void {
    this.reporting.painted(generation, showing, this.now());
    if (generation === this.generation()) this.showing.painted();
  }

  connected(up: boolean, isKnown = false): void {
    this.asking.connected(up);
    if (!up) return;
    if (isKnown) this.reporting.tell();
    else this.reporting.tellAgain();
  }

  async ask(): Promise<void> {
    if (this.#closed) return;
    await this.asking.ask();
    await this.showing.work();
  }

  /** [SY1] [CK2] Asks and writes the floor, each minute. */
  eachMinute(): void {
    const { clocks, timer } = this.#ports;
    this.#cancelMinute = timer(clocks.monotonic() + MINUTE_MS, () => {
      this.eachMinute();
      void this.#held.time.keep(itemsOf(this.showing.shown));
      this.changed();
      void this.ask();
    });
  }

  close(): void {
    this.#closed = true;
    this.#cancelMinute();
    this.asking.close();
    this.showing.close();
    this.reporting.close();
  }
}
