import { present } from '../../shared/kit/assert.ts';
import type { ScreenId, Sha256 } from '../../shared/kit/ids.ts';
import type { Screen } from '../../shared/sync/generation.ts';
import type { SyncPorts } from '../../shared/sync/ports.ts';
import type { OpenScreen } from '../../shared/sync/screen.ts';
import { openScreen } from '../../shared/sync/screen.ts';
import { clocks, random, timer } from './clocks.ts';
import type { Connection } from './connection.ts';
import { connect } from './connection.ts';
import { digest, openVerify } from './crypto.ts';
import { databaseName, openDatabase } from './database.ts';
import { openDeviceKey } from './device-key.ts';
import type { Feature } from './floor.ts';
import { missingFeatures } from './floor.ts';
import { createPairingDesk } from './pairing.ts';
import { createReporter } from './reporter.ts';
import type { Shell } from './shell.ts';
import { openShell, shellName } from './shell.ts';
import { storagesOf } from './storage.ts';
import { fetchUpstream } from './upstream.ts';

export interface BrowserScreenOptions {
  readonly screen: ScreenId;
  /** Fingerprint of the trusted root, from the launch address. */
  readonly root?: Sha256;
  /** Origin of the hall's server. */
  readonly base: string;
}

export interface BrowserScreen extends Screen {
  /** The shell kept for reloads; undefined while developing and where the browser denies it. */
  readonly shell: Promise<Shell | undefined>;
  close(): void;
}

/** A screen in this browser, or what the browser lacks to be one. */
export type OpenedScreen =
  | { readonly ok: true; readonly screen: BrowserScreen }
  | { readonly ok: false; readonly missing: readonly Feature[] };

const PAIRING_EVERY_MS = 60_000;

/** Opens what this browser holds of a screen and keeps it level with the hall's server. */
export async function openBrowserScreen({ screen: id, root, base }: BrowserScreenOptions): Promise<OpenedScreen> {
  const missing = missingFeatures(window);
  if (missing.length > 0) return { ok: false, missing };
  // Asked for once: data that the browser may throw away under pressure is fetched again.
  void navigator.storage.persist();
  const database = await openDatabase(databaseName(id));
  const storages = storagesOf(database, localStorage, databaseName(id));
  const [key, verify] = await Promise.all([openDeviceKey(database), openVerify()]);
  let connection: Connection | undefined;
  let screen: OpenScreen | undefined;
  const reporter = createReporter({
    key,
    shell: shellName,
    notebook: storages.notebooks[1],
    send: async (envelope) => connection?.report(envelope) ?? 'unreachable',
  });
  const desk = createPairingDesk({
    ...{ base, screen: id, key },
    changed: ({ state }) => {
      screen?.pairingChanged();
      if (state === 'paired') void reporter.retry();
    },
  });
  const ports: SyncPorts = { ...storages, upstream: fetchUpstream(base), clocks, timer, random, digest, verify };
  const opened = await openScreen({ screen: id, root, ports, report: reporter.report, pairing: desk.pairing });
  screen = opened;
  connection = connect(base, id, {
    connected(up) {
      opened.connected(up);
      if (up) void desk.ask();
    },
    moved: opened.moved,
    leased: (message) => void opened.leased(message),
    lineup() {
      void opened.ask();
      void desk.ask();
    },
  });
  const cancelPairing = askEachMinute(desk);
  const shell = openShell();
  const close = (): void => {
    opened.close();
    present(connection, 'connection').close();
    cancelPairing();
    database?.close();
    void shell.then((running) => running?.close());
  };
  return { ok: true, screen: { ...opened, shell, close } };
}

function askEachMinute(desk: ReturnType<typeof createPairingDesk>): () => void {
  let cancel = timer(clocks.monotonic() + PAIRING_EVERY_MS, function ask() {
    cancel = timer(clocks.monotonic() + PAIRING_EVERY_MS, ask);
    if (desk.pairing().state !== 'paired') void desk.ask();
  });
  return () => cancel();
}
