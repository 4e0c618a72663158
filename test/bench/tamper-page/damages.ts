import { present } from '../../../shared/kit/assert.ts';
import { fromBase64, fromUtf8, toBase64, utf8 } from '../../../shared/kit/bytes.ts';
import type { Chance } from '../../sim/chance.ts';
import type { Kept } from './disk.ts';
import { otherBitsSameCrc, otherTextSameCrc } from './same-checksum.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** What a screen kept, and what it kept a version earlier. */
export interface Held {
  readonly now: Kept;
  readonly before: Kept;
  /** Objects that may be damaged. */
  readonly within: ReadonlySet<string>;
  /** By digest: the bytes that an object had a version earlier. */
  readonly earlier: ReadonlyMap<string, Bytes>;
}

export interface Damage {
  readonly kind: string;
  readonly name: string;
}

/** Damages something that is whole so far; undefined when there is nothing for what was drawn. */
export function damageObject(held: Held, kept: Kept, chance: Chance): Damage | undefined {
  const { now, within, earlier } = held;
  const whole = [...now.objects].filter(
    ([key, value]) => within.has(key) && kept.objects.get(key) === value,
  );
  if (whole.length < 2) return undefined;
  const [name, value] = chance.pick(whole);
  const kind = chance.pick(OBJECT_KINDS);
  if (!(value instanceof Uint8Array)) throw new Error('broken assumption: an object of bytes');
  const bytes = new Uint8Array(value);
  if (kind === 'swapped') {
    const [other, itsBytes] = chance.pick(whole);
    if (other === name) return undefined;
    kept.objects.set(name, itsBytes).set(other, value);
  } else if (kind === 'deleted') {
    kept.objects.delete(name);
  } else {
    const next = kind === 'older' ? earlier.get(name) : EDITS[kind](bytes, chance);
    if (next === undefined) return undefined;
    kept.objects.set(name, next);
  }
  return { kind, name };
}

/** Ways in which bytes are changed; undefined where these have not what it takes. */
const EDITS = {
  'a flipped bit': flipped,
  'another text of the same CRC': otherTextSameCrc,
  'other bits of the same CRC': otherBitsSameCrc,
  'another character': otherCharacter,
  'cut short': (bytes, chance) => bytes.slice(0, chance.below(bytes.length)),
  emptied: () => new Uint8Array(),
  zeros: (bytes) => new Uint8Array(bytes.length),
  'more at the end': (bytes) => Uint8Array.from([...bytes, 0x20]),
  'not bytes': (bytes) => fromUtf8(bytes),
} as const satisfies Record<string, (bytes: Bytes, chance: Chance) => unknown>;

const OBJECT_KINDS = [
  ...(Object.keys(EDITS) as (keyof typeof EDITS)[]),
  // What only a digest finds comes twice as often.
  'another text of the same CRC',
  'another character',
  'deleted',
  'swapped',
  'older',
  'older',
] as const;

function flipped(bytes: Bytes, chance: Chance): Bytes {
  const at = chance.below(bytes.length);
  return bytes.with(at, (bytes[at] ?? 0) ^ (1 << chance.below(8)));
}

/** One Chinese character becomes another, wherever it stands in the JSON. */
function otherCharacter(bytes: Bytes, chance: Chance): Bytes | undefined {
  const text = fromUtf8(bytes);
  const places = [...(text ?? '').matchAll(/[一-龥]/g)].map(({ index }) => index);
  if (text === undefined || places.length === 0) return undefined;
  const at = chance.pick(places);
  const other = text[at] === '不' ? '可' : '不';
  return utf8(text.slice(0, at) + other + text.slice(at + 1));
}

export function damageNote({ now, before }: Held, kept: Kept, chance: Chance): Damage | undefined {
  const home = chance.is(0.8) ? 'notes' : 'second';
  const whole = [...now[home]].filter(([key, value]) => kept[home].get(key) === value);
  if (whole.length === 0) return undefined;
  const [name, value] = chance.pick(whole);
  const kind = chance.pick(NOTE_KINDS);
  const text = String(value);
  const next = noteAfter(kind, { text, name, older: before[home].get(name), now }, chance);
  if (next === text) return undefined;
  if (next === undefined) kept[home].delete(name);
  else if (home === 'second') kept.second.set(name, typeof next === 'string' ? next : '[]');
  else kept.notes.set(name, next);
  return { kind: `note: ${kind}`, name: `${home}/${name}` };
}

const NOTE_KINDS = [
  'a changed character',
  'a changed digit',
  'a changed payload',
  'cut short',
  'emptied',
  'deleted',
  'older',
  'another pointer',
  'not text',
] as const;

interface Note {
  readonly text: string;
  readonly name: string;
  readonly older: unknown;
  readonly now: Kept;
}

function noteAfter(kind: (typeof NOTE_KINDS)[number], note: Note, chance: Chance): unknown {
  const { text, now } = note;
  const at = chance.below(text.length);
  switch (kind) {
    case 'a changed character':
      return text.slice(0, at) + chance.pick([...'aZ0+"}x']) + text.slice(at + 1);
    case 'a changed digit':
      return changedDigit(text, chance);
    case 'a changed payload':
      return changedPayload(text, chance);
    case 'cut short':
      return text.slice(0, at);
    case 'emptied':
      return '';
    case 'deleted':
      return undefined;
    case 'older':
      return note.older ?? text;
    case 'another pointer':
      return POINTERS.includes(note.name) ? now.notes.get(chance.pick(POINTERS)) : text;
    case 'not text':
      return [text];
  }
}

const POINTERS = ['current', 'previous', 'settled', 'accepted'];

function changedDigit(text: string, chance: Chance): string {
  const digits = [...text.matchAll(/(?<=[:\d])\d/g)].map(({ index }) => index);
  if (digits.length === 0) return text;
  const at = chance.pick(digits);
  return text.slice(0, at) + chance.pick([...'123456789']) + text.slice(at + 1);
}

/** A digit within what was signed: the text around it is as it was. */
function changedPayload(text: string, chance: Chance): string {
  const payloads = [...text.matchAll(/payload\\":\\"([\w+/=]+)/g)].map(([, payload]) => payload);
  if (payloads.length === 0) return text;
  const payload = present(chance.pick(payloads), 'payload');
  const inside = fromUtf8(present(fromBase64(payload), 'base64'));
  return text.replace(payload, toBase64(utf8(changedDigit(present(inside, 'text'), chance))));
}
