import { webcrypto } from 'node:crypto';
import { digest, verify } from '../../../board-server/trust/digest.ts';
import type { Connection } from '../../../kiosk/device/connection.ts';
import { connect } from '../../../kiosk/device/connection.ts';
import { createReporter } from '../../../kiosk/device/reporter.ts';
import { toBase64 } from '../../../shared/kit/bytes.ts';
import type { KeyId, ScreenId, Sha256 } from '../../../shared/kit/ids.ts';
import { id, isKeyId } from '../../../shared/kit/ids.ts';
import type { Generation } from '../../../shared/sync/generation.ts';
import { memoryNotebook, memoryShelf } from '../../../shared/sync/memory.ts';
import type { SyncPorts } from '../../../shared/sync/ports.ts';
import { openScreen } from '../../../shared/sync/screen.ts';
import type { PublicKey } from '../../../shared/trust/digest.ts';
import type { SigningKey } from '../../../shared/trust/envelope.ts';
import type { Traffic } from './node-upstream.ts';
import { countedUpstream } from './node-upstream.ts';

/**
 * A screen without glass: the real sync engine, socket and signed reports over memory, verifying
 * all it is given. It paints two frames after each flip, as a page would say.
 */
export interface ProtocolScreen {
  readonly publicKey: PublicKey;
  readonly keyid: KeyId;
  /** Version of the newest head it shows; 0 before the first. */
  version(): number;
  /** What it fetched since the last call. */
  take(): Traffic;
  close(): void;
}

export interface ProtocolScreenOptions {
  readonly base: string;
  readonly screen: ScreenId;
  readonly root: Sha256;
  /** What is on its shelf to begin with, still to be verified. */
  readonly objects: ReadonlyMap<Sha256, Uint8Array<ArrayBuffer>>;
  readonly flipped: (version: number) => void;
}

const TWO_FRAMES_MS = 34;

const versionOf = (generation: Generation | undefined): number =>
  generation?.channels[0]?.head.version ?? 0;

export async function openProtocolScreen(options: ProtocolScreenOptions): Promise<ProtocolScreen> {
  const { base, screen: name, root, objects, flipped } = options;
  const upstream = countedUpstream(base);
  const notebooks = [memoryNotebook(), memoryNotebook()] as const;
  const ports: SyncPorts = {
    upstream,
    shelf: memoryShelf(new Map(objects)),
    notebooks,
    clocks: { wall: () => Date.now(), monotonic: () => performance.now() },
    timer: (at, run) => {
      const handle = setTimeout(run, Math.max(0, at - performance.now()));
      return () => clearTimeout(handle);
    },
    random: Math.random,
    digest,
    verify,
  };
  const key = await makeKey();
  const live: { connection?: Connection } = {};
  const { report, refused, reported } = createReporter({
    key,
    shell: 'bench',
    notebook: notebooks[1],
    send: (envelope) => live.connection?.report(envelope),
  });
  const screen = await openScreen({ screen: name, root, ports, report });
  let shown: Generation | undefined;
  screen.listen(() => {
    const generation = screen.generation();
    if (generation === undefined || generation === shown) return;
    shown = generation;
    flipped(versionOf(generation));
    setTimeout(() => screen.painted(generation, null), TWO_FRAMES_MS);
  });
  live.connection = connect(base, name, {
    connected: screen.connected,
    moved(message) {
      upstream.heard(message);
      screen.moved(message);
    },
    leased: (message) => void screen.leased(message),
    lineup: () => void screen.ask(),
    refused,
    reported,
    notebook: notebooks[1],
  });
  return {
    publicKey: key.publicKey,
    keyid: key.keyid,
    version: () => versionOf(screen.generation()),
    take: upstream.take,
    close() {
      screen.close();
      live.connection?.close();
    },
  };
}

async function makeKey(): Promise<SigningKey & { readonly publicKey: PublicKey }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
  const pair = await webcrypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const raw = new Uint8Array(await webcrypto.subtle.exportKey('raw', pair.publicKey));
  return {
    keyid: id(isKeyId, await digest(raw)),
    publicKey: { alg: 'ecdsa-p256', raw: toBase64(raw) },
    sign: async (bytes) =>
      new Uint8Array(
        await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, bytes),
      ),
  };
}
