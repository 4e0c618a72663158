import type { Item, ObjectRef } from '../domain/release.ts';
import type { ScreenId, Sha256 } from '../kit/ids.ts';
import type { Leased, Moved } from '../protocol/screen.ts';
import { createAsking } from './asking.ts';
import { conditionOf } from './condition.ts';
import { createContents, itemsOf } from './contents.ts';
import type { Condition, Pairing, Screen } from './generation.ts';
import { openGenerations } from './generations.ts';
import { openLibrary } from './library.ts';
import type { Limits } from './plan.ts';
import { LIMITS } from './plan.ts';
import type { Notebook, SyncPorts } from './ports.ts';
import { createProofs } from './proofs.ts';
import type { HighWater } from './records.ts';
import { raise, readHighWater, readPointer } from './records.ts';
import type { ReportBody } from './reporting.ts';
import { createReporting } from './reporting.ts';
import { createShowing } from './showing.ts';
import type { Statements, Trust } from './statements.ts';
import { openTimekeeper } from './timekeeper.ts';

export interface ScreenOptions {
  readonly screen: ScreenId;
  /** Fingerprint of the trusted root; undefined trusts the first root seen, and pins it. */
  readonly root: Sha256 | undefined;
  readonly ports: SyncPorts;
  readonly limits?: Limits;
  /** Takes each report to be signed and sent; the newest replaces one that still waits. */
  readonly report?: (body: ReportBody) => void;
  readonly pairing?: () => Pairing;
}

/** A screen at work, and what its connection tells it. A message only hints: losing one costs delay. */
export interface OpenScreen extends Screen {
  connected(up: boolean): void;
  moved(message: Moved): void;
  leased(message: Leased): Promise<void>;
  pairingChanged(): void;
  /** Asks for the newest statements at once; ends when what can be done about them is done. */
  ask(): Promise<void>;
  close(): void;
}

const MINUTE_MS = 60_000;

/**
 * Opens what the screen last held, whole and verified, then keeps it level with its upstream:
 * on connecting, on hints and every minute. Reaching upstream is not awaited.
 */
export async function openScreen({ screen, root, ports, ...options }: ScreenOptions): Promise<OpenScreen> {
  const { notebooks, clocks, timer } = ports;
  const [notebook] = notebooks;
  let highWater = await readHighWater(notebooks, root);
  const trust: Trust = {
    screen,
    digest: ports.digest,
    verify: ports.verify,
    get root() {
      return highWater.root;
    },
  };
  const damaged = new Map<Sha256, ObjectRef>();
  const time = await openTimekeeper(notebooks, clocks);
  const library = await openLibrary({ ...ports, damaged: (ref) => damaged.set(ref.digest, ref) });
  const contents = createContents({ ...ports, library, limits: options.limits ?? LIMITS });
  const generations = openGenerations({ notebook, library, contents, trust });
  const proofs = createProofs(notebook, trust);
  const booted = await generations.boot();
  const remembered = (await readAccepted(notebook, trust)) ?? booted?.statements;
  for (const statements of [booted?.statements, remembered]) {
    if (statements === undefined) continue;
    await proofs.recall(statements);
    highWater = { root: statements.base.root, marks: raise(highWater.marks, marksOf(statements)) };
  }

  const listeners = new Set<() => void>();
  let condition: Condition | undefined;
  let closed = false;
  const changed = (): void => {
    if (closed) return;
    condition = undefined;
    for (const listener of listeners) listener();
    reporting.tell();
  };
  const items = (): Iterable<Item> => itemsOf(showing.shown());
  const asking = createAsking({
    screen,
    ports,
    trust,
    proofs,
    time,
    remembered,
    items,
    changed,
    highWater: () => highWater,
    raiseHighWater: (value) => {
      highWater = value;
    },
    statementsShown: () => showing.shown()?.statements,
    accepted: () => void showing.work(),
    clockMoved: () => showing.replan(),
  });
  const showing = createShowing({
    ...{ clocks, timer, time, library, contents, generations, damaged, booted, changed },
    target: asking.target,
  });
  const reporting = createReporting({
    ...{ screen, clocks, timer, now: time.now },
    send: options.report ?? (() => undefined),
    condition: currentCondition,
    accepted: asking.target,
  });

  function currentCondition(): Condition {
    const shown = showing.shown();
    const statements = shown?.statements.heads;
    condition ??= conditionOf({
      shown,
      target: asking.target(),
      freshAt: (channel) => {
        const head = statements?.get(channel);
        return head === undefined ? -Infinity : proofs.freshAt(head);
      },
      withheld: time.withheld(itemsOf(shown)),
      damaged,
      problems: new Map([...showing.problems(), ...asking.problems()]),
      connected: asking.isConnected(),
      clock: time.state(),
    });
    return condition;
  }

  async function ask(): Promise<void> {
    if (closed) return;
    await asking.ask();
    await showing.work();
  }

  /** [SY1] [CK2] Asks and writes the floor, each minute. */
  function eachMinute(): () => void {
    return timer(clocks.monotonic() + MINUTE_MS, () => {
      cancelMinute = eachMinute();
      void time.keep(items());
      changed();
      void ask();
    });
  }
  let cancelMinute = eachMinute();
  void ask();

  return {
    generation: () => showing.shown()?.generation,
    condition: currentCondition,
    now: time.now,
    async object(ref) {
      const bytes = await library.read(ref);
      if (bytes !== undefined || closed) return bytes;
      damaged.set(ref.digest, ref);
      changed();
      void showing.work();
      return undefined;
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    painted(generation, showingItem) {
      if (generation === showing.shown()?.generation) showing.painted();
      reporting.painted(generation, showingItem, time.now());
    },
    pairing: options.pairing ?? (() => ({ state: 'unknown' })),
    connected(up) {
      asking.connected(up);
      if (up) reporting.tellAgain();
    },
    pairingChanged: changed,
    moved: asking.moved,
    leased: asking.leased,
    ask,
    close() {
      closed = true;
      cancelMinute();
      asking.close();
      showing.close();
      reporting.close();
    },
  };
}

async function readAccepted(notebook: Notebook, trust: Trust): Promise<Statements | undefined> {
  const text = await notebook.read('accepted');
  const read = text === undefined ? undefined : await readPointer(text, trust);
  return read?.ok === true ? read.value : undefined;
}

/** [TR5] What was accepted counts, even if both notebooks forgot the marks. */
function marksOf({ base, heads }: Statements): HighWater['marks'] {
  const ofHeads = [...heads].map(([channel, { mark }]) => [`head/${channel}`, mark]);
  return { roles: base.rolesMark, lineup: base.lineupMark, ...Object.fromEntries(ofHeads) };
}
