import type { ScreenCounts, ScreenGroup } from '../../shared/protocol/routes.ts';
import { SCREEN_GROUPS } from '../../shared/protocol/routes.ts';
import { words } from '../words/words.ts';

/** Every group with how many screens are in it now, so that nobody opens one to find it empty. */
export function GroupTabs(props: {
  readonly chosen: ScreenGroup | null;
  readonly counts: ScreenCounts;
  readonly onChoose: (group: ScreenGroup | null) => void;
}) {
  const { chosen, counts, onChoose } = props;
  const w = words.value.screens;
  return (
    <fieldset class="tabs" aria-label={w.filter}>
      {[null, ...SCREEN_GROUPS].map((group) => (
        <button
          key={group}
          type="button"
          class="tab"
          aria-pressed={chosen === group}
          onClick={() => onChoose(group)}
        >
          {w.groups[group ?? 'all']}
          <span class="tab-count">{counts[group ?? 'all']}</span>
        </button>
      ))}
    </fieldset>
  );
}
