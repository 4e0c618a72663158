import { concat, fromBase64, fromUtf8, isBase64, toBase64, utf8 } from '../kit/bytes.ts';
import type { KeyId } from '../kit/ids.ts';
import { isKeyId } from '../kit/ids.ts';
import { parseJson } from '../kit/json.ts';
import type { Result } from '../kit/result.ts';
import { accepted, refused } from '../kit/result.ts';
import type { PublicKey, Sign, Verify } from './digest.ts';

/** Kinds of signed bytes; the type is part of what is signed, so one cannot stand for another. */
export type StatementType = 'roles' | 'head' | 'lease' | 'lineup' | 'item' | 'report' | 'audit';

export const typeName = (type: StatementType): string => `application/vnd.openhall.${type}+json`;

/** Statements are small; anything larger is refused before it is parsed. */
export const ENVELOPE_BYTES_MAX = 64 * 1024;

export interface Envelope {
  readonly type: string;
  readonly payload: Uint8Array<ArrayBuffer>;
  readonly signatures: readonly { readonly keyid: KeyId; readonly sig: Uint8Array<ArrayBuffer> }[];
}

export type EnvelopeRefusal = 'too-large' | 'malformed' | 'wrong-type' | 'unsigned';

/** DSSE pre-authentication encoding, https://github.com/secure-systems-lab/dsse protocol.md. */
export function pae(type: string, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const name = utf8(type);
  return concat([utf8(`DSSEv1 ${name.length} ${type} ${payload.length} `), payload]);
}

export interface SigningKey {
  readonly keyid: KeyId;
  readonly sign: Sign;
}

/** Signs a payload with each key; the text is what travels and is stored, byte for byte. */
export async function seal(
  type: StatementType,
  payload: Uint8Array<ArrayBuffer>,
  keys: readonly SigningKey[],
): Promise<string> {
  const signed = pae(typeName(type), payload);
  const signatures = await Promise.all(
    keys.map(async ({ keyid, sign }) => ({ keyid, sig: toBase64(await sign(signed)) })),
  );
  return JSON.stringify({ payloadType: typeName(type), payload: toBase64(payload), signatures });
}

/** The keys a role trusts and how many of them must have signed. */
export interface Trusted {
  readonly keys: Readonly<Record<string, PublicKey>>;
  readonly threshold: number;
}

/** [TR1] Verifies first; only verified bytes are handed on for parsing. */
export async function open(
  text: string,
  type: StatementType,
  trusted: Trusted,
  verify: Verify,
): Promise<Result<Uint8Array<ArrayBuffer>, EnvelopeRefusal>> {
  const envelope = parseEnvelope(text);
  if (!envelope.ok) return envelope;
  const { type: name, payload, signatures } = envelope.value;
  if (name !== typeName(type)) return refused('wrong-type');
  const signed = pae(name, payload);
  const signers = new Set<string>();
  for (const { keyid, sig } of signatures) {
    const key = Object.hasOwn(trusted.keys, keyid) ? trusted.keys[keyid] : undefined;
    if (key === undefined || signers.has(keyid)) continue;
    if (await verify(key, signed, sig)) signers.add(keyid);
  }
  if (trusted.threshold < 1 || signers.size < trusted.threshold) return refused('unsigned');
  return accepted(payload);
}

/** Splits an envelope without trusting it. Used before verification, and for its payload's digest. */
export function parseEnvelope(text: string): Result<Envelope, EnvelopeRefusal> {
  const split = splitEnvelope(text);
  if (!split.ok) return split;
  const { type, payload, signatures } = split.value;
  return accepted({
    type,
    payload: decoded(payload),
    signatures: signatures.map(({ keyid, sig }) => ({ keyid, sig: decoded(sig) })),
  });
}

/** An envelope in its parts as they travel: base64 that was looked at and not decoded. */
export interface EnvelopeText {
  readonly type: string;
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: KeyId; readonly sig: string }[];
}

/** The same without making bytes of it, for whoever only keeps it. */
export function splitEnvelope(text: string): Result<EnvelopeText, EnvelopeRefusal> {
  if (text.length > ENVELOPE_BYTES_MAX) return refused('too-large');
  const outer = parseJson(text);
  if (!isObject(outer)) return refused('malformed');
  const { payloadType: type, payload, signatures } = outer;
  if (typeof type !== 'string' || !isEncoded(payload) || !isSignatures(signatures))
    return refused('malformed');
  return accepted({ type, payload, signatures });
}

const isEncoded = (value: unknown): value is string => typeof value === 'string' && isBase64(value);

const isSignatures = (value: unknown): value is EnvelopeText['signatures'] =>
  Array.isArray(value) &&
  value.length <= SIGNATURES_MAX &&
  value.every(
    (each: unknown) =>
      isObject(each) &&
      typeof each['keyid'] === 'string' &&
      isKeyId(each['keyid']) &&
      isEncoded(each['sig']),
  );

const decoded = (text: string): Uint8Array<ArrayBuffer> => fromBase64(text) ?? new Uint8Array();

const SIGNATURES_MAX = 16;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON value in verified payload bytes, or undefined. */
export function payloadJson(payload: Uint8Array): unknown {
  const text = fromUtf8(payload);
  return text === undefined ? undefined : parseJson(text);
}
