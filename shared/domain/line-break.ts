import type { Metrics } from './advance.ts';
import { segment } from './grapheme.ts';
import { BREAK, breakCosts, isSpace, mayNotStart } from './kinsoku.ts';

/** One paragraph made ready to be set: parallel arrays over its grapheme clusters. */
export interface Paragraph {
  readonly clusters: readonly string[];
  /** Thousandths of an em. */
  readonly advances: readonly number[];
  /** The half that [LB6] may squeeze out of each cluster. */
  readonly blanks: readonly ReturnType<Metrics['blankHalf']>[];
  /** Cost of breaking before each cluster. */
  readonly costs: Uint8Array;
}

/** Clusters `start` to `end` of a paragraph, set in one line; edge spaces are outside it. */
export interface Line {
  readonly start: number;
  readonly end: number;
  /** Where the next line starts, after the spaces that ended this one. */
  readonly next: number;
  /** Thousandths of an em still missing, taken out of the marks of the line from its end. */
  readonly squeeze: number;
}

/** Thousandths of an em for the first line, which may be indented, and for the others. */
export interface Measure {
  readonly first: number;
  readonly rest: number;
  /** Room beyond either, for the mark that ends a line and nothing else. */
  readonly hang: number;
}

/**
 * Lines of `paragraph` from cluster `start` to `end`, at most `limit` of them, by the basic level of
 * CLREQ line breaking. Total: a cluster wider than the line stands alone in it. Takes time linear in
 * the clusters it sets.
 */
export function breakParagraph(
  paragraph: Paragraph,
  measure: Measure,
  start = 0,
  end = paragraph.clusters.length,
  limit = Infinity,
): Line[] {
  const lines: Line[] = [];
  let at = skipSpaces(paragraph, start, end);
  // One line more than asked for, so that the last one asked for knows whether it leaves an orphan.
  while (at < end && lines.length <= limit) {
    const line = fitLine(paragraph, at, end, at === 0 ? measure.first : measure.rest, measure.hang);
    lines.push(line);
    at = line.next;
  }
  if (at >= end) keepCompany(paragraph, lines, measure, end);
  return lines.slice(0, limit);
}

export function prepareParagraph(text: string, metrics: Metrics): Paragraph {
  const clusters = segment(text);
  const advances = clusters.map((cluster) => metrics.advance(cluster));
  const blanks = clusters.map((cluster) => metrics.blankHalf(cluster));
  return { clusters, advances, blanks, costs: breakCosts(clusters) };
}

/** The paragraphs of a text, without their edge spaces; one with nothing to see is left out. */
export function splitParagraphs(text: string): string[] {
  return text
    .split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/u)
    .map((paragraph) => paragraph.replaceAll('\t', ' ').trim())
    .filter((paragraph) => /[^\p{C}\p{Z}\p{M}]/u.test(paragraph));
}

/** The longest line that ends at the cheapest break in reach: between words, in one, anywhere. */
function fitLine(
  paragraph: Paragraph,
  start: number,
  end: number,
  width: number,
  hang: number,
): Line {
  const { clusters, costs } = paragraph;
  const best = [-1, -1, -1];
  let used = 0;
  let at = start;
  for (; at < end; at += 1) {
    const cost = costs[at] ?? BREAK.never;
    if (at > start && cost !== BREAK.never) best[cost] = at;
    used += paragraph.advances[at] ?? 0;
    if (used > width && at > start && !isSpace(clusters[at] ?? '')) break;
  }
  if (at >= end) return closeLine(paragraph, start, end, end, 0);
  const squeezed = squeezeIn(paragraph, start, at, end, used - width - hang);
  if (squeezed !== undefined) return squeezed;
  const next = best.find((index) => index > start) ?? at;
  return closeLine(paragraph, start, next, end, 0);
}

/** [LB6] Takes the marks that may not start a line into this one when its blank halves allow. */
function squeezeIn(
  paragraph: Paragraph,
  start: number,
  overflowing: number,
  end: number,
  excess: number,
): Line | undefined {
  const { clusters, advances, costs } = paragraph;
  const hangs = (index: number) => index < end && mayNotStart(clusters[index] ?? '');
  if (!hangs(overflowing)) return undefined;
  let next = overflowing + 1;
  let missing = excess;
  for (; hangs(next) && next - overflowing < MOST_SQUEEZED; next += 1)
    missing += advances[next] ?? 0;
  if (next < end && costs[next] !== BREAK.free && !isSpace(clusters[next] ?? '')) return undefined;
  let slack = 0;
  for (let index = start; index < next; index += 1) slack += slackOf(paragraph, index);
  return missing <= slack
    ? closeLine(paragraph, start, next, end, Math.max(0, missing))
    : undefined;
}

/** A line is not tried against an endless row of marks. */
const MOST_SQUEEZED = 4;

function slackOf({ advances, blanks }: Paragraph, index: number): number {
  return blanks[index] === undefined ? 0 : Math.floor((advances[index] ?? 0) / 2);
}

function closeLine(
  paragraph: Paragraph,
  start: number,
  next: number,
  end: number,
  squeeze: number,
): Line {
  let last = next;
  while (last > start + 1 && isSpace(paragraph.clusters[last - 1] ?? '')) last -= 1;
  return { start, end: last, next: skipSpaces(paragraph, next, end), squeeze };
}

function skipSpaces(paragraph: Paragraph, start: number, end: number): number {
  let at = start;
  while (at < end && isSpace(paragraph.clusters[at] ?? '')) at += 1;
  return at;
}

/** [LB7] When one Han character is left for the last line, an earlier break gives it company. */
function keepCompany(paragraph: Paragraph, lines: Line[], measure: Measure, end: number): void {
  const last = lines.at(-1);
  const before = lines.at(-2);
  if (last === undefined || before === undefined || !isOrphan(paragraph, last)) return;
  for (let at = last.start - 1; at > before.start + 1; at -= 1) {
    if (paragraph.costs[at] !== BREAK.free) continue;
    const moved = fitLine(paragraph, at, end, measure.rest, 0);
    const shorter = closeLine(paragraph, before.start, at, end, 0);
    if (moved.next < end || isOrphan(paragraph, shorter)) return;
    lines.splice(-2, 2, shorter, moved);
    return;
  }
}

function isOrphan(paragraph: Paragraph, line: Line): boolean {
  const words = paragraph.clusters
    .slice(line.start, line.end)
    .filter((cluster) => /[\p{L}\p{N}]/u.test(cluster));
  return words.length === 1 && /\p{Script=Han}/u.test(words[0] ?? '');
}

/** A stretch of a line whose characters stand at their own advances, `offset` thousandths of an em in. */
export interface Piece {
  readonly text: string;
  readonly offset: number;
}

/** The line as it is drawn: one piece, or more where a squeezed mark moves its neighbours. */
export function layLine(paragraph: Paragraph, line: Line): Piece[] {
  const squeezed = squeezedMarks(paragraph, line);
  const pieces: Piece[] = [];
  let text = '';
  let from = 0;
  let pen = 0;
  const cut = (movedBy: number) => {
    if (text !== '') pieces.push({ text, offset: from });
    text = '';
    pen += movedBy;
    from = pen;
  };
  for (let index = line.start; index < line.end; index += 1) {
    const slack = squeezed.has(index) ? slackOf(paragraph, index) : 0;
    const blank = paragraph.blanks[index];
    if (slack > 0 && blank === 'before') cut(-slack);
    text += paragraph.clusters[index] ?? '';
    pen += paragraph.advances[index] ?? 0;
    if (slack > 0 && blank === 'after') cut(-slack);
  }
  cut(0);
  return pieces;
}

/** The mark at the end of the line gives first: nothing behind it moves. */
function squeezedMarks(paragraph: Paragraph, line: Line): ReadonlySet<number> {
  const squeezed = new Set<number>();
  let missing = line.squeeze;
  for (let index = line.end - 1; index >= line.start && missing > 0; index -= 1) {
    const slack = slackOf(paragraph, index);
    if (slack === 0) continue;
    squeezed.add(index);
    missing -= slack;
  }
  return squeezed;
}

/** Thousandths of an em from the start of the line to the end of its last square. */
export function lineWidth(paragraph: Paragraph, line: Line): number {
  let width = 0;
  for (let index = line.start; index < line.end; index += 1)
    width += paragraph.advances[index] ?? 0;
  for (const index of squeezedMarks(paragraph, line)) width -= slackOf(paragraph, index);
  return width;
}
