import type { Json } from '../../shared/kit/json.ts';
import { frozenCopy } from './frozen.ts';
import type { JournalOperation } from './journal-line.ts';

/**
 * For each collection, the steps its values have gone through since the first release: step `i`
 * takes a value of shape `i + 1` to shape `i + 2`. A collection that never changed has no row.
 * Steps are pure, and never edited once released.
 */
export type Migrations = ReadonlyMap<string, readonly ((value: Json) => Json)[]>;

/** The shape (`v`) in which this program writes values of the collection. */
export function currentShape(migrations: Migrations, collection: string): number {
  return (migrations.get(collection)?.length ?? 0) + 1;
}

type Put = Extract<JournalOperation, { put: unknown }>['put'];

/** A stored put in today's shape; undefined when a later program wrote it. */
export function inTodaysShape<Stored extends Put>(
  migrations: Migrations,
  put: Stored,
): Stored | undefined {
  const v = currentShape(migrations, put.collection);
  if (put.v > v) return undefined;
  if (put.v === v) return put;
  const steps = (migrations.get(put.collection) ?? []).slice(put.v - 1);
  return { ...put, v, value: frozenCopy(steps.reduce((older, step) => step(older), put.value)) };
}
