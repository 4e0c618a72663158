import type { HallProcess } from '../hall/process.ts';
import type { World } from '../world.ts';
import type { Checks } from './checks.ts';
import { createChecks } from './checks.ts';
import type { GlassReferee } from './glass.ts';
import { createGlassReferee } from './glass.ts';
import type { HallReferee } from './hall.ts';
import { createHallReferee } from './hall.ts';
import type { MemoryReferee } from './memory.ts';
import { createMemoryReferee } from './memory.ts';
import type { PageReferee } from './page.ts';
import { createPageReferee } from './page.ts';
import type { Truth } from './truth.ts';

/** Looks at everything and knows what really happened. Decides nothing. */
export type Referee = Checks &
  HallReferee &
  MemoryReferee &
  PageReferee &
  Omit<GlassReferee, 'judgeAgain'>;

export function createReferee(world: World, truth: Truth, process: HallProcess): Referee {
  const checks = createChecks(world);
  const parts = { world, truth, check: checks.check };
  const glass = createGlassReferee(parts);
  return {
    ...checks,
    ...createHallReferee(parts, process),
    ...createMemoryReferee(parts),
    ...createPageReferee(parts, glass),
    ...glass,
  };
}
