import { fromBase64 } from '../../shared/kit/bytes.ts';
import type { KeyId, ScreenId } from '../../shared/kit/ids.ts';
import { id, isKeyId } from '../../shared/kit/ids.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import type { OutputOf } from '../../shared/protocol/routes.ts';
import type { PublicKey } from '../../shared/trust/digest.ts';
import type { AuditAction } from '../../shared/protocol/audit.ts';
import type { Announcer } from '../live/announcer.ts';
import type { Handlers, Reply, SignedIn } from '../routes/handlers.ts';
import type { Store } from '../store/store.ts';
import { isUsableKey, sha256Of } from '../trust/digest.ts';
import { audited } from './audit.ts';
import type { Kept } from './collection.ts';
import { refusalOfCommit } from './commit-refusal.ts';
import type { Pairing } from './pairing.ts';
import type { Collections, ScreenDocument } from './stored.ts';
import { createThrottle } from './throttle.ts';

type Owned = 'pairScreen' | 'approveScreen' | 'refuseScreen';

export interface KeyDeps {
  readonly store: Store;
  readonly collections: Pick<Collections, 'screens'>;
  readonly pairing: Pairing;
  readonly announcer: Pick<Announcer, 'lineup'>;
  readonly changed: (screen: ScreenId) => void;
  readonly pairingsPerMinute?: number | undefined;
}

/** An unpaired screen asks once a minute; a whole hall may stand behind one address. */
const PAIRINGS_PER_MINUTE = 120;

/** Which key is a screen's own: it offers one, and a person who stands before it approves that one. */
export function createScreenKeyHandlers(deps: KeyDeps): Pick<Handlers, Owned> {
  const { collections, pairing, changed, pairingsPerMinute = PAIRINGS_PER_MINUTE } = deps;
  const throttle = createThrottle({ tries: pairingsPerMinute, seconds: 60 });
  return {
    async pairScreen({ now, address }, { screen, key }) {
      const taken = await throttle.take(address);
      if (!taken.ok) return taken;
      const kept = collections.screens.get(screen);
      if (kept === undefined) return refused('not-found', screen);
      const fingerprint = fingerprintOf(key);
      if (fingerprint === undefined) return refused('malformed', 'key');
      if (kept.value.key?.fingerprint === fingerprint) return accepted({ state: 'paired' });
      const before = pairing.waiting(screen, now());
      const { code, expiresAt } = pairing.ask(screen, fingerprint, key, now());
      if (before?.code !== code) changed(screen);
      return accepted({ state: 'waiting', code, expiresAt });
    },

    async approveScreen(context, { id: screen, fingerprint }) {
      const may = context.require('screen.pair', null);
      if (!may.ok) return may;
      const kept = collections.screens.get(screen);
      const request = pairing.waiting(screen, context.now());
      if (kept === undefined || request === undefined) return refused('not-found', screen);
      // Another key has taken the place of the one this person looked at.
      if (request.fingerprint !== fingerprint) return refused('changed', screen);
      const key = { fingerprint, publicKey: request.key, at: context.now() };
      const done = await keepKey(deps, kept, screen, key, may.value, 'screen.pair', fingerprint);
      if (done.ok) pairing.take(screen);
      return done;
    },

    async refuseScreen(context, { id: screen, fingerprint }) {
      const may = context.require('screen.pair', null);
      if (!may.ok) return may;
      const kept = collections.screens.get(screen);
      if (kept === undefined) return refused('not-found', screen);
      const own = kept.value.key;
      if (own?.fingerprint === fingerprint)
        return keepKey(deps, kept, screen, null, may.value, 'screen.revoke', fingerprint);
      const request = pairing.waiting(screen, context.now());
      if (request === undefined) return refused('not-found', screen);
      if (request.fingerprint !== fingerprint) return refused('changed', screen);
      // A refused request leaves the key that the screen had.
      const done = await keepKey(deps, kept, screen, own, may.value, 'screen.refuse', fingerprint);
      if (done.ok) pairing.take(screen);
      return done;
    },
  };
}

/** [SC3] Screens hold ECDSA P-256 keys, which every browser can keep from being read out. */
export function fingerprintOf(key: PublicKey): KeyId | undefined {
  const raw = fromBase64(key.raw);
  if (key.alg !== 'ecdsa-p256' || raw === undefined || !isUsableKey(key)) return undefined;
  return id(isKeyId, sha256Of(raw));
}

export async function keepKey(
  {
    store,
    collections,
    announcer,
    changed,
  }: Pick<KeyDeps, 'store' | 'collections' | 'announcer' | 'changed'>,
  { revision, value }: Kept<ScreenDocument>,
  screen: ScreenId,
  key: ScreenDocument['key'],
  { personRef: by }: SignedIn,
  action: AuditAction,
  fingerprint: KeyId,
): Promise<Reply<OutputOf<'approveScreen'>>> {
  const committed = await store.commit({
    puts: [collections.screens.put(screen, { ...value, key })],
    ifVersions: [collections.screens.expect(screen, revision)],
    appends: [audited({ by, action, subject: `screen:${screen}`, detail: fingerprint })],
  });
  if (!committed.ok) return refusalOfCommit(committed);
  announcer.lineup(screen);
  changed(screen);
  return accepted({ ok: true });
}
