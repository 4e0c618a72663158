import type { ScreenId, Sha256 } from '../../shared/kit/ids.ts';
import type { Screen } from '../../shared/sync/generation.ts';
import type { Notebook, SyncPorts, Upstream } from '../../shared/sync/ports.ts';
import type { OpenScreen } from '../../shared/sync/screen.ts';
import { openScreen } from '../../shared/sync/screen.ts';
import { firstPicture } from './boot.ts';
import { shellBuild } from './boot-word.ts';
import { clocks, random, timer } from './clocks.ts';
import type { Connect, Connection, ConnectionListener } from './connection.ts';
import { connectLater } from './connect-later.ts';
import type { Verify } from '../../shared/trust/digest.ts';
import { digest, openVerify } from './crypto.ts';
import type { Database } from './database.ts';
import { databaseName } from './database.ts';
import type { DeviceKey } from './device-key.ts';
import { openDeviceKey } from './device-key.ts';
import type { Feature } from './floor.ts';
import { missingFeatures } from './floor.ts';
import type { Ground } from './ground.ts';
import { openGround } from './ground.ts';
import type { PairingDesk } from './pairing.ts';
import { createPairingDesk } from './pairing.ts';
import type { Reporter } from './reporter.ts';
import { createReporter } from './reporter.ts';
import type * as ShellCode from './shell.ts';
import type { Shell, ShellPorts } from './shell.ts';
import { storagesOf } from './storage.ts';
import { fetchUpstream } from './upstream.ts';

export interface BrowserScreenOptions {
  readonly screen: ScreenId;
  /** Fingerprint of the trusted root, from the launch address. */
  readonly root?: Sha256;
  /** Origin of the hall's server. */
  readonly base: string;
  /** [SH9] Another page of this browser is this screen: this one waits until it is gone. */
  readonly waits?: () => void;
  /** [SH2] Whether nobody is here: asked when a next shell has sat long enough. */
  readonly isIdle?: () => boolean;
  /** Of its database, its second notebook and its lock; that of the screen unless given. */
  readonly name?: string;
  /** What was begun of that name before. */
  readonly ground?: Promise<Ground> | undefined;
  /** [WA1] Puts something between a screen and its box, as the demonstration wall does. */
  readonly rewire?: (wiring: Wiring) => Wiring;
}

/** What a screen in this browser works on. */
export interface Wiring {
  readonly ports: SyncPorts;
  readonly connect: Connect;
}

export interface BrowserScreen extends Screen {
  /** The shell kept for reloads; undefined while developing and where the browser denies it. */
  readonly shell: Promise<Shell | undefined>;
  readonly bench: Bench;
  close(): void;
}

/** What the technician's page works on. */
export interface Bench {
  readonly id: ScreenId;
  readonly key: DeviceKey;
  readonly open: OpenScreen;
  readonly reporter: Reporter;
  /** Called when something new stands on the glass. */
  painted?: (() => void) | undefined;
}

/** A screen in this browser, or what the browser lacks to be one. */
export type OpenedScreen =
  | { readonly ok: true; readonly screen: BrowserScreen }
  | { readonly ok: false; readonly missing: readonly Feature[] };

const PAIRING_EVERY_MS = 60_000;
/** A page that is being left lets go within this time. */
const LEAVING_MS = 1500;

/** Opens what this browser holds of a screen and keeps it level with the hall's server. */
export async function openBrowserScreen(options: BrowserScreenOptions): Promise<OpenedScreen> {
  const missing = missingFeatures(window);
  if (missing.length > 0) return { ok: false, missing };
  // Without this the browser may throw data away under pressure; denied, it is fetched again.
  void navigator.storage.persist();
  const { name = databaseName(options.screen), ground = openGround(name) } = options;
  const leaving = setTimeout(() => options.waits?.(), LEAVING_MS);
  const { database, leave } = await ground;
  clearTimeout(leaving);
  const { bench, begin, close } = await openOn(database, name, options);
  const isCard = (): boolean => bench.open.generation() === undefined;
  const picture = firstPicture(isCard);
  if (isCard()) begin();
  else void picture.soon.then(begin);
  // The shell is kept once the first picture stands: what shows it comes first.
  const shell: Promise<Shell | undefined> = picture.over.then(async () =>
    (await shellCode())?.openShell(shellPorts(bench.open, options, () => shell)),
  );
  const screen: BrowserScreen = {
    ...bench.open,
    shell,
    bench,
    painted(generation, showing) {
      picture.painted();
      bench.open.painted(generation, showing);
      bench.painted?.();
    },
    close() {
      close();
      database?.close();
      leave();
      void shell.then((running) => running?.close());
    },
  };
  void picture.stands.then(async () => (await shellCode())?.sayBooted(bench.reporter.runs));
  void picture.over.then(() => listenForTechnician(screen));
  return { ok: true, screen };
}

/** [SK8] Unreachable, it is there after the next start. */
async function listenForTechnician(screen: BrowserScreen): Promise<void> {
  const page = await import('../technician/listen.ts').catch(() => undefined);
  page?.listenForTechnician(screen);
}

/** What looks after the shell is fetched after the first picture, like all that is not seen. */
async function shellCode(): Promise<typeof ShellCode | undefined> {
  try {
    return await import('./shell.ts');
  } catch (error) {
    if (error instanceof Error) return undefined; // The line went right then: the next page tries.
    throw error;
  }
}

function shellPorts(
  screen: Screen,
  { isIdle = () => false }: BrowserScreenOptions,
  shell: () => Promise<Shell | undefined>,
): ShellPorts {
  return {
    isConnected: () => screen.condition().connected,
    rested() {
      if (isIdle()) void shell().then((running) => running?.swapWhenIdle());
    },
  };
}

/** A screen that is open; the hall's server is asked for news once it begins. */
interface Opened {
  readonly bench: Bench;
  readonly begin: () => void;
  readonly close: () => void;
}

async function openOn(
  database: Database | undefined,
  name: string,
  { screen: id, root, base, rewire = asItIs }: BrowserScreenOptions,
): Promise<Opened> {
  const storages = storagesOf(database, localStorage, name);
  const keyOpens = openDeviceKey(database);
  const verifyOpens = openVerify();
  const verify: Verify = async (...signed) => (await verifyOpens)(...signed);
  const line = createLine(fetchUpstream(base));
  const wiring = rewire({
    ports: { ...storages, upstream: line.upstream, clocks, timer, random, digest, verify },
    connect: connectLater,
  });
  const live: { connection?: Connection; reporter?: Reporter; desk?: PairingDesk } = {};
  const { ports } = wiring;
  const [screen, key] = await Promise.all([
    openScreen({
      screen: id,
      root,
      ports,
      // Whoever listens is told anew once a connection is there.
      report: (body) => live.reporter?.report(body),
      pairing: () => live.desk?.pairing() ?? { state: 'unknown' },
    }),
    keyOpens,
  ]);
  const reporter = createReporter({
    key,
    shell: shellBuild,
    notebook: storages.notebooks[1],
    send: (envelope) => live.connection?.report(envelope),
  });
  const desk = createPairingDesk({
    base,
    screen: id,
    key,
    changed({ state }) {
      screen.pairingChanged();
      if (state === 'paired') void reporter.retry();
    },
  });
  Object.assign(live, { reporter, desk });
  const listener = listenFor(screen, desk, reporter, storages.notebooks[1]);
  let state: 'open' | 'closed' = 'open';
  const begin = (): void => {
    line.begin();
    if (state === 'open') live.connection = wiring.connect(base, id, listener);
  };
  const cancelPairing = askEachMinute(screen, desk);
  const close = (): void => {
    state = 'closed';
    screen.close();
    live.connection?.close();
    cancelPairing();
  };
  return { bench: { id, key, open: screen, reporter }, begin, close };
}

/** What is held is drawn before anything is asked: the answer would be read in the picture's time. */
function createLine(upstream: Upstream): { readonly upstream: Upstream; begin(): void } {
  let begin = nothing;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  return {
    upstream: {
      ...upstream,
      state: (screen, maxBytes) => begun.then(() => upstream.state(screen, maxBytes)),
    },
    begin: () => begin(),
  };
}

const nothing = (): void => undefined;

const asItIs = (wiring: Wiring): Wiring => wiring;

function listenFor(
  screen: OpenScreen,
  desk: PairingDesk,
  { refused, reported }: Reporter,
  notebook: Notebook,
): ConnectionListener {
  return {
    notebook,
    refused,
    reported,
    connected(up, isKnown) {
      screen.connected(up, isKnown);
      if (up) void desk.ask();
    },
    moved: screen.moved,
    leased: (message) => void screen.leased(message),
    lineup() {
      void screen.ask();
      void desk.ask();
    },
  };
}

function askEachMinute(screen: Screen, desk: PairingDesk): () => void {
  let cancel = timer(clocks.monotonic() + PAIRING_EVERY_MS, function ask() {
    cancel = timer(clocks.monotonic() + PAIRING_EVERY_MS, ask);
    if (screen.condition().connected && desk.pairing().state !== 'paired') void desk.ask();
  });
  return () => cancel();
}
