import type { Frame } from '../../../kiosk/stage/stage.ts';
import type { Page } from '../../../shared/domain/pages.ts';

/**
 * What stands on a glass, taken apart into pieces of content: a piece is right when some accepted
 * version has exactly it. Words of the program and times are none.
 */
export function* touchPieces(place: Element): Iterable<string> {
  for (const [name, selector] of PARTS) {
    for (const part of place.querySelectorAll(selector)) yield `${name}: ${part.textContent}`;
  }
  const sheet = place.querySelector('.sheet');
  if (sheet === null || sheet.querySelector(':scope > output:not(.band)') !== null) return;
  const title = place.querySelector('.page-document h1')?.textContent ?? '';
  const text = [...sheet.children].filter((part) => !part.matches('.band'));
  yield `document: ${title}\n${text.map((part) => part.textContent).join('')}`;
}

const PARTS = [
  ['hall', '.header-name'],
  ['title', '.page-document h1'],
  ['title', '.page-list h1'],
  ['row', '.row-words'],
  ['way', '.tile-label'],
  ['title', '.attract-title'],
] as const;

/** The lines in a board's main zone by the page that they are said to be of, or of its card. */
export function boardPiece({ scene, main }: Frame): string {
  const lines = main.map(({ text }) => text);
  return scene === 'card' ? `hall: ${lines[0]}` : pagePiece(scene, lines);
}

/** The same of a page as it lies on the shelf. */
export const storedPiece = (scene: string, { lines }: Page): string =>
  pagePiece(
    scene,
    lines.map(({ text }) => text),
  );

const pagePiece = (scene: string, lines: readonly string[]): string =>
  `page: ${scene}\n${lines.join('\n')}`;
