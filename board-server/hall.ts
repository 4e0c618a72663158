import { randomBytes } from 'node:crypto';
import { totalmem } from 'node:os';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { parseJson } from '../shared/kit/json.ts';
import type { Result } from '../shared/kit/result.ts';
import { accepted, refused } from '../shared/kit/result.ts';
import { dataFolder } from './backup/data-folder.ts';
import type { DataFolder } from './backup/data-folder.ts';
import { isCutShort } from './backup/restore.ts';
import { createKeeper } from './backup/keeper.ts';
import { readRestoredMark } from './backup/restored-mark.ts';
import type { Config } from './config.ts';
import type { Logger } from './log.ts';
import type { FileObjects } from './objects/file-objects.ts';
import { openObjectStore } from './objects/file-objects.ts';
import { memoryForObjects } from './objects/memory.ts';
import type { ReadAhead } from './objects/read-ahead.ts';
import { createReadAhead } from './objects/read-ahead.ts';
import { releaseFirst } from './objects/release-first.ts';
import type { AccountServices } from './services/account-services.ts';
import { createAccountServices } from './services/account-services.ts';
import type { Handlers } from './routes/handlers.ts';
import { createAuditExportHandlers } from './services/audit-export.ts';
import { createRetention } from './retention/retention.ts';
import { createAlarm } from './services/alarm.ts';
import { AUDIT } from './services/audit.ts';
import type { HallServices } from './services/hall-services.ts';
import { openHallServices } from './services/hall-services.ts';
import { createKeepingHandlers } from './services/keeping.ts';
import { CHANNEL } from './services/publication.ts';
import { MIGRATIONS } from './services/upgrades.ts';
import type { OpenRefusal } from './store/journal-store.ts';
import { openJournalStore } from './store/journal-store.ts';
import type { JournalStore } from './store/journaled.ts';
import type { Migrations } from './store/migrations.ts';
import type { FileSystem } from './store/file-system.ts';
import { nodeFileSystem } from './store/node-file-system.ts';
import { nodeProcesses } from './store/node-processes.ts';
import type { Store } from './store/store.ts';
import { DamagedKeys } from './trust/signer.ts';

/** A hall with its data folder open: everything but the door. */
export interface Hall {
  readonly store: Store;
  readonly objects: FileObjects;
  readonly accounts: AccountServices;
  readonly services: HallServices;
  /** One for every route. */
  readonly handlers: Handlers;
  /** What keeps the hall from its work, for /readyz; empty when it can do everything. */
  obstacles(): readonly string[];
  /** [OP5] Says so among the obstacles from now on: whoever asks sends nobody here any more. */
  announceStop(): void;
  close(): Promise<void>;
}

/** The outside world as ports, in the one place that reads it. */
export const clock = (): number => Date.now();
export const monotonic = (): number => performance.now();
export const random = (bytes: number): Uint8Array => randomBytes(bytes);

/** [UP1] The store of a data folder, its documents brought to today's shape. */
export async function openStore(
  { store: folder }: Pick<DataFolder, 'store'>,
  migrations: Migrations = MIGRATIONS,
  fileSystem: FileSystem = nodeFileSystem,
): Promise<Result<JournalStore, OpenRefusal>> {
  return openJournalStore({
    folder,
    fileSystem,
    processes: await nodeProcesses(),
    clock,
    migrations,
  });
}

/**
 * - `half-restored`: a restore into the folder was cut short.
 * - `lost-keys`: what says who may sign is missing or damaged; `detail` names the file.
 */
export type HallRefusal = OpenRefusal | 'half-restored' | 'lost-keys';

/** Opens the data folder: `store`, `objects` and `keys` lie in it side by side. */
export async function openHall(
  config: Config,
  log: Logger,
  fileSystem: FileSystem = nodeFileSystem,
): Promise<Result<Hall, HallRefusal>> {
  const folder = dataFolder(config);
  if (await isCutShort(folder)) return refused('half-restored', folder.path);
  const store = await openStore(folder, MIGRATIONS, fileSystem);
  if (!store.ok) return store;
  try {
    return accepted(await furnished({ folder, config, log, fileSystem }, store.value));
  } catch (error) {
    await store.value.close();
    if (!(error instanceof DamagedKeys)) throw error;
    return refused('lost-keys', `${folder.keys}/${error.message}`);
  }
}

interface Surroundings {
  readonly folder: DataFolder;
  readonly config: Config;
  readonly log: Logger;
  readonly fileSystem: FileSystem;
}

async function furnished(
  { folder, config, log, fileSystem }: Surroundings,
  store: Store,
): Promise<Hall> {
  const objects = await openObjectStore({
    folder: folder.objects,
    fileSystem,
    clock,
    cacheBytes: memoryForObjects(process.constrainedMemory(), totalmem()),
  });
  const alarm = createAlarm(clock);
  const warn = (message: string, error?: unknown): void => log.warn({ err: error }, message);
  const accounts = createAccountServices({ store, random });
  const restored = await readRestoredMark(nodeFileSystem, folder.path);
  const services = await openHallServices({
    store,
    objects,
    keyFolder: folder.keys,
    restoredUnder: restored?.epoch,
    clock,
    monotonic,
    alarm,
    random,
    publicUrl: config.publicUrl,
    newestBuild: await readBuild(),
    log: warn,
  });
  const retention = createRetention({
    store,
    objects,
    logs: [AUDIT],
    alarm,
    clock,
    isClockSound: () => services.signer.suspicion() === undefined,
    log: warn,
  });
  retention.start();
  const readAhead = beginReadAhead(objects, services, warn);
  for (const { file, reason } of store.status().damage) {
    log.error({ file, reason }, 'damage in the data folder is kept in quarantine');
  }
  const leaving: string[] = [];
  return {
    store,
    objects,
    accounts,
    services,
    handlers: handlersOf(folder, { store, objects, accounts, services }),
    obstacles: () => [...leaving, ...obstaclesOf(store, services)],
    announceStop: () => void leaving.push('stopping'),
    async close() {
      await readAhead.close();
      await retention.close();
      await services.screens.close();
      await services.publishing.close();
      await store.close();
    },
  };
}

/** [PR7] What the release that is out names comes first. */
function beginReadAhead(
  objects: FileObjects,
  { collections }: HallServices,
  log: (message: string, error: unknown) => void,
): ReadAhead {
  const release = (): unknown => collections.channels.get(CHANNEL)?.value;
  const ordered = { ...objects, names: () => releaseFirst(release, objects) };
  const readAhead = createReadAhead({ objects: ordered, monotonic, later, log });
  readAhead.start();
  return readAhead;
}

/** [SH1] The build in `dist`, which this run hands out; undefined where nothing is built. */
async function readBuild(): Promise<string | undefined> {
  const file = fileURLToPath(new URL('../dist/kiosk/shell.json', import.meta.url));
  const bytes = await nodeFileSystem.read(file);
  return bytes && shellFile.safeParse(parseJson(bytes.toString())).data?.build;
}

const shellFile = z.strictObject({ build: z.string() });

/** For what keeps no process alive. */
function later(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms).unref();
  return () => clearTimeout(timer);
}

function handlersOf(
  folder: DataFolder,
  { store, objects, accounts, services }: Pick<Hall, 'store' | 'objects' | 'accounts' | 'services'>,
): Handlers {
  const { signer, collections } = services;
  return {
    ...services.handlers,
    ...accounts.handlers,
    ...createKeepingHandlers({ keeper: createKeeper(folder, clock), objects, signer }),
    ...createAuditExportHandlers({
      store,
      index: accounts.auditIndex,
      signer,
      halls: collections.halls,
    }),
  };
}

function obstaclesOf(store: Store, { signer, publishing }: HallServices): string[] {
  const { state } = store.status();
  const suspicion = signer.suspicion();
  return [
    ...(state === 'ok' ? [] : [`store: ${state}`]),
    ...(suspicion === undefined ? [] : [`clock: ${suspicion}`]),
    ...(signer.isHeld ? ['restored from a backup: npm run hall -- raise-epoch'] : []),
    ...signer.damage.map(({ file, reason }) => `keys/${file}: ${reason}`),
    ...(publishing.current() === undefined ? ['nothing is published'] : []),
  ];
}
