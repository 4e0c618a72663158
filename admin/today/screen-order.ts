import type { ScreenState } from '../../shared/protocol/screen-state.ts';
import { groupOf } from '../../shared/protocol/screen-state.ts';

/** [DY7] What needs a person, then what is behind, then what will have caught up in seconds. */
export function mostUrgentFirst<Look extends { readonly state: ScreenState }>(
  looks: readonly Look[],
): readonly Look[] {
  return [...looks].sort((a, b) => rankOf(a.state) - rankOf(b.state));
}

function rankOf(state: ScreenState): number {
  if (state.state === 'updating') return 2;
  return groupOf(state) === 'behind' ? 1 : 0;
}
