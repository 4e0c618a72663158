import type { BoardProfile } from '../../shared/domain/profile.ts';
import { loadDotFont } from '../fonts/load-dot-font.ts';
import { createDotStage } from '../stage/dot-stage.ts';
import type { Stage } from '../stage/stage.ts';

/** The stage of a board profile; a television's fonts and code are fetched only by televisions. */
export async function createStage(profile: BoardProfile): Promise<Stage> {
  if (profile.glyphs === 'bitmap') return createDotStage(profile, await loadDotFont());
  const { createScreenStage } = await import('../stage/screen-stage.ts');
  return createScreenStage(profile);
}
