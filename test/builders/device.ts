import { setImmediate } from 'node:timers/promises';
import { digest, verify } from '../../board-server/trust/digest.ts';
import type { Deltas } from '../../board-server/services/deltas.ts';
import { createDeltas } from '../../board-server/services/deltas.ts';
import type { ScreenId, Sha256 } from '../../shared/kit/ids.ts';
import { isSha256 } from '../../shared/kit/ids.ts';
import { memoryNotebook, memoryShelf } from '../../shared/sync/memory.ts';
import type {
  Fetched,
  Notebook,
  Shelf,
  SyncPorts,
  Timer,
  Upstream,
} from '../../shared/sync/ports.ts';
import type { ReportBody } from '../../shared/sync/reporting.ts';
import type { ScreenOptions } from '../../shared/sync/options.ts';
import type { OpenScreen } from '../../shared/sync/screen.ts';
import { openScreen } from '../../shared/sync/screen.ts';
import type { Hall, StateParts } from './hall.ts';
import { TOUCH } from './hall.ts';

/**
 * A screen box: its disk outlives `reboot`, its time passes only when told to. `trueAt` is what a
 * perfect clock would say; the wall clock may differ from it by `wallError`.
 */
export interface Device {
  readonly disk: Disk;
  readonly line: Line;
  readonly reports: readonly ReportBody[];
  /** Whether its page paints what it is given at once. */
  paints: boolean;
  screen(): OpenScreen;
  trueAt(): number;
  /** Lets time pass; timers run at their instants, and all that follows from them. */
  pass(ms: number): Promise<void>;
  /** All work under way comes to its end. */
  idle(): Promise<void>;
  start(options?: Partial<ScreenOptions>): Promise<OpenScreen>;
  /** Cuts the power, lets `ms` pass, and starts again. */
  reboot(ms: number, options?: Partial<ScreenOptions>): Promise<OpenScreen>;
  setWall(error: number | { readonly at: number }): void;
}

export interface Disk {
  readonly objects: Map<Sha256, Uint8Array<ArrayBuffer>>;
  readonly first: Map<string, string>;
  readonly second: Map<string, string>;
  /** Bytes of objects it can take; Infinity unless set. */
  capacity: number;
  /** No note can be written; false unless set. */
  areNotesFull: boolean;
  /** Told of each object that is read, and waited for. */
  read: (name: Sha256) => Promise<void>;
  /** Durable operations so far. */
  writes: number;
  /** The operation at which the power is cut, and whether it was done before the cut. */
  cutAt: { readonly write: number; readonly done: boolean } | undefined;
}

/** The way to the hall: down, tampered with, or sound. Counts what went over it. */
export interface Line {
  up: boolean;
  readonly asked: Sha256[];
  bytes: number;
  state: (text: string) => string | Promise<string>;
  object: (digest: Sha256, bytes: Uint8Array<ArrayBuffer>) => Fetched<Uint8Array<ArrayBuffer>>;
  /** What becomes of a delta; undefined and none is made. */
  delta: ((pack: Uint8Array<ArrayBuffer>) => Fetched<Uint8Array<ArrayBuffer>>) | undefined;
  parts: Partial<StateParts>;
  atOnce: { now: number; most: number };
}

export const START_AT = Date.UTC(2026, 8, 17, 9, 0, 0);

export function createDevice(hall: Hall): Device {
  const disk: Disk = {
    objects: new Map(),
    first: new Map(),
    second: new Map(),
    capacity: Infinity,
    areNotesFull: false,
    read: async () => undefined,
    writes: 0,
    cutAt: undefined,
  };
  const line: Line = {
    up: true,
    asked: [],
    bytes: 0,
    state: (text) => text,
    object: (_, bytes) => ({ ok: true, value: bytes }),
    delta: undefined,
    parts: {},
    atOnce: { now: 0, most: 0 },
  };
  const reports: ReportBody[] = [];
  let elapsed = 0;
  let bootedAt = 0;
  let wallAt = asItIs;
  let timers: { readonly at: number; readonly run: () => void }[] = [];
  let open: OpenScreen | undefined;
  const trueAt = (): number => START_AT + elapsed;

  const timer: Timer = (at, run) => {
    const entry = { at: at + bootedAt, run };
    timers.push(entry);
    return () => {
      timers = timers.filter((other) => other !== entry);
    };
  };

  const ports = (): SyncPorts => ({
    upstream: upstreamOf(hall, line, trueAt),
    shelf: shelfOn(disk),
    notebooks: [notebookOn(disk, disk.first), notebookOn(disk, disk.second)],
    clocks: { wall: () => wallAt(trueAt()), monotonic: () => elapsed - bootedAt },
    timer,
    random: () => 0.5,
    digest,
    verify,
  });

  const device: Device = {
    disk,
    line,
    reports,
    paints: true,
    trueAt,
    screen() {
      if (open === undefined) throw new Error('the device is not started');
      return open;
    },
    async idle() {
      // Every port here settles in microtasks, and all of those run before the next immediate.
      await setImmediate();
    },
    async pass(ms) {
      const until = elapsed + ms;
      for (;;) {
        await device.idle();
        const next = timers.reduce<(typeof timers)[number] | undefined>(
          (first, entry) => (first === undefined || entry.at < first.at ? entry : first),
          undefined,
        );
        if (next === undefined || next.at > until) break;
        elapsed = Math.max(elapsed, next.at);
        timers = timers.filter((entry) => entry !== next);
        next.run();
      }
      elapsed = until;
      await device.idle();
    },
    async start(options = {}) {
      const screen: ScreenId = options.screen ?? TOUCH;
      const opened = await openScreen({
        root: hall.root,
        ports: ports(),
        report: (body) => reports.push(body),
        ...options,
        screen,
      });
      open = opened;
      if (device.paints) paintOn(opened);
      await device.idle();
      return open;
    },
    async reboot(ms, options) {
      open?.close();
      timers = [];
      disk.cutAt = undefined;
      elapsed += ms;
      bootedAt = elapsed;
      return device.start(options);
    },
    setWall(error) {
      if (typeof error === 'number') wallAt = (t) => t + error;
      else {
        const from = trueAt();
        wallAt = (t) => error.at + t - from;
      }
    },
  };
  return device;
}

const asItIs = (t: number): number => t;

function paintOn(screen: OpenScreen): void {
  let last = screen.generation();
  const paint = (): void => {
    const generation = screen.generation();
    if (generation === undefined || generation === last) return;
    last = generation;
    screen.painted(generation, null);
  };
  if (last !== undefined) screen.painted(last, null);
  screen.listen(paint);
}

/** What the hall's server makes of two of its releases. */
export const deltasOf = (hall: Hall): Deltas =>
  createDeltas({
    objects: {
      async read(name) {
        const bytes = isSha256(name) ? hall.objects.get(name) : undefined;
        return bytes && { bytes: Buffer.from(bytes.buffer), brotli: undefined };
      },
    },
    current: () => hall.head().release.digest,
    compress: async () => undefined,
  });

function upstreamOf(hall: Hall, line: Line, trueAt: () => number): Upstream {
  const deltas = deltasOf(hall);
  return {
    async delta(asked, maxBytes) {
      if (!line.up) return { ok: false, refusal: 'unreachable' };
      const packed = line.delta && (await deltas.read(asked));
      if (packed === undefined) return { ok: false, refusal: 'missing' };
      line.bytes += packed.bytes.length;
      const answer = line.delta?.(new Uint8Array(packed.bytes)) ?? MISSING;
      return answer.ok && answer.value.length > maxBytes ? TOO_LARGE : answer;
    },
    async state(_, maxBytes) {
      if (!line.up) return { ok: false, refusal: 'unreachable' };
      const text = await line.state(await hall.state(trueAt(), line.parts));
      return text.length > maxBytes ? TOO_LARGE : { ok: true, value: text };
    },
    async object(name, maxBytes) {
      line.atOnce.now += 1;
      line.atOnce.most = Math.max(line.atOnce.most, line.atOnce.now);
      await Promise.resolve();
      line.atOnce.now -= 1;
      if (!line.up) return { ok: false, refusal: 'unreachable' };
      const bytes = hall.objects.get(name);
      if (bytes === undefined) return MISSING;
      line.asked.push(name);
      line.bytes += bytes.length;
      const answer = line.object(name, bytes);
      return answer.ok && answer.value.length > maxBytes ? TOO_LARGE : answer;
    },
  };
}

const MISSING = { ok: false, refusal: 'missing' } as const;
const TOO_LARGE = { ok: false, refusal: 'too-large' } as const;

/** Runs a durable operation, or the part of it that a power cut leaves; after a cut nothing returns. */
async function durably<Value>(disk: Disk, write: () => Promise<Value>): Promise<Value> {
  const { cutAt } = disk;
  disk.writes += 1;
  if (cutAt === undefined || disk.writes < cutAt.write) return write();
  if (disk.writes === cutAt.write && cutAt.done) await write();
  return new Promise(() => undefined);
}

function shelfOn(disk: Disk): Shelf {
  const shelf = memoryShelf(disk.objects);
  return {
    ...shelf,
    get: async (name) => {
      await disk.read(name);
      return shelf.get(name);
    },
    put: (objects) => {
      const size = [...disk.objects.values(), ...objects.map(({ bytes }) => bytes)].reduce(
        (sum, bytes) => sum + bytes.length,
        0,
      );
      return size > disk.capacity
        ? Promise.resolve('full')
        : durably(disk, () => shelf.put(objects));
    },
    remove: (digests) => durably(disk, () => shelf.remove(digests)),
  };
}

function notebookOn(disk: Disk, notes: Map<string, string>): Notebook {
  const notebook = memoryNotebook(notes);
  return {
    ...notebook,
    write: (name, value) =>
      disk.areNotesFull
        ? Promise.resolve('full')
        : durably(disk, () => notebook.write(name, value)),
  };
}
