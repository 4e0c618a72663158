import { canonicalJson } from '../../shared/kit/json.ts';
import type { Json } from '../../shared/kit/json.ts';

/**
 * A deep-frozen copy that has been through JSON, so that what is read from memory is exactly what
 * a restart would read from the disk, and no caller can change it.
 */
export function frozenCopy(value: Json): Json {
  return frozen(parseOwn(JSON.stringify(value)));
}

/** The same for a value that will be hashed; throws on what canonical JSON cannot carry. */
export function frozenCanonicalCopy(value: Json): Json {
  return frozen(parseOwn(canonicalJson(value)));
}

/** Freezes a value nobody else holds, all the way down. */
export function frozen(value: Json): Json {
  // What is frozen already was frozen here, and so all the way down.
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

/** `JSON.parse` of text that this program has just written: it yields JSON and nothing else. */
function parseOwn(text: string): Json {
  const value: Json = JSON.parse(text);
  return value;
}
