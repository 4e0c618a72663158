import { createPrivateKey, sign as signBytes } from 'node:crypto';
import { canonicalBytes } from '../../../shared/kit/json.ts';
import { PROTOCOL_VERSION } from '../../../shared/protocol/version.ts';
import type { Report } from '../../../shared/protocol/report.ts';
import type { SigningKey } from '../../../shared/trust/envelope.ts';
import { seal } from '../../../shared/trust/envelope.ts';
import type { Following } from './crowd-messages.ts';
import { openLightSocket } from './light-socket.ts';
import type { KeyedScreen } from './many-screens.ts';

/** The socket side of a screen, in the few frames it comes to; it believes all it is told. */
export interface LightScreen {
  /** Sends a signed report that it paints this. */
  report(moved: Moved): Promise<void>;
  /** [TK6] Whether the server said that it has the report of this version. */
  isKnown(version: number): boolean;
}

export interface LightScreenListener {
  readonly following: Following;
  /** It has greeted and was taken in. */
  taken(): void;
  /** It has sent its report of this version. [TK4] No answer comes when it is taken. */
  reported(version: number): void;
  closed(): void;
}

export interface Moved {
  readonly channel: Report['channels'][number]['channel'];
  readonly epoch: number;
  readonly version: number;
  /** Of a hint: over how long screens should follow it. */
  readonly spreadMs?: number;
}

/** Socket.IO over Engine.IO 4 in text: https://socket.io/docs/v4/socket-io-protocol/ */
export function openLightScreen(
  port: number,
  { screen, key }: { readonly screen: KeyedScreen['screen']; readonly key: SigningKey },
  listener: LightScreenListener,
): LightScreen {
  const light = openLightSocket(port, {
    closed: listener.closed,
    text(message) {
      if (message === '2') return light.send('3');
      if (message.startsWith('0')) return light.send('40/screens,');
      if (message.startsWith('40/screens,')) {
        const shown = { ticket: tickets.get(screen), reported: reported.get(screen)?.seq };
        const greeting = { v: PROTOCOL_VERSION, screen, ...shown };
        return light.send(`42/screens,0${JSON.stringify(['hello', greeting])}`);
      }
      const [, kind, id = '', body = ''] = /^4([23])\/screens,(\d*)(.*)$/s.exec(message) ?? [];
      if (kind === '3') return answered(body);
      const [event, told] = JSON.parse(body === '' ? '[]' : body) as Heard;
      if (event === 'ticket') return void tickets.set(screen, told.ticket);
      if (event === 'refused') throw new Error(`a report was refused: ${told.refusal}`);
      if (event !== 'moved') return;
      const spreadMs = listener.following === 'spread' ? (told.spreadMs ?? 0) : 0;
      if (spreadMs === 0) return void tell(told, id);
      setTimeout(() => void tell(told, id), Math.random() * spreadMs);
    },
  });

  let known: number | undefined;

  function answered(body: string): void {
    const [answer] = JSON.parse(body) as [{ readonly ok: boolean; readonly known?: boolean }];
    if (!answer.ok) return light.close();
    known = answer.known === true ? reported.get(screen)?.version : undefined;
    listener.taken();
  }

  async function tell(moved: Moved, id: string): Promise<void> {
    const said = reportOf(screen, moved);
    const report = await seal('report', canonicalBytes(said), [key]);
    reported.set(screen, { seq: said.seq, version: moved.version });
    const body = JSON.stringify({ report });
    // Whoever asks for an acknowledgement gets the report as one.
    light.send(id === '' ? `42/screens,["report",${body}]` : `43/screens,${id}[${body}]`);
    listener.reported(moved.version);
  }

  return { report: (moved) => tell(moved, ''), isKnown: (version) => version === known };
}

type Heard = [string, Moved & { readonly ticket: string; readonly refusal: string }];

/** [TK2] What each screen shows when it connects again. */
const tickets = new Map<string, string>();

/** [TK6] What each screen said last. */
const reported = new Map<string, { readonly seq: number; readonly version: number }>();

let counted = Date.now();

/** When each screen painted what: it stays on the glass while the server is away. */
const glass = new Map<string, { readonly version: number; readonly at: number }>();

function paintedAt(screen: string, version: number): number {
  const known = glass.get(screen);
  if (known?.version === version) return known.at;
  const at = Date.now();
  glass.set(screen, { version, at });
  return at;
}

function reportOf(screen: KeyedScreen['screen'], { channel, epoch, version }: Moved): Report {
  return {
    v: 1,
    screen,
    seq: ++counted,
    at: Date.now(),
    clock: 'confirmed',
    shell: 'bench',
    channels: [
      {
        channel,
        accepted: { epoch, version },
        painted: { epoch, version, at: paintedAt(screen, version) },
        problem: null,
      },
    ],
    showing: null,
  };
}

const keys = new Map<string, SigningKey>();

/** Screens that share a key share what is made of it. */
export function signingKeyOf({ pkcs8, fingerprint }: KeyedScreen): SigningKey {
  const known = keys.get(fingerprint);
  if (known !== undefined) return known;
  const key = createPrivateKey({ key: Buffer.from(pkcs8, 'base64'), format: 'der', type: 'pkcs8' });
  const made: SigningKey = {
    keyid: fingerprint,
    sign: async (bytes) =>
      Uint8Array.from(signBytes('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' })),
  };
  keys.set(fingerprint, made);
  return made;
}
