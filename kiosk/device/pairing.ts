import { parseJson } from '../../shared/kit/json.ts';
import type { ScreenId } from '../../shared/kit/ids.ts';
import { pairingAnswer } from '../../shared/protocol/screen.ts';
import { coalesce } from '../../shared/sync/coalesce.ts';
import type { Pairing } from '../../shared/sync/generation.ts';
import type { DeviceKey } from './device-key.ts';

/** [AU5] Offers the screen's key until a person approved it; both sides show its fingerprint. */
export interface PairingDesk {
  pairing(): Pairing;
  /** Asks how it stands: on connecting, on a hint, and each minute while it waits. */
  ask(): Promise<void>;
}

export interface PairingPorts {
  readonly base: string;
  readonly screen: ScreenId;
  readonly key: DeviceKey;
  readonly changed: (pairing: Pairing) => void;
}

const ANSWER_MS = 10_000;

export function createPairingDesk({ base, screen, key, changed }: PairingPorts): PairingDesk {
  let pairing: Pairing = { state: 'unknown' };

  return {
    pairing: () => pairing,
    ask: coalesce(async () => {
      const answer = pairingAnswer.safeParse(
        await offer(`${base}/api/screens/${screen}/pairing`, key),
      );
      if (!answer.success) return;
      const { data } = answer;
      const fingerprint = key.keyid;
      const next: Pairing =
        data.state === 'paired'
          ? { state: 'paired', fingerprint }
          : { state: 'waiting', code: data.code, fingerprint, expiresAt: data.expiresAt };
      if (JSON.stringify(next) === JSON.stringify(pairing)) return;
      pairing = next;
      changed(pairing);
    }),
  };
}

/** The answer's JSON; undefined when there was none. */
async function offer(address: string, key: DeviceKey): Promise<unknown> {
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key: key.publicKey }),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return response.ok ? parseJson(await response.text()) : undefined;
  } catch (error) {
    if (error instanceof Error) return undefined; // Unreachable: it is asked again.
    throw error;
  }
}
