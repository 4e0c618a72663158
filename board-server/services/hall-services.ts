import { createAnnouncer } from '../live/announcer.ts';
import { compressed } from '../objects/brotli.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Handlers } from '../routes/handlers.ts';
import type { Store } from '../store/store.ts';
import { exposedSecrets } from '../trust/private-files.ts';
import type { Signer } from '../trust/signer.ts';
import { openSigner } from '../trust/signer.ts';
import { openTickets } from '../trust/tickets.ts';
import type { Alarm } from './alarm.ts';
import { createApprovedItems } from './approved-items.ts';
import { createClockHandlers } from './clock.ts';
import { createDayHandlers } from './day.ts';
import type { Deltas } from './deltas.ts';
import { createDeltas } from './deltas.ts';
import { createHallHandlers } from './hall.ts';
import { createLeasing } from './leasing.ts';
import { createLineupRenewal } from './lineup-renewal.ts';
import { CHANNEL, createPublication } from './publication.ts';
import { createProgrammeHandlers } from './programme.ts';
import type { Publishing } from './publishing.ts';
import { createPublishing } from './publishing.ts';
import { createRecordDesk } from './record-desk.ts';
import { createReviewHandlers } from './record-review.ts';
import { createRecordHandlers } from './records.ts';
import { createRenderings } from './renderings.ts';
import type { Screens } from './screens.ts';
import { createScreens } from './screens.ts';
import type { Collections } from './stored.ts';
import { openCollections } from './stored.ts';
import { createTodayHandlers } from './today.ts';

/** Everything a hall does with records, boards and screens, put together over one store. */
export async function openHallServices(deps: HallDeps): Promise<HallServices> {
  const { store } = deps;
  const collections = openCollections(store);
  const announcer = createAnnouncer();
  const items = createApprovedItems(
    collections.items,
    () => collections.channels.get(CHANNEL)?.value.publishedAt,
  );
  const signer = await openSigner({
    folder: deps.keyFolder,
    clock: deps.clock,
    monotonic: deps.monotonic,
    memory: signatureMemory(store, collections, deps.log),
    restoredUnder: deps.restoredUnder,
  });
  const base = { ...deps, collections, announcer, items, signer };
  const leasing = createLeasing({ ...base, leases: collections.leases, channel: CHANNEL });
  const renderings = createRenderings(base);
  const publication = createPublication({ ...base, renderings });
  const deltas = createDeltas({
    ...deps,
    current: () => publication.current()?.head.release.digest,
    compress: compressed,
  });
  const publishing = createPublishing({
    ...base,
    deltas,
    leasing,
    publication,
    lineups: createLineupRenewal(base),
  });
  const desk = createRecordDesk(base);
  const tickets = await openTickets(deps.keyFolder, deps.random);
  for (const name of await exposedSecrets(deps.keyFolder))
    deps.log(`keys/${name} is readable by others on this machine, and that cannot be changed`);
  const screens = createScreens({ ...base, tickets, publishing });
  screens.outages.start();
  return {
    collections,
    announcer,
    signer,
    publishing,
    deltas,
    screens,
    handlers: {
      ...createRecordHandlers({ ...base, desk }),
      ...createReviewHandlers({ ...base, desk, publishing }),
      ...createProgrammeHandlers({ ...base, publishing }),
      ...createHallHandlers({ ...base, publishing }),
      ...createDayHandlers({ ...base, publishing }),
      ...createClockHandlers({ ...base, publishing }),
      ...createTodayHandlers({ ...base, screens }),
      ...screens.handlers,
    },
  };
}

export interface HallDeps {
  readonly store: Store;
  readonly objects: ObjectStore;
  /** `DATA_DIR/keys` */
  readonly keyFolder: string;
  /** Wall clock, epoch milliseconds. */
  readonly clock: () => number;
  /** Milliseconds since some moment, never set by anyone. */
  readonly monotonic: () => number;
  readonly alarm: Alarm;
  /** The epoch of the backup that the data folder was restored from, if it was. */
  readonly restoredUnder?: number | undefined;
  /** Bytes nobody can foretell. */
  readonly random: (bytes: number) => Uint8Array;
  readonly log: (message: string, error?: unknown) => void;
  /** Origin under which browsers reach the hall, when it is configured. */
  readonly publicUrl?: string | undefined;
  /** The build of the kiosk that this server hands out, where there is one. */
  readonly newestBuild?: string | undefined;
  /** How often one address may offer keys in a minute. */
  readonly pairingsPerMinute?: number | undefined;
}

export interface HallServices {
  readonly collections: Collections;
  readonly announcer: ReturnType<typeof createAnnouncer>;
  readonly signer: Signer;
  readonly publishing: Publishing;
  readonly deltas: Deltas;
  readonly screens: Screens;
  readonly handlers: Pick<Handlers, HallRoute>;
}

export type HallRoute =
  | 'records'
  | 'record'
  | 'createRecord'
  | 'saveRecord'
  | 'previewRecord'
  | 'submitRecord'
  | 'approveRecord'
  | 'returnRecord'
  | 'withdrawRecord'
  | 'programme'
  | 'putSlot'
  | 'removeSlot'
  | 'interrupt'
  | 'boardLayers'
  | 'door'
  | 'hall'
  | 'confirmClock'
  | 'editHall'
  | 'closeEarly'
  | 'reopen'
  | 'putDuty'
  | 'today'
  | 'screenState'
  | 'pairScreen'
  | 'screens'
  | 'approveScreen'
  | 'refuseScreen'
  | 'putScreen'
  | 'makeStick'
  | 'stickFile'
  | 'takeReceipt';

/** [TR10] The instant of the last signature, in the store. A full disk must not stop signing. */
function signatureMemory(
  store: Store,
  { signer }: Pick<Collections, 'signer'>,
  log: HallDeps['log'],
) {
  const KEY = 'clock';
  return {
    lastSignedAt: () => signer.get(KEY)?.value.lastSignedAt,
    async remember(lastSignedAt: number) {
      const kept = await store.commit({ puts: [signer.put(KEY, { v: 1, lastSignedAt })] });
      if (!kept.ok) log(`the time of the last signature was not kept: ${kept.refusal}`);
    },
  };
}
