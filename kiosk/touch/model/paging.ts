/** One page of a list. `number` counts from 0 and stays within what there is. */
export interface PageOf<Entry> {
  readonly entries: readonly Entry[];
  readonly number: number;
  readonly count: number;
}

export function pageOf<Entry>(all: readonly Entry[], size: number, wanted: number): PageOf<Entry> {
  const count = Math.max(1, Math.ceil(all.length / size));
  const number = Math.min(Math.max(0, wanted), count - 1);
  return { entries: all.slice(number * size, (number + 1) * size), number, count };
}
