import type { Generation } from '../../../shared/sync/generation.ts';
import type { World } from '../world.ts';
import type { Check } from './checks.ts';
import type { Out, Truth } from './truth.ts';
import type { Watched } from './watched.ts';

/** What each part of the referee looks with. */
export interface RefereeParts {
  readonly world: World;
  readonly truth: Truth;
  readonly check: Check;
}

/** The head that a generation stands on, as the hall said it. */
export function outOf(
  { truth, check }: RefereeParts,
  watched: Watched,
  generation: Generation,
): Out | undefined {
  const head = generation.channels[0]?.head;
  const out = head === undefined ? undefined : truth.of(head);
  check(
    'signed-release',
    out !== undefined && out.release === head?.release.digest,
    watched.screen,
    () => `a generation of head ${head?.epoch}.${head?.version} that the hall never gave`,
  );
  return out;
}
