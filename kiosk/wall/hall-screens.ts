import type { ScreenId } from '../../shared/kit/ids.ts';
import { id, isScreenId } from '../../shared/kit/ids.ts';
import { words } from './words.ts';

/** One of the screens that a demonstration hall is made with. */
export interface HallScreen {
  readonly screen: ScreenId;
  readonly page: 'touch' | 'board';
  readonly label: string;
}

export const HALL_SCREENS: readonly HallScreen[] = [
  { screen: id(isScreenId, 'touch-01'), page: 'touch', label: words.touch },
  { screen: id(isScreenId, 'tv-hall'), page: 'board', label: words.television },
  { screen: id(isScreenId, 'led-door'), page: 'board', label: words.door },
  { screen: id(isScreenId, 'led-hall'), page: 'board', label: words.hall },
];
