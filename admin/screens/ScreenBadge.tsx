import type { BadgeTone } from '../parts/Badge.tsx';
import { Badge } from '../parts/Badge.tsx';
import { words } from '../words/words.ts';
import type { ScreenState } from '../../shared/protocol/screen-state.ts';

const TONES: Readonly<Record<ScreenState['state'], BadgeTone>> = {
  current: 'green',
  updating: 'amber',
  problem: 'red',
  silent: 'red',
  never: 'grey',
  clock: 'red',
  older: 'amber',
  rolledBack: 'red',
  forged: 'red',
  waiting: 'amber',
  carried: 'green',
  carriedBehind: 'amber',
};

export function ScreenBadge({ state }: { readonly state: ScreenState }) {
  return <Badge tone={TONES[state.state]}>{nameOf(state)}</Badge>;
}

function nameOf(state: ScreenState): string {
  const w = words.value.screens;
  if (state.state === 'silent') return w.states.silent(w.minutes(state.minutes));
  return w.states[state.state];
}

/** What to do about it; nothing for a screen that is well or waits for a person here. */
export function adviceOf(state: ScreenState): string | null {
  const w = words.value;
  switch (state.state) {
    case 'current':
    case 'carried':
    case 'waiting':
      return null;
    case 'problem':
      return w.problems[state.problem];
    case 'updating':
    case 'silent':
    case 'never':
    case 'clock':
    case 'forged':
    case 'carriedBehind':
    case 'older':
    case 'rolledBack':
      return w.screens.advice[state.state];
  }
}
