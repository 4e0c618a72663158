import type { Feature } from '../device/floor.ts';
import '../fonts/fonts.css';
import type { Trouble } from '../words/floor.ts';
import { floorZh, titleOf, troubleOf } from '../words/floor.ts';

/** What keeps a board from starting, in words; with a font, since a box may have no Chinese one. */
export function troubleText(why: Trouble | readonly Feature[]): string {
  const trouble = typeof why === 'string' ? why : troubleOf(why);
  return `${titleOf(floorZh, trouble)}。${floorZh[trouble]}`;
}
