import type { KeyId, ScreenId } from '../../shared/kit/ids.ts';
import type { PublicKey } from '../../shared/trust/digest.ts';

/**
 * [AU5] Keys that wait for a person. A code names its request and authorises nothing: what is
 * approved is the fingerprint, once, within ten minutes. One request for each screen, so strangers
 * can make no more of them than there are screens.
 */
export interface Pairing {
  /** The same key within its ten minutes keeps its code. */
  ask(screen: ScreenId, fingerprint: KeyId, key: PublicKey, t: number): Waiting;
  waiting(screen: string, t: number): Waiting | undefined;
  /** Uses the request up: it cannot be approved again. */
  take(screen: ScreenId): void;
}

export interface Waiting {
  readonly code: string;
  readonly fingerprint: KeyId;
  readonly key: PublicKey;
  readonly expiresAt: number;
}

const LIVES_MS = 10 * 60_000;
const CODES = 1_000_000;

export function createPairing(random: (bytes: number) => Uint8Array): Pairing {
  const requests = new Map<string, Waiting>();

  const waiting = (screen: string, t: number): Waiting | undefined => {
    const request = requests.get(screen);
    if (request === undefined || t < request.expiresAt) return request;
    requests.delete(screen);
    return undefined;
  };

  const newCode = (): string => {
    const taken = new Set([...requests.values()].map(({ code }) => code));
    for (;;) {
      const code = String(Buffer.from(random(6)).readUIntBE(0, 6) % CODES).padStart(6, '0');
      if (!taken.has(code)) return code;
    }
  };

  return {
    waiting,
    ask(screen, fingerprint, key, t) {
      const known = waiting(screen, t);
      if (known?.fingerprint === fingerprint) return known;
      const request = { code: newCode(), fingerprint, key, expiresAt: t + LIVES_MS };
      requests.set(screen, request);
      return request;
    },
    take: (screen) => void requests.delete(screen),
  };
}
