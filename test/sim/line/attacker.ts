import { sign } from 'node:crypto';
import { parseEnvelope, pae } from '../../../shared/trust/envelope.ts';
import type { ScreenState } from '../../../shared/protocol/screen.ts';
import type { Fetched } from '../../../shared/sync/ports.ts';
import type { Chance } from '../chance.ts';
import type { Answer } from './answer.ts';
import { ed25519Key } from '../hall/keys.ts';
import { payloadOf } from '../referee/truth.ts';

/** Somebody on the wire: hears everything, keeps it, and answers what it likes. Holds no key of the hall. */
export interface Attacker {
  state(screen: string, answer: Answer): Fetched<Answer>;
  object(bytes: Uint8Array<ArrayBuffer>): Fetched<Uint8Array<ArrayBuffer>>;
}

/** What the attacker has heard so far, of every screen. */
export interface Overheard {
  hear(screen: string, version: number, answer: Answer): void;
  /** Answers to this screen, oldest first: one of each version, and the newest. */
  of(screen: string): readonly Answer[];
  objects: Uint8Array<ArrayBuffer>[];
  keepObject(bytes: Uint8Array<ArrayBuffer>): void;
}

const KEPT = 8;

export function createOverheard(): Overheard {
  const answers = new Map<string, { version: number; answer: Answer }[]>();
  const objects: Uint8Array<ArrayBuffer>[] = [];
  return {
    objects,
    hear(screen, version, answer) {
      const heard = answers.get(screen) ?? [];
      answers.set(screen, heard);
      if (heard.at(-1)?.version === version) heard.pop();
      heard.push({ version, answer });
      if (heard.length > KEPT) heard.shift();
    },
    of: (screen) => (answers.get(screen) ?? []).map(({ answer }) => answer),
    keepObject(bytes) {
      objects.push(bytes);
      if (objects.length > 2 * KEPT) objects.shift();
    },
  };
}

const TRICKS = [
  'older',
  'oldest',
  'forged-head',
  'forged-lease',
  'mixed',
  'other-screen',
  'truncated',
  'flipped',
  'endless',
  'portal',
  'nothing',
  'honest',
] as const;
export type Trick = (typeof TRICKS)[number];

const MISSING = { ok: false, refusal: 'missing' } as const;
const TOO_LARGE = { ok: false, refusal: 'too-large' } as const;

/** @param tricks what it does; everything it knows unless named */
export function createAttacker(
  chance: Chance,
  overheard: Overheard,
  tricks: readonly Trick[] = TRICKS,
): Attacker {
  return {
    state(screen, answer) {
      const heard = overheard.of(screen);
      const older = heard.length > 1 ? chance.pick(heard.slice(0, -1)) : answer;
      const trick = chance.pick(tricks);
      const send = (text: string, leases = answer.leases): Fetched<Answer> => ({
        ok: true,
        value: { text, leases },
      });
      switch (trick) {
        case 'honest':
          return { ok: true, value: answer };
        case 'older':
          return { ok: true, value: older };
        case 'oldest':
          return { ok: true, value: heard[0] ?? answer };
        case 'forged-head':
          return send(
            changed(answer, ({ channels, ...state }) => ({
              ...state,
              channels: channels.map((each) => ({ ...each, head: forged(each.head) })),
            })),
          );
        case 'forged-lease':
          return send(
            changed(answer, ({ channels, ...state }) => ({
              ...state,
              channels: channels.map((each) => ({ ...each, lease: forged(each.lease) })),
            })),
          );
        case 'mixed':
          return send(mixed(older, answer), [...older.leases, ...answer.leases]);
        case 'other-screen':
          return send(changed(answer, (state) => ({ ...state, lineup: forged(state.lineup) })));
        case 'truncated':
          return send(answer.text.slice(0, chance.below(answer.text.length)));
        case 'flipped':
          return send(flippedText(answer.text, chance));
        case 'endless':
          return TOO_LARGE;
        case 'portal':
          return send('<!doctype html><title>请登录 · Sign in</title>');
        case 'nothing':
          return MISSING;
      }
    },
    object(bytes) {
      const trick = chance.below(7);
      if (trick === 0) return { ok: true, value: bytes.slice(0, chance.below(bytes.length)) };
      if (trick === 1) return { ok: true, value: flippedBytes(bytes, chance) };
      if (trick === 2) return TOO_LARGE;
      if (trick === 3) return MISSING;
      if (trick === 4 && overheard.objects.length > 0)
        return { ok: true, value: chance.pick(overheard.objects) };
      return { ok: true, value: bytes };
    },
  };
}

function changed({ text }: Answer, change: (state: ScreenState) => ScreenState): string {
  return JSON.stringify(change(JSON.parse(text) as ScreenState));
}

/** An older head with newer proof, or the other way round. */
function mixed(older: Answer, newer: Answer): string {
  const before = JSON.parse(older.text) as ScreenState;
  return changed(newer, ({ channels, ...state }) => ({
    ...state,
    channels: channels.map((each, index) => ({
      ...each,
      head: before.channels[index]?.head ?? each.head,
    })),
  }));
}

const own = ed25519Key(0, 'a stranger');

/** The same statement a thousand versions on, under the hall's key ids and the attacker's signature. */
function forged(envelope: string): string {
  const parsed = parseEnvelope(envelope);
  if (!parsed.ok) return envelope;
  const statement = payloadOf(envelope) as { readonly version: number };
  const payload = Buffer.from(JSON.stringify({ ...statement, version: statement.version + 1000 }));
  const signed = pae(parsed.value.type, payload);
  const sig = sign(null, signed, own).toString('base64');
  return JSON.stringify({
    payloadType: parsed.value.type,
    payload: payload.toString('base64'),
    signatures: parsed.value.signatures.map(({ keyid }) => ({ keyid, sig })),
  });
}

export function flippedText(text: string, chance: Chance): string {
  const at = chance.below(text.length);
  const other = String.fromCharCode(text.charCodeAt(at) ^ (1 << chance.below(6)));
  return text.slice(0, at) + other + text.slice(at + 1);
}

export function flippedBytes(
  bytes: Uint8Array<ArrayBuffer>,
  chance: Chance,
): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice();
  const at = chance.below(copy.length);
  copy[at] = (copy[at] ?? 0) ^ (1 << chance.below(8));
  return copy;
}
