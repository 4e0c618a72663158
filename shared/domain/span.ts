/**
 * A value and the half-open interval [since, until) of epoch milliseconds over which it holds.
 * `-Infinity` and `Infinity` stand for "always has" and "always will".
 */
export interface Span<Value> {
  readonly value: Value;
  readonly since: number;
  readonly until: number;
}

/** A value as a function of time: total, and constant over each span it returns. */
export type Timeline<Value> = (t: number) => Span<Value>;

export function always<Value>(value: Value): Timeline<Value> {
  const span = { value, since: -Infinity, until: Infinity };
  return () => span;
}

/** `inside` from `from` up to but not including `until`; `outside` before and after. */
export function during<Value>(
  from: number,
  until: number,
  inside: Value,
  outside: Value,
): Timeline<Value> {
  if (from >= until) return always(outside);
  return (t) => {
    if (t < from) return { value: outside, since: -Infinity, until: from };
    if (t < until) return { value: inside, since: from, until };
    return { value: outside, since: until, until: Infinity };
  };
}

/** A span cut to the interval that another span covers. */
export function clip<Value>(
  span: Span<Value>,
  to: { readonly since: number; readonly until: number },
): Span<Value> {
  if (to.since <= span.since && to.until >= span.until) return span;
  return {
    value: span.value,
    since: Math.max(span.since, to.since),
    until: Math.min(span.until, to.until),
  };
}
