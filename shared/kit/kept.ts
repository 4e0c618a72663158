/** Has something derived from an object made once and kept as long as the object is. */
export function keptBy<Source extends object, Value>(
  derive: (source: Source) => Value,
): (source: Source) => Value {
  const kept = new WeakMap<Source, { readonly value: Value }>();
  return (source) => {
    const known = kept.get(source);
    if (known !== undefined) return known.value;
    const value = derive(source);
    kept.set(source, { value });
    return value;
  };
}
