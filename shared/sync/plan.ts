import type { ObjectRef } from '../domain/release.ts';
import type { Sha256 } from '../kit/ids.ts';
import type { Result } from '../kit/result.ts';
import { accepted, refused } from '../kit/result.ts';

/** What a screen is willing to hold. Sizes come from references, before anything is downloaded. */
export interface Limits {
  /** Of one object. */
  readonly objectBytes: number;
  /** Of everything a release names for this screen. */
  readonly releaseBytes: number;
}

export const LIMITS: Limits = { objectBytes: 32 * 1024 * 1024, releaseBytes: 512 * 1024 * 1024 };

/** What is held already is shown, whatever the limits have become since. */
export const UNLIMITED: Limits = { objectBytes: Infinity, releaseBytes: Infinity };

export interface Plan {
  /** Each object to fetch, once. */
  readonly missing: readonly ObjectRef[];
  /** Of everything wanted, held or not. */
  readonly bytes: number;
}

/** [SY4] What to fetch. [RL3] Declared sizes cap it: over the limits it is refused beforehand. */
export function plan(
  have: ReadonlySet<Sha256>,
  want: readonly ObjectRef[],
  limits: Limits,
): Result<Plan, 'too-large' | 'bad-object'> {
  const sizes = new Map<Sha256, number>();
  const missing: ObjectRef[] = [];
  let total = 0;
  for (const ref of want) {
    const size = sizes.get(ref.digest);
    if (size === ref.bytes) continue;
    if (size !== undefined) return refused('bad-object');
    sizes.set(ref.digest, ref.bytes);
    total += ref.bytes;
    if (ref.bytes > limits.objectBytes) return refused('too-large');
    if (!have.has(ref.digest)) missing.push(ref);
  }
  if (total > limits.releaseBytes) return refused('too-large');
  return accepted({ missing, bytes: total });
}

/** Objects that nothing kept names. [SY6] What is kept is never among them. */
export function sweep(keep: ReadonlySet<Sha256>, all: readonly Sha256[]): readonly Sha256[] {
  return all.filter((digest) => !keep.has(digest));
}
