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
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new Error('broken assumption: a number that JSON cannot carry');
  }
  if (typeof value === 'string') return quote(value);
  if (value === null || typeof value === 'boolean' || typeof value === 'number') {
    return JSON.stringify(value);
  }
  // Casts and outside data can bring what the type rules out, such as a function or a big integer.
  if (typeof value !== 'object') throw new Error(`broken assumption: JSON of a ${typeof value}`);
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const entries = Object.keys(value)
    .sort(byCodeUnit)
    .flatMap((key) => {
      const member = value[key];
      return member === undefined ? [] : [`${quote(key)}:${canonicalJson(member)}`];
    });
  return `{${entries.join(',')}}`;
}

/**
 * UTF-8 of the canonical JSON. Takes any object: an interface has no index signature, so `Json`
 * cannot describe what is declared as one, though it holds nothing else.
 */
export function canonicalBytes(value: object): Uint8Array<ArrayBuffer> {
  return utf8(canonicalJson(value as Json));
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
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
