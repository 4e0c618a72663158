import type { ScreenId } from '../../shared/kit/ids.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import type { OutputOf } from '../../shared/protocol/routes.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import type { Announcer } from '../live/announcer.ts';
import type { ScreenPort } from '../live/screen-sockets.ts';
import type { Handlers, Reply } from '../routes/handlers.ts';
import type { Store } from '../store/store.ts';
import type { Signer } from '../trust/signer.ts';
import type { ApprovedItems } from './approved-items.ts';
import { createPairing } from './pairing.ts';
import { createPresence } from './presence.ts';
import type { Publishing } from './publishing.ts';
import { CHANNEL } from './publication.ts';
import { createReports } from './reports.ts';
import { createScreenKeyHandlers } from './screen-keys.ts';
import { putScreen } from './screen-lineups.ts';
import type { ScreenView } from './screen-views.ts';
import { screenViewOf } from './screen-views.ts';
import type { Collections } from './stored.ts';

type Owned =
  | 'screenState'
  | 'pairScreen'
  | 'screens'
  | 'approveScreen'
  | 'refuseScreen'
  | 'putScreen';

export interface ScreenDeps {
  readonly store: Store;
  readonly collections: Pick<Collections, 'screens' | 'reports'>;
  readonly items: ApprovedItems;
  readonly signer: Signer;
  readonly publishing: Pick<Publishing, 'current' | 'fresh'>;
  readonly announcer: Announcer;
  readonly clock: () => number;
  readonly random: (bytes: number) => Uint8Array;
  readonly log: (message: string, error?: unknown) => void;
  /** How often one address may offer keys in a minute. */
  readonly pairingsPerMinute?: number | undefined;
}

export interface Screens {
  readonly handlers: Pick<Handlers, Owned>;
  /** What the sockets ask and tell. */
  readonly port: ScreenPort;
  /** Every screen as the console shows it at `t`. */
  list(t: number): readonly ScreenView[];
}

/** The hall's screens: what each is, which key it has, what it painted. */
export function createScreens(deps: ScreenDeps): Screens {
  const { collections, items, signer, publishing, announcer, clock } = deps;
  const pairing = createPairing(deps.random);
  const presence = createPresence();
  const changed = (screen: ScreenId): void => announcer.changed({ topic: 'screens', id: screen });
  const reports = createReports({ ...deps, changed });

  const list = (t: number): ScreenView[] => {
    const channel = publishing.current()?.document;
    return collections.screens.list().map((kept) =>
      screenViewOf(
        kept,
        {
          report: reports.newest(kept.id),
          waiting: pairing.waiting(kept.id, t),
          connected: presence.isConnected(kept.id),
          seenAt: presence.seenAt(kept.id),
          channel,
        },
        items,
        t,
      ),
    );
  };

  return {
    list,
    handlers: {
      ...createScreenKeyHandlers({ ...deps, pairing, changed }),
      screenState: (_context, { screen }) => stateOf(deps, screen),
      screens: async (context) =>
        accepted({ screens: list(context.now()), rootFingerprint: signer.rootFingerprint }),
      putScreen: (context, input) => putScreen({ ...deps, changed }, context, input),
    },
    port: {
      channelsOf: (screen) =>
        collections.screens.get(screen) === undefined ? undefined : [CHANNEL],
      connected(screen, connection) {
        presence.connected(screen, connection, clock());
        changed(screen);
      },
      disconnected(screen, connection) {
        presence.disconnected(screen, connection, clock());
        changed(screen);
      },
      report: (screen, envelope) => reports.receive(screen, envelope, clock()),
    },
  };
}

/** Everything one screen needs to be up to date, in one answer: all of it signed, all of it public. */
async function stateOf(
  { collections, signer, publishing }: ScreenDeps,
  screen: ScreenId,
): Promise<Reply<OutputOf<'screenState'>>> {
  const kept = collections.screens.get(screen);
  if (kept === undefined) return refused('not-found', screen);
  const current = await publishing.fresh();
  return accepted({
    v: PROTOCOL_VERSION,
    roles: [...signer.roles],
    lineup: kept.value.lineup.envelope,
    channels:
      current === undefined
        ? []
        : [{ channel: CHANNEL, head: current.document.envelope, lease: current.lease }],
  });
}
