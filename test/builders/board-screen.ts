import { metricsOf } from '../../shared/domain/advance.ts';
import { UTC } from '../../shared/domain/civil.ts';
import type { Pages } from '../../shared/domain/pages.ts';
import { paginate } from '../../shared/domain/paginate.ts';
import type { BoardText } from '../../shared/domain/paginate.ts';
import type { BoardProfile } from '../../shared/domain/profile.ts';
import type { SlotClass } from '../../shared/domain/programme.ts';
import type { BoardEntry, HallCard, Item, ObjectRef } from '../../shared/domain/release.ts';
import { present } from '../../shared/kit/assert.ts';
import { canonicalBytes } from '../../shared/kit/json.ts';
import {
  id,
  isChannelId,
  isProfileId,
  isRecordId,
  isScreenId,
  isSha256,
  isSlotId,
} from '../../shared/kit/ids.ts';
import type { Head } from '../../shared/protocol/statements.ts';
import type { Condition, Generation, Pairing, Screen } from '../../shared/sync/generation.ts';

/** A board's screen held in memory, its rotations anchored at the start: what it plays, its clock and its condition are the test's. */
export interface BoardScreen extends Screen {
  /** Moves the clock to `t` and runs the timers due by then, in order. */
  advanceTo(t: number): void;
  /** Gives the board a new set of notices, as a flip would. */
  hold(notices: readonly BoardNotice[]): void;
  become(condition: Partial<Condition>, pairing?: Pairing): void;
  /** Loses the bytes of every object: as damaged objects are, until they are fetched again. */
  damage(): void;
  readonly later: (delayMs: number, callback: () => void) => () => void;
  readonly reports: readonly (string | null)[];
}

export interface BoardNotice extends BoardText {
  readonly name: string;
  readonly version?: number;
  readonly class?: SlotClass;
  readonly latestAt?: number;
  readonly order?: number;
}

/** The channel of every board here. */
export const channel = id(isChannelId, 'hall');

export const HALL: HallCard = {
  name: '安澜县政务服务中心',
  county: '安澜县',
  desk: '一楼大厅东侧',
  phone: '0312-0000000',
  hours: [
    { fromMinute: 510, untilMinute: 720 },
    { fromMinute: 810, untilMinute: 1050 },
  ],
  demo: false,
};

export function boardScreen(
  profile: BoardProfile,
  startAt: number,
  hall: HallCard = HALL,
): BoardScreen {
  const objects = new Map<string, Uint8Array<ArrayBuffer>>();
  const listeners = new Set<() => void>();
  const timers = new Map<() => void, number>();
  const reports: (string | null)[] = [];
  let [t, lost] = [startAt, false];
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
  const wake = () => [...listeners].forEach((listener) => listener());
  return {
    generation: () => generation,
    condition: () => condition,
    now: () => t,
    object: (ref) => Promise.resolve(lost ? undefined : objects.get(ref.digest)),
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    painted: (_generation, showing) => reports.push(showing),
    pairing: () => pairing,
    later: (delayMs, callback) => {
      timers.set(callback, t + delayMs);
      return () => timers.delete(callback);
    },
    advanceTo: (until) => {
      for (;;) {
        const due = [...timers].filter(([, at]) => at <= until).sort((a, b) => a[1] - b[1])[0];
        if (due === undefined) break;
        timers.delete(due[0]);
        t = Math.max(t, due[1]);
        due[0]();
      }
      t = until;
    },
    hold: (notices) => {
      generation = generationOf(profile, hall, notices, startAt, objects);
      wake();
    },
    become: (next, nextPairing) => {
      condition = { ...condition, ...next };
      pairing = nextPairing ?? pairing;
      wake();
    },
    damage: () => {
      lost = !lost;
      wake();
    },
    reports,
  };
}

function generationOf(
  profile: BoardProfile,
  hall: HallCard,
  notices: readonly BoardNotice[],
  phaseAt: number,
  objects: Map<string, Uint8Array<ArrayBuffer>>,
): Generation {
  const head: Head = {
    v: 1,
    channel,
    epoch: 1,
    version: notices.length + 1,
    release: fakeRef(0),
    revoked: [],
    activateAt: 0,
  };
  const board = notices.map((notice) => entryOf(profile, notice, phaseAt, objects));
  const release = {
    v: 1,
    channel,
    hall,
    zone: UTC,
    calendar: { from: 0, until: 0, off: [], on: [] },
    sections: {},
  } as const;
  return {
    lineup: {
      v: 1,
      epoch: 1,
      version: 1,
      screen: id(isScreenId, 'board'),
      name: '大屏',
      device: { kind: 'board', profile: id(isProfileId, profile.id) },
      sections: [`board/${profile.id}`],
      channels: [{ channel, cap: 'interrupt' }],
    },
    channels: [{ channel, cap: 'interrupt', head, release, touch: [], search: [], board }],
  };
}

function entryOf(
  profile: BoardProfile,
  notice: BoardNotice,
  phaseAt: number,
  objects: Map<string, Uint8Array<ArrayBuffer>>,
): { entry: BoardEntry; item: Item } {
  const pages = paginate(notice, profile, metricsOf(profile));
  const bytes = canonicalBytes({ v: 1, profile: profile.id, pages } satisfies Pages);
  const ref: ObjectRef = { digest: fakeRef(hashOf(notice)).digest, bytes: bytes.length };
  objects.set(ref.digest, bytes);
  const dwellSeconds = pages.map((page) => page.dwellSeconds);
  const record = id(isRecordId, notice.name);
  const item: Item = {
    v: 1,
    record,
    version: notice.version ?? 1,
    kind: 'notice',
    audience: 'public',
    carriers: ['board'],
    listing: {
      title: notice.title,
      summary: '',
      issuers: [],
      category: '通告',
      docNo: null,
      madeOn: null,
      publishedOn: null,
      validUntil: null,
    },
    view: fakeRef(1),
    boards: { [profile.id]: { pages: ref, dwellSeconds } },
    search: null,
    earliestAt: null,
    latestAt: notice.latestAt ?? null,
    maxStaleSeconds: 7 * 86_400,
  };
  const entry: BoardEntry = {
    key: id(isSlotId, notice.name),
    record,
    class: notice.class ?? 'default',
    window: { kind: 'always' },
    phaseAt,
    order: notice.order ?? 0,
    turnSeconds: dwellSeconds.reduce((sum, seconds) => sum + seconds, 0),
    item: '',
  };
  return { entry, item };
}

/** Digests are only names here: what checks them is tested with the sync engine. */
function fakeRef(number: number): ObjectRef {
  return { digest: id(isSha256, number.toString(16).padStart(64, '0')), bytes: 1 };
}

function hashOf(notice: BoardNotice): number {
  const text = JSON.stringify(notice);
  return [...text].reduce(
    (sum, char) => (sum * 31 + present(char.codePointAt(0), 'code')) % 2 ** 40,
    7,
  );
}
