import { BREAK, isSpace } from './kinsoku.ts';
import { breakParagraph, type Line, type Measure, type Paragraph } from './line-break.ts';

/** A place in a run of paragraphs: before cluster `at` of paragraph `paragraph`. */
export interface Cursor {
  readonly paragraph: number;
  readonly at: number;
}

export interface Room {
  readonly rows: number;
  /** Thousandths of a full-width character, spaces not counted: a digit is about a half. */
  readonly ink: number;
}

export interface SetLine {
  readonly paragraph: Paragraph;
  readonly line: Line;
  /** True for the first line of its paragraph, which is indented. */
  readonly opens: boolean;
}

/**
 * The lines of one page from `from` on, and where the next page starts; undefined at the end.
 * [PG4] The page ends with a sentence when that leaves at most a third of it unused, else with a
 * clause at most a sixth, else where it is full. Sets at least one character.
 */
export function fillPage(
  paragraphs: readonly Paragraph[],
  from: Cursor,
  room: Room,
  measure: Measure,
): { lines: SetLine[]; next: Cursor | undefined } {
  const full = furthest(paragraphs, from, room, measure);
  if (full === undefined)
    return { lines: setLines(paragraphs, from, undefined, measure), next: full };
  const next = goodEnd(paragraphs, from, full);
  return { lines: setLines(paragraphs, from, next, measure), next };
}

/** Where the page is full; undefined when everything that is left fits. */
function furthest(
  paragraphs: readonly Paragraph[],
  from: Cursor,
  room: Room,
  measure: Measure,
): Cursor | undefined {
  let { rows, ink } = room;
  for (const [index, paragraph] of after(paragraphs, from.paragraph)) {
    const start = index === from.paragraph ? from.at : 0;
    if (rows <= 0 || ink <= 0) return { paragraph: index, at: start };
    const lines = breakParagraph(paragraph, measure, start, undefined, rows);
    for (const line of lines) {
      const needed = inkOf(paragraph, line.start, line.end);
      if (needed > ink) {
        const nothingYet = rows === room.rows;
        return { paragraph: index, at: cutLine(paragraph, line, ink, nothingYet) };
      }
      rows -= 1;
      ink -= needed;
    }
    const next = lines.at(-1)?.next ?? start;
    if (next < paragraph.clusters.length) return { paragraph: index, at: next };
  }
  return undefined;
}

/** The last break of the line that leaves at most `ink` before it. */
function cutLine(paragraph: Paragraph, line: Line, ink: number, mustMove: boolean): number {
  let cut = line.start;
  let anywhere = line.start;
  let used = 0;
  for (let at = line.start; at < line.end; at += 1) {
    if (paragraph.costs[at] === BREAK.free) cut = at;
    anywhere = at;
    used += inkOf(paragraph, at, at + 1);
    if (used > ink) break;
  }
  return cut > line.start || !mustMove ? cut : Math.max(anywhere, line.start + 1);
}

function goodEnd(paragraphs: readonly Paragraph[], from: Cursor, full: Cursor): Cursor {
  let total = 0;
  let pause: 'sentence' | 'clause' | undefined;
  const ends = { sentence: { ink: 0, cursor: full }, clause: { ink: 0, cursor: full } };
  for (const [index, paragraph] of after(paragraphs, from.paragraph)) {
    if (index > full.paragraph) break;
    if (index > from.paragraph) ends.sentence = { ink: total, cursor: { paragraph: index, at: 0 } };
    const start = index === from.paragraph ? from.at : 0;
    const end = index === full.paragraph ? full.at : paragraph.clusters.length;
    pause = undefined;
    for (let at = start; at <= end; at += 1) {
      const mayBreak = at > start && paragraph.costs[at] === BREAK.free;
      if (mayBreak && pause !== undefined)
        ends[pause] = { ink: total, cursor: { paragraph: index, at } };
      const cluster = paragraph.clusters[at];
      if (at === end || cluster === undefined) break;
      if (isSpace(cluster)) continue;
      total += inkOf(paragraph, at, at + 1);
      pause = pauseAfter(cluster, pause);
    }
  }
  const { sentence, clause } = ends;
  if (sentence.ink > 0 && (total - sentence.ink) * 3 <= total) return sentence.cursor;
  if (clause.ink > 0 && (total - clause.ink) * 6 <= total) return clause.cursor;
  return full;
}

/** A closing quotation mark or bracket belongs to the pause before it. */
function pauseAfter<Pause>(
  cluster: string,
  before: Pause,
): Pause | 'sentence' | 'clause' | undefined {
  if ('。！？；!?;.…'.includes(cluster)) return 'sentence';
  if ('，、：,:'.includes(cluster)) return 'clause';
  return '”’）」』》】〕)]'.includes(cluster) ? before : undefined;
}

function setLines(
  paragraphs: readonly Paragraph[],
  from: Cursor,
  until: Cursor | undefined,
  measure: Measure,
): SetLine[] {
  const lines: SetLine[] = [];
  for (const [index, paragraph] of after(paragraphs, from.paragraph)) {
    if (until !== undefined && index > until.paragraph) break;
    const start = index === from.paragraph ? from.at : 0;
    const end = index === until?.paragraph ? until.at : paragraph.clusters.length;
    for (const line of breakParagraph(paragraph, measure, start, end)) {
      lines.push({ paragraph, line, opens: line.start === 0 });
    }
  }
  return lines;
}

/** What the clusters from `start` to `end` take of a page's ink. */
export function inkOf(paragraph: Paragraph, start: number, end: number): number {
  let ink = 0;
  for (let index = start; index < end; index += 1) {
    if (!isSpace(paragraph.clusters[index] ?? ' ')) ink += paragraph.advances[index] ?? 0;
  }
  return ink;
}

function* after<Value>(values: readonly Value[], first: number): Generator<[number, Value]> {
  for (let index = first; index < values.length; index += 1) {
    const value = values[index];
    if (value !== undefined) yield [index, value];
  }
}
