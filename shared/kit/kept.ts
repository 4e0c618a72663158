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

/**
 * Derives each of a list, of which the next one differs little: what stood at its place in the list
 * before, or beside it, is taken over at a glance.
 */
export function keptByEach<Source extends object, Value>(
  derive: (source: Source) => Value,
): (sources: readonly Source[]) => readonly Value[] {
  let before: readonly Source[] = [];
  let values: readonly Value[] = [];
  return (sources) => {
    if (sources === before) return values;
    // How many came in or went out so far.
    let shift = 0;
    const next = sources.map((source, at) => {
      if (before[at + shift] !== source) {
        if (before[at + shift + 1] === source) shift += 1;
        else if (before[at + shift - 1] === source) shift -= 1;
        else return derive(source);
      }
      const value = values[at + shift];
      return value === undefined ? derive(source) : value;
    });
    before = sources;
    values = next;
    return values;
  };
}
