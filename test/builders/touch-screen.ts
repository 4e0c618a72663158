import { signal } from '@preact/signals';
import { initials } from '../../board-server/services/initials.ts';
import type { Speech } from '../../kiosk/touch/speech.ts';
import type { TouchPorts } from '../../kiosk/touch/ports.ts';
import type { ZoneTable } from '../../shared/domain/civil.ts';
import { dayOf } from '../../shared/domain/civil.ts';
import type {
  HallCard,
  Item,
  ObjectRef,
  Release,
  SearchEntry,
} from '../../shared/domain/release.ts';
import { present } from '../../shared/kit/assert.ts';
import type { Digest } from '../../shared/kit/digest.ts';
import { hash32 } from '../../shared/kit/hash.ts';
import { id, isChannelId, isRecordId, isScreenId, isSha256 } from '../../shared/kit/ids.ts';
import type { Device, Head } from '../../shared/protocol/statements.ts';
import type { Body } from '../../shared/records/registry.ts';
import { withKind } from '../../shared/records/registry.ts';
import { render } from '../../shared/records/render.ts';
import type { Condition, Generation, Pairing, Screen } from '../../shared/sync/generation.ts';
import type { Timer } from '../../shared/sync/ports.ts';
import { september, shanghai } from './records.ts';

/** A touch screen held in memory: its content, its time and its condition are the test's. */

export const channel = id(isChannelId, 'hall');
export const START = september(17, 9, 40);

export const GLASS_32: Device = {
  kind: 'touch',
  widthPx: 1080,
  heightPx: 1920,
  diagonalInches: 32,
  bottomMm: 700,
};

export const TOUCH_HALL: HallCard = {
  name: '安澜县政务服务中心',
  county: '安澜县',
  desk: '一楼总服务台',
  phone: '0312-0000000',
  hours: [
    { fromMinute: 8 * 60 + 30, untilMinute: 12 * 60 },
    { fromMinute: 13 * 60 + 30, untilMinute: 17 * 60 + 30 },
  ],
  demo: true,
};

/** Digests are only names here: what checks them is tested with the sync engine. */
const nameOf: Digest = (bytes) =>
  Promise.resolve(id(isSha256, hash32(String(bytes)).toString(16).padStart(64, '0')));

export interface Holding {
  readonly item: Item;
  readonly entry: SearchEntry;
  readonly objects: readonly { readonly digest: string; readonly bytes: Uint8Array<ArrayBuffer> }[];
}

/** A record as the server would publish it to touch screens. */
export async function publish(
  name: string,
  body: Body,
  {
    version = 1,
    zone = shanghai,
    publishedOn = '2026-09-17',
  }: { version?: number; zone?: ZoneTable; publishedOn?: string } = {},
): Promise<Holding> {
  const job = {
    record: id(isRecordId, name),
    version,
    setting: { zone, publishedOn },
    profiles: [],
    digest: nameOf,
    initials,
  };
  const rendered = await withKind(body, (kind, fields) => render(kind, fields, job));
  if (!rendered.ok) throw new Error(rendered.refusal);
  const { item, objects, search } = rendered.value;
  return { item, objects, entry: present(search, 'search entry') };
}

const newYear = (year: number) => dayOf({ year, month: 1, day: 1 });

/** A generation of these records; give none of the parts that the test is not about. */
export function generationOf(
  holdings: readonly Holding[],
  {
    device = GLASS_32,
    hall = TOUCH_HALL,
    version = 1,
  }: { device?: Device; hall?: HallCard; version?: number } = {},
): Generation {
  const fakeRef: ObjectRef = { digest: id(isSha256, '0'.repeat(64)), bytes: 1 };
  const release: Release = {
    v: 1,
    channel,
    hall,
    zone: shanghai,
    calendar: { from: newYear(2026), until: newYear(2027), off: [], on: [] },
    sections: {},
  };
  const head: Head = {
    v: 1,
    channel,
    epoch: 1,
    version,
    release: fakeRef,
    revoked: [],
    activateAt: 0,
  };
  return {
    lineup: {
      v: 1,
      epoch: 1,
      version: 1,
      screen: id(isScreenId, 'touch-01'),
      name: '一楼触摸屏',
      device,
      sections: ['touch', 'search'],
      channels: [{ channel, cap: 'interrupt' }],
    },
    channels: [
      {
        channel,
        cap: 'interrupt',
        head,
        release,
        touch: holdings.map(({ item }, index) => ({ item, since: index })),
        search: holdings.map(({ entry }) => entry),
        board: [],
      },
    ],
  };
}

export interface TouchScreen extends Screen {
  readonly ports: TouchPorts;
  /** Lets time pass, running timers as they come due. */
  pass(ms: number): void;
  hold(holdings: readonly Holding[], parts?: Parameters<typeof generationOf>[1]): void;
  become(condition: Partial<Condition>, pairing?: Pairing): void;
  /** The bytes of this record's view are damaged until they are `mended`. */
  damage(holding: Holding): void;
  mend(): void;
  readonly reports: readonly Generation[];
  readonly idled: () => number;
}

export function touchScreen(
  searchWorker: () => Worker,
  { startAt = START, speech }: { startAt?: number; speech?: Speech } = {},
): TouchScreen {
  const objects = new Map<string, Uint8Array<ArrayBuffer>>();
  const damaged = new Set<string>();
  const listeners = new Set<() => void>();
  const timers = new Map<symbol, { at: number; run: () => void }>();
  const reports: Generation[] = [];
  let [m, idles] = [1000, 0];
  let generation: Generation | undefined;
  let pairing: Pairing = { state: 'paired', fingerprint: 'f'.repeat(64) };
  let condition: Condition = {
    freshAt: { [channel]: startAt },
    carriedAt: NaN,
    revoked: {},
    connected: true,
    clock: 'confirmed',
    problems: {},
  };
  const wake = () => {
    for (const listener of listeners) listener();
  };
  const timer: Timer = (at, run) => {
    const key = Symbol('timer');
    timers.set(key, { at, run });
    return () => timers.delete(key);
  };
  return {
    generation: () => generation,
    condition: () => condition,
    now: () => startAt + m - 1000,
    object: ({ digest }) => Promise.resolve(damaged.has(digest) ? undefined : objects.get(digest)),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    painted: (painted) => reports.push(painted),
    pairing: () => pairing,
    ports: {
      monotonic: () => m,
      timer,
      speech: signal(speech),
      searchWorker,
      idled: () => {
        idles += 1;
      },
    },
    pass(ms) {
      const until = m + ms;
      for (;;) {
        const [due] = [...timers]
          .filter(([, { at }]) => at <= until)
          .sort((a, b) => a[1].at - b[1].at);
        if (due === undefined) break;
        timers.delete(due[0]);
        m = Math.max(m, due[1].at);
        due[1].run();
      }
      m = until;
    },
    hold(holdings, parts) {
      for (const object of holdings.flatMap((holding) => holding.objects))
        objects.set(object.digest, object.bytes);
      generation = generationOf(holdings, parts);
      wake();
    },
    become(next, nextPairing) {
      condition = { ...condition, ...next };
      pairing = nextPairing ?? pairing;
      wake();
    },
    damage: ({ item }) => void damaged.add(item.view.digest),
    mend: () => damaged.clear(),
    reports,
    idled: () => idles,
  };
}
