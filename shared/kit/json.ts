import { utf8 } from './bytes.ts';

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/**
 * JSON with sorted keys and no white space, so that equal values have equal bytes.
 * Follows RFC 8785 for the values we use; throws on what JSON cannot carry (NaN, lone surrogates).
 */
export function canonicalJson(value: Json): string {
  return write(value);
}

/**
 * UTF-8 of the canonical JSON. Takes any object: an interface has no index signature, so `Json`
 * cannot describe what is declared as one, though it holds nothing else.
 */
export function canonicalBytes(value: object): Uint8Array<ArrayBuffer> {
  return utf8(write(value));
}

function write(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return JSON.stringify(value);
    throw new Error('broken assumption: a number that JSON cannot carry');
  }
  if (typeof value !== 'object') throw new Error(`broken assumption: JSON of a ${typeof value}`);
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  const members = new Map<string, unknown>(Object.entries(value));
  const written = [...members.keys()].sort(byCodeUnit).flatMap((key) => {
    const member = members.get(key);
    return member === undefined ? [] : [`${quote(key)}:${write(member)}`];
  });
  return `{${written.join(',')}}`;
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function quote(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new Error('broken assumption: a lone surrogate in text');
  return JSON.stringify(text);
}

/** `JSON.parse` as a value: undefined when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // Malformed input is expected here; the caller's schema refuses undefined.
  }
}
