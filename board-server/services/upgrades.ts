import type { Json } from '../../shared/kit/json.ts';
import type { Migrations } from '../store/migrations.ts';

/**
 * [UP1] What became of each collection's documents since the first release: one step for each new
 * shape, never edited once released. See `Migrations`.
 */
export const MIGRATIONS: Migrations = new Map([
  ['report-shards', [reportsWithoutShapes]],
  ['people', [peopleOfStanding]],
]);

/** 2: a report may be kept with its signature, and has no shape of its own beside the document's. */
function reportsWithoutShapes(shard: Json): Json {
  const reports = Object.entries(membersOf(membersOf(shard)['reports'])).map(([screen, kept]) => {
    const { v: _shape, ...rest } = membersOf(kept);
    return [screen, rest] as const;
  });
  return { v: 2, reports: Object.fromEntries(reports) };
}

/** 2: an account may be closed off; those of before are open. */
function peopleOfStanding(person: Json): Json {
  return { ...membersOf(person), v: 2, standing: { state: 'open' } };
}

function membersOf(value: Json | undefined): Readonly<Record<string, Json>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value));
}
