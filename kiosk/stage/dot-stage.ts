import { bitmapAdvance } from '../../shared/domain/cells.ts';
import type { BoardProfile } from '../../shared/domain/profile.ts';
import type { LoadedDotFont } from '../fonts/load-dot-font.ts';
import { drawBitmapText } from './bitmap-text.ts';
import type { BoxedLine, FrameLine, Stage, Tone } from './stage.ts';

/** An LED board: one canvas pixel is one dot, lit in a colour or dark. */
export function createDotStage(profile: BoardProfile, font: LoadedDotFont): Stage {
  const canvas = document.createElement('canvas');
  canvas.className = 'dot-stage';
  canvas.width = profile.width;
  canvas.height = profile.height;
  canvas.setAttribute('role', 'img');
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('broken assumption: no 2d canvas');
  const colours = profile.colour === 'red' ? RED : FULL;
  let drawn = '';
  return {
    element: canvas,
    profile,
    prepare: (text) => font.cover(text),
    draw: (frame) => {
      const lines = [...frame.main, ...frame.around];
      const next = JSON.stringify(lines);
      if (next === drawn) return;
      drawn = next;
      context.fillStyle = DARK;
      context.fillRect(0, 0, profile.width, profile.height);
      drawRules(context, profile);
      for (const line of lines.map(setInBox)) {
        drawBitmapText(context, line, colours[line.tone], font);
      }
      canvas.setAttribute('aria-label', spoken(lines));
    },
  };
}

/** Starts a boxed line at the whole dot that its alignment asks for; what is too long ends in `…`. */
function setInBox(line: FrameLine | BoxedLine): FrameLine {
  if (!('align' in line)) return line;
  const characters = [...line.text];
  const dots = (text: readonly string[]) =>
    text.reduce((sum, one) => sum + (bitmapAdvance(one.codePointAt(0) ?? 0) * line.size) / 1000, 0);
  let kept = characters;
  while (kept.length > 1 && dots(kept) > line.width) {
    kept = [...characters.slice(0, kept.length - (kept.at(-1) === '…' ? 2 : 1)), '…'];
  }
  const room = line.width - dots(kept);
  const shift = { start: 0, centre: Math.floor(room / 2), end: room }[line.align];
  return { ...line, text: kept.join(''), x: line.x + Math.floor(shift) };
}

const DARK = '#000000';
/** One lamp: rank is said in words. */
const RED: Readonly<Record<Tone, string>> = {
  title: '#ff2a12',
  body: '#ff2a12',
  quiet: '#ff2a12',
  alert: '#ff2a12',
};
/** Amber and warm white read best on full-colour boards; red is kept for what is wrong. */
const FULL: Readonly<Record<Tone, string>> = {
  title: '#ffc43d',
  body: '#fff6e0',
  quiet: '#8fd6b4',
  alert: '#ff5a3c',
};

/** Lines of one dot part the bands of a board that has them. */
function drawRules(context: CanvasRenderingContext2D, { zones, width }: BoardProfile): void {
  if (zones.bottom === undefined || zones.name === undefined) return;
  context.fillStyle = RULE;
  context.fillRect(0, zones.main.y - 1, width, 1);
  context.fillRect(0, zones.bottom.y - 1, width, 1);
}

const RULE = '#5c4a1a';

function spoken(lines: readonly FrameLine[]): string {
  return lines.map(({ text }) => text).join(' ');
}
