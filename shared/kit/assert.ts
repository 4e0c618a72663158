/** Throws when an assumption the program rests on is broken. Never used for outside data. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`broken assumption: ${message}`);
}

/** The value, or a thrown error when it is missing: for places where absence is a bug. */
export function present<Value>(value: Value | undefined | null, name: string): Value {
  if (value === undefined || value === null) throw new Error(`broken assumption: no ${name}`);
  return value;
}

/** The exhaustive end of a switch over a union. */
export function unreachable(value: never): never {
  throw new Error(`broken assumption: unexpected ${JSON.stringify(value)}`);
}
