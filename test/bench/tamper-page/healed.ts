import { newestClockRecord } from '../../../shared/sync/clock.ts';
import { parseLeases } from '../../../shared/sync/records.ts';
import type { Kept } from './disk.ts';

/** What a screen has that was never damaged, and all objects that any version had. */
export interface Sound {
  readonly kept: Kept;
  /** Of the version shown. */
  readonly needed: ReadonlySet<string>;
  readonly objects: ReadonlyMap<string, unknown>;
  /** Heads that must have a proof. */
  readonly proved: ReadonlySet<string>;
}

/**
 * What is not as it should be: an object of the version shown that is not whole, a note that differs.
 * The version before stays on the shelf as it is until the next one comes; proofs and the time differ
 * from minute to minute.
 */
export function* differences(kept: Kept, sound: Sound): Iterable<string> {
  for (const name of sound.needed) {
    if (!sameBytes(kept.objects.get(name), sound.objects.get(name))) yield `objects/${name}`;
  }
  for (const name of ['current', 'settled', 'accepted', 'marks']) {
    if (kept.notes.get(name) !== sound.kept.notes.get(name)) yield `notes/${name}`;
  }
  if (kept.second.get('marks') !== sound.kept.second.get('marks')) yield 'second/marks';
  const proved = provedIn(kept);
  if ([...sound.proved].some((head) => !proved.has(head))) yield 'notes/leases';
  for (const [home, clock] of kept.told.clocks.entries()) {
    if (newestClockRecord([clock]) === undefined) yield `clock ${home}`;
  }
}

function sameBytes(a: unknown, b: unknown): boolean {
  if (!(a instanceof Uint8Array && b instanceof Uint8Array)) return false;
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Digests of heads. */
export const provedIn = ({ told }: Kept): ReadonlySet<string> =>
  new Set(parseLeases(told.leases).keys());
