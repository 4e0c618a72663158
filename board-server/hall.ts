import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Result } from '../shared/kit/result.ts';
import { accepted } from '../shared/kit/result.ts';
import type { Config } from './config.ts';
import type { Logger } from './log.ts';
import { openObjectStore } from './objects/file-objects.ts';
import type { ObjectStore } from './objects/object-store.ts';
import type { AccountServices } from './services/account-services.ts';
import { createAccountServices } from './services/account-services.ts';
import type { Handlers } from './routes/handlers.ts';
import { createAuditExportHandlers } from './services/audit-export.ts';
import { createAlarm } from './services/alarm.ts';
import type { HallServices } from './services/hall-services.ts';
import { openHallServices } from './services/hall-services.ts';
import type { OpenRefusal } from './store/journal-store.ts';
import { openJournalStore } from './store/journal-store.ts';
import { nodeFileSystem } from './store/node-file-system.ts';
import { nodeProcesses } from './store/node-processes.ts';
import type { Store } from './store/store.ts';

/** A hall with its data folder open: everything but the door. */
export interface Hall {
  readonly store: Store;
  readonly objects: ObjectStore;
  readonly accounts: AccountServices;
  readonly services: HallServices;
  /** One for every route. */
  readonly handlers: Handlers;
  /** What keeps the hall from its work, for /readyz; empty when it can do everything. */
  obstacles(): readonly string[];
  close(): Promise<void>;
}

/** The outside world as ports, in the one place that reads it. */
export const clock = (): number => Date.now();
export const monotonic = (): number => performance.now();
export const random = (bytes: number): Uint8Array => randomBytes(bytes);

/** Opens the data folder: `store`, `objects` and `keys` lie in it side by side. */
export async function openHall(config: Config, log: Logger): Promise<Result<Hall, OpenRefusal>> {
  const folder = resolve(config.dataDir);
  const store = await openJournalStore({
    folder: `${folder}/store`,
    fileSystem: nodeFileSystem,
    processes: await nodeProcesses(),
    clock,
  });
  if (!store.ok) return store;
  const objects = await openObjectStore({
    folder: `${folder}/objects`,
    fileSystem: nodeFileSystem,
    clock,
  });
  const accounts = createAccountServices({ store: store.value, random });
  const services = await openHallServices({
    store: store.value,
    objects,
    keyFolder: `${folder}/keys`,
    clock,
    monotonic,
    alarm: createAlarm(clock),
    random,
    publicUrl: config.publicUrl,
    log: (message, error) => log.warn({ err: error }, message),
  });
  for (const { file, reason } of store.value.status().damage) {
    log.error({ file, reason }, 'damage in the data folder is kept in quarantine');
  }
  return accepted({
    store: store.value,
    objects,
    accounts,
    services,
    handlers: {
      ...services.handlers,
      ...accounts.handlers,
      ...createAuditExportHandlers({
        store: store.value,
        index: accounts.auditIndex,
        signer: services.signer,
        halls: services.collections.halls,
      }),
    },
    obstacles: () => obstaclesOf(store.value, services),
    async close() {
      await services.screens.outages.close();
      await services.publishing.close();
      await store.value.close();
    },
  });
}

function obstaclesOf(store: Store, { signer, publishing }: HallServices): string[] {
  const { state } = store.status();
  const suspicion = signer.suspicion();
  return [
    ...(state === 'ok' ? [] : [`store: ${state}`]),
    ...(suspicion === undefined ? [] : [`clock: ${suspicion}`]),
    ...(publishing.current() === undefined ? ['nothing is published'] : []),
  ];
}
