import type { ScreenId } from '../../shared/kit/ids.ts';
import type { History } from '../../shared/domain/outage-history.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import type { OutputOf, ScreenCounts } from '../../shared/protocol/routes.ts';
import type { Ack, ScreenState } from '../../shared/protocol/screen.ts';
import { hasPainted } from '../../shared/protocol/screen-state.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import type { Announcer } from '../live/announcer.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Device } from '../../shared/protocol/statements.ts';
import type { Played, ScreenPort } from '../live/screen-sockets.ts';
import type { Handlers, Reply } from '../routes/handlers.ts';
import type { Store } from '../store/store.ts';
import type { Signer } from '../trust/signer.ts';
import type { Tickets } from '../trust/tickets.ts';
import type { ApprovedItems } from './approved-items.ts';
import type { Alarm } from './alarm.ts';
import type { Kept } from './collection.ts';
import type { Behind, Outages } from './outages.ts';
import { createOutages, paintedIn } from './outages.ts';
import type { Pairing } from './pairing.ts';
import { createKeptReports } from './kept-reports.ts';
import { createPairing } from './pairing.ts';
import type { Presence } from './presence.ts';
import { createPresence } from './presence.ts';
import type { Proven, Publishing } from './publishing.ts';
import { createReceiptHandlers } from './receipts.ts';
import { CHANNEL } from './publication.ts';
import type { Proofs } from './proofs.ts';
import { createProofs } from './proofs.ts';
import type { Reports, Taken } from './reports.ts';
import { createReports } from './reports.ts';
import type { ScreenIndex } from './screen-index.ts';
import { createScreenIndex } from './screen-index.ts';
import { createScreenKeyHandlers } from './screen-keys.ts';
import { putScreen, sectionsOf } from './screen-lineups.ts';
import { pageOfScreens } from './screen-list.ts';
import type { ProgramStanding } from './screen-program.ts';
import { programOf } from './screen-program.ts';
import type { ScreenView } from './screen-views.ts';
import { screenViewOf, standingOf } from './screen-views.ts';
import { createStickHandlers } from './sticks.ts';
import type { Collections, ScreenDocument } from './stored.ts';

type Owned =
  | 'screenState'
  | 'pairScreen'
  | 'screens'
  | 'approveScreen'
  | 'refuseScreen'
  | 'putScreen'
  | 'makeStick'
  | 'stickFile'
  | 'takeReceipt';

export interface ScreenDeps {
  readonly store: Store;
  readonly collections: Pick<
    Collections,
    'screens' | 'reports' | 'reportShards' | 'outages' | 'downtimes' | 'leases' | 'halls'
  >;
  readonly objects: Pick<ObjectStore, 'read' | 'has'>;
  readonly alarm: Alarm;
  readonly items: ApprovedItems;
  readonly signer: Signer;
  readonly tickets: Tickets;
  readonly publishing: Pick<Publishing, 'current' | 'fresh'>;
  readonly announcer: Announcer;
  readonly clock: () => number;
  readonly random: (bytes: number) => Uint8Array;
  readonly log: (message: string, error?: unknown) => void;
  /** The build of the kiosk that this server hands out, where there is one. */
  readonly newestBuild?: string | undefined;
  /** How often one address may offer keys in a minute. */
  readonly pairingsPerMinute?: number | undefined;
}

const playedAs = (device: Device | undefined): Played | undefined =>
  device && { channels: [CHANNEL], sections: sectionsOf(device) };

export interface Screens {
  readonly handlers: Pick<Handlers, Owned>;
  /** Everything one screen needs to be up to date. */
  readonly state: (screen: ScreenId) => Promise<Reply<OutputOf<'screenState'>>>;
  /** What the sockets ask and tell. */
  readonly port: ScreenPort;
  /** Every screen as the console shows it at `t`; a look at each, so not for every request. */
  list(t: number): readonly ScreenView[];
  /** How many screens are in each group at `t`. */
  counts(t: number): ScreenCounts;
  /** How many have a socket open. */
  connectedCount(): number;
  readonly outages: Outages;
  /** Writes what was heard and is not written yet. */
  close(): Promise<void>;
}

/** The hall's screens: what each is, which key it has, what it painted. */
export function createScreens(deps: ScreenDeps): Screens {
  const { collections, announcer } = deps;
  const pairing = createPairing(deps.random);
  const presence = createPresence();
  const changed = (screen: ScreenId): void => {
    index.touch(screen);
    announcer.changed({ topic: 'screens', id: screen });
  };
  const kept = createKeptReports(deps);
  const proofs = createProofs(deps.tickets);
  const reports = createReports({
    screens: collections.screens,
    kept,
    changed,
    forged: (screen) => distrust(deps, proofs, screen),
  });
  const program = createPrograms(deps, presence, reports);
  const viewOf = createViewOf(deps, {
    pairing,
    presence,
    reports,
    heardUntil: (screen) => heardUntil(outages.of(screen)),
    program,
  });
  const index = createIndex(deps, viewOf, program);
  const viewsOf = viewsWith(collections, viewOf);
  const outages = createOutages({
    ...deps,
    behind(t) {
      const { ids, standing } = index.at(t);
      const unconfirmed = ids.filter((screen) => standing(screen)?.confirmed !== true);
      return behindAmong(viewsOf(unconfirmed, t));
    },
  });

  const state = (screen: ScreenId) => stateOf(deps, screen);
  return {
    state,
    list: (t) => viewsOf(index.at(t).ids, t),
    counts: (t) => index.at(t).counts,
    connectedCount: presence.connectedCount,
    outages,
    handlers: {
      ...createScreenKeyHandlers({ ...deps, pairing, changed }),
      screenState: (_context, { screen }) => state(screen),
      screens: pagesOf(deps, { index, reports, viewsOf }),
      ...createReceiptHandlers({
        ...deps,
        pairing,
        reports,
        outages,
        changed,
        view: (screen, t) => viewsOf([screen], t)[0],
      }),
      ...createStickHandlers({ ...deps, stateWith: (id, current) => stateWith(deps, id, current) }),
      putScreen: (context, input) => putScreen({ ...deps, changed }, context, input),
    },
    port: portOf({ ...deps, presence, proofs, reports, outages, changed }),
    close: async () => void (await Promise.all([outages.close(), kept.flush()])),
  };
}

function createIndex(
  { collections, publishing }: ScreenDeps,
  viewOf: ViewOf,
  program: Programs,
): ScreenIndex {
  return createScreenIndex({
    ids: () => collections.screens.list().map(({ id: screen }) => screen),
    common: () => publishing.current()?.document,
    standingOf(screen, t) {
      const kept = collections.screens.get(screen);
      if (kept === undefined) return undefined;
      return standingOf(viewOf(kept, t), program(screen, t).until, t);
    },
  });
}

/** [TK3] A page of the list, the newest signature of each of its screens looked at. */
function pagesOf(
  { collections, signer }: ScreenDeps,
  known: {
    readonly index: ScreenIndex;
    readonly reports: Reports;
    readonly viewsOf: (screens: readonly string[], t: number) => ScreenView[];
  },
): Handlers['screens'] {
  const { index, reports, viewsOf } = known;
  return async ({ now }, input) => {
    const t = now();
    const { ids, ...page } = pageOfScreens(collections.screens, index.at(t), input);
    for (const screen of ids) await reports.look(screen);
    const { rootFingerprint } = signer;
    return accepted({ ...page, screens: viewsOf(ids, t), rootFingerprint });
  };
}

type ViewOf = ReturnType<typeof createViewOf>;
type Programs = (screen: string, t: number) => ProgramStanding;

/** Of those that are there. */
const viewsWith =
  ({ screens: kept }: Pick<Collections, 'screens'>, viewOf: ViewOf) =>
  (screens: readonly string[], t: number): ScreenView[] =>
    screens.flatMap((screen) => {
      const document = kept.get(screen);
      return document === undefined ? [] : [viewOf(document, t)];
    });

/** [SH10] How screens' programs stand to the build that came with this run of the server. */
function createPrograms(
  { newestBuild, clock }: Pick<ScreenDeps, 'newestBuild' | 'clock'>,
  presence: Presence,
  reports: Reports,
): Programs {
  const newest = newestBuild === undefined ? undefined : { build: newestBuild, since: clock() };
  return (screen, t) => {
    const said = reports.newest(screen)?.said.shell;
    return programOf({ said, connectedSince: presence.connectedSince(screen), newest }, t);
  };
}

/** What is kept of a screen and what is known of it now, put together. */
function createViewOf(
  { items, publishing }: ScreenDeps,
  known: {
    readonly pairing: Pairing;
    readonly presence: Presence;
    readonly reports: Reports;
    readonly heardUntil: (screen: string) => number | undefined;
    readonly program: Programs;
  },
): (kept: Kept<ScreenDocument>, t: number) => ScreenView {
  const { pairing, presence, reports } = known;
  return (kept, t) => {
    const news = {
      report: reports.newest(kept.id),
      isForged: reports.isForged(kept.id),
      waiting: pairing.waiting(kept.id, t),
      connected: presence.isConnected(kept.id),
      program: known.program(kept.id, t).program,
      seenAt: presence.seenAt(kept.id) ?? known.heardUntil(kept.id),
      channel: publishing.current()?.document,
    };
    return screenViewOf(kept, news, items, t);
  };
}

/** [TK3] Said to whoever keeps the server; the console says it of the screen. */
function distrust({ log }: Pick<ScreenDeps, 'log'>, proofs: Proofs, screen: ScreenId): void {
  log(`a report of ${screen} bears a signature that its key did not make: it counts for nothing`);
  proofs.distrust(screen).catch((error: unknown) => log('tickets were not made void', error));
}

interface PortDeps extends Pick<ScreenDeps, 'collections' | 'clock'> {
  readonly presence: Presence;
  readonly proofs: Proofs;
  readonly reports: Reports;
  readonly outages: Outages;
  readonly changed: (screen: ScreenId) => void;
}

function portOf(deps: PortDeps): ScreenPort {
  const { collections, clock, presence, proofs, reports, outages, changed } = deps;
  const keyOf = (screen: ScreenId) => collections.screens.get(screen)?.value.key;
  const answerTo = (screen: ScreenId, taken: Taken): Ack => {
    if (!taken.ok) return { ok: false, refusal: taken.refusal };
    const painted = paintedIn(taken.value);
    if (painted !== null) outages.told(screen, painted);
    return TAKEN;
  };

  return {
    playedBy: (screen) => playedAs(collections.screens.get(screen)?.value.device),
    connected(screen, connection, { ticket, reported } = {}) {
      const t = clock();
      const key = keyOf(screen);
      const report = reports.newest(screen)?.said;
      const painted = report === undefined ? null : paintedIn(report);
      if (!presence.isConnected(screen)) outages.heard(screen, painted, t);
      presence.connected(screen, connection, t);
      proofs.greeted({ connection, screen, ticket, key }, t);
      changed(screen);
      const isNamed = report !== undefined && report.seq === reported;
      if (!isNamed || !key || !proofs.isOwn(connection, screen, key)) return false;
      if (painted !== null) outages.told(screen, painted);
      return true;
    },
    disconnected(screen, connection) {
      const t = clock();
      presence.disconnected(screen, connection, t);
      proofs.ended(connection);
      if (!presence.isConnected(screen)) outages.lost(screen, t);
      changed(screen);
    },
    report(screen, connection, envelope) {
      const key = keyOf(screen);
      if (key === undefined) return { ok: false, refusal: 'unknown-screen' };
      if (key === null) return { ok: false, refusal: 'unknown-key' };
      const t = clock();
      const how = proofs.isOwn(connection, screen, key) ? 'own' : 'stranger';
      const taken = reports.receive(screen, key, envelope, t, how);
      if (!(taken instanceof Promise)) return answerTo(screen, taken);
      return taken.then((outcome) => {
        if (outcome.ok) proofs.signed({ connection, screen, key }, outcome.value, t);
        return answerTo(screen, outcome);
      });
    },
    freshTicket(screen, connection) {
      const t = clock();
      if (!proofs.isToGive(connection, t)) return undefined;
      return proofs.freshTicket({ connection, screen, key: keyOf(screen) }, t);
    },
  };
}

const TAKEN: Ack = { ok: true };

/** When a screen that has not been heard in this run was heard last. */
function heardUntil(history: History): number | undefined {
  const last = history.at(-1);
  return last?.kind === 'silent' && last.until === null ? last.since : undefined;
}

/** Those that are heard, can report, and have not painted what is out. */
function behindAmong(screens: readonly ScreenView[]): Behind[] {
  return screens.flatMap((screen) => {
    const { id: name, connected, key, channels } = screen;
    if (!connected || key.state !== 'paired' || hasPainted(screen)) return [];
    return channels.map(({ wanted }) => ({ screen: name, wantedAt: wanted.at }));
  });
}

/** Everything one screen needs to be up to date, in one answer: all of it signed, all of it public. */
async function stateOf(
  deps: ScreenDeps,
  screen: ScreenId,
): Promise<Reply<OutputOf<'screenState'>>> {
  // A stranger's question costs no signature.
  if (deps.collections.screens.get(screen) === undefined) return refused('not-found', screen);
  const state = stateWith(deps, screen, await deps.publishing.fresh());
  return state === undefined ? refused('not-found', screen) : accepted(state);
}

function stateWith(
  { collections, signer }: ScreenDeps,
  screen: ScreenId,
  current: Proven | undefined,
): ScreenState | undefined {
  const kept = collections.screens.get(screen);
  if (kept === undefined) return undefined;
  return {
    v: PROTOCOL_VERSION,
    roles: [...signer.roles],
    lineup: kept.value.lineup.envelope,
    channels:
      current === undefined
        ? []
        : [{ channel: CHANNEL, head: current.document.envelope, lease: current.lease }],
  };
}
