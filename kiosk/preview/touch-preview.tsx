import { signal } from '@preact/signals';
import type { ZoneTable } from '../../shared/domain/civil.ts';
import { zoneTable } from '../../shared/domain/civil.ts';
import type { Item, ObjectRef } from '../../shared/domain/release.ts';
import { id, isChannelId, isRecordId, isScreenId, isSha256 } from '../../shared/kit/ids.ts';
import { canonicalBytes } from '../../shared/kit/json.ts';
import type { PreviewMessage } from '../../shared/protocol/preview.ts';
import type { Generation, Screen } from '../../shared/sync/generation.ts';
import { clocks, timer } from '../device/clocks.ts';
import type { Touch } from '../touch/context.ts';
import { mountTouch } from '../touch/mount.tsx';

type TouchMessage = Extract<PreviewMessage, { kind: 'touch' }>;

let mounted: Touch | undefined;

/** The real touch page, opened at one record that nobody has published. */
export function showRecord(place: HTMLElement, message: TouchMessage): void {
  mounted?.close();
  mounted = mountTouch(screenOf(message), PORTS, place);
  const { title } = message.listing;
  const { visit } = mounted;
  visit.begin();
  visit.go({ page: 'document', record: RECORD, opened: { version: 0, title, latestAt: null } });
  if (message.largeType) visit.growType();
}

const RECORD = id(isRecordId, 'preview');
const CHANNEL = id(isChannelId, 'preview');

/** A preview is looked at for as long as its editor likes: nobody has left the screen. */
const LONGEST_WAIT_MS = 10_000;

const PORTS = {
  monotonic: clocks.monotonic,
  timer: (at: number, run: () => void) =>
    at - clocks.monotonic() > LONGEST_WAIT_MS ? () => undefined : timer(at, run),
  speech: signal(undefined),
  searchWorker: silentWorker,
  idled: () => undefined,
};

/** A sandboxed frame may start no worker, and one record needs no search. */
function silentWorker(): Worker {
  const silent = Object.assign(new EventTarget(), {
    postMessage: () => undefined,
    terminate: () => undefined,
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- answers nothing, like a worker that is still starting
  return silent as unknown as Worker;
}

/** Instants on the page, such as when a notice ends, lie within these years. */
const YEARS_MS = 2 * 366 * 86_400_000;

function screenOf({ hall, zone: name, device, listing, view }: TouchMessage): Screen {
  const bytes = canonicalBytes(view);
  const ref: ObjectRef = { digest: NO_DIGEST, bytes: bytes.length };
  const item: Item = {
    v: 1,
    record: RECORD,
    version: 0,
    kind: 'notice',
    audience: 'public',
    carriers: ['touch'],
    listing,
    view: ref,
    boards: {},
    search: null,
    earliestAt: null,
    latestAt: null,
    maxStaleSeconds: null,
  };
  const now = clocks.wall;
  const zone = zoneTable(name, now() - YEARS_MS, now() + YEARS_MS);
  const generation = generationOf({ hall, zone, device, item, ref });
  const condition = {
    freshAt: { [CHANNEL]: now() },
    carriedAt: NaN,
    revoked: {},
    connected: true,
    clock: 'confirmed',
    problems: {},
  } as const;
  return {
    generation: () => generation,
    condition: () => condition,
    now,
    object: () => Promise.resolve(bytes),
    listen: () => () => undefined,
    painted: () => undefined,
    pairing: () => ({ state: 'unknown' }),
  };
}

const NO_DIGEST = id(isSha256, '0'.repeat(64));

interface Parts {
  readonly hall: TouchMessage['hall'];
  readonly zone: ZoneTable;
  readonly device: TouchMessage['device'];
  readonly item: Item;
  readonly ref: ObjectRef;
}

function generationOf({ hall, zone, device, item, ref }: Parts): Generation {
  const calendar = { from: 0, until: 0, off: [], on: [] };
  const played = { channel: CHANNEL, cap: 'default' } as const;
  return {
    lineup: {
      v: 1,
      epoch: 0,
      version: 0,
      screen: id(isScreenId, 'preview'),
      name: '',
      device,
      sections: ['touch'],
      channels: [played],
    },
    channels: [
      {
        ...played,
        head: {
          v: 1,
          channel: CHANNEL,
          epoch: 0,
          version: 0,
          release: ref,
          revoked: [],
          activateAt: 0,
        },
        release: { v: 1, channel: CHANNEL, hall, zone, calendar, sections: {} },
        touch: [{ item, since: 0 }],
        search: [],
        board: [],
      },
    ],
  };
}
