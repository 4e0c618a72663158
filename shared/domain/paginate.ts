import type { Metrics } from './advance.ts';
import { dwellSeconds } from './dwell.ts';
import { fillPage, inkOf, type Cursor, type Room, type SetLine } from './page-fill.ts';
import type { Page, PageLine } from './pages.ts';
import {
  breakParagraph,
  layLine,
  prepareParagraph,
  splitParagraphs,
  type Measure,
  type Paragraph,
} from './line-break.ts';
import type { BoardProfile } from './profile.ts';

/** What a board says of one item. A line feed ends a paragraph. */
export interface BoardText {
  readonly title: string;
  readonly body: string;
  /** Such as "公示至9月30日，触摸屏看全文": never torn apart, always last. */
  readonly foot?: string;
}

/**
 * Pages of one item for one kind of board, as it will be drawn: whole positions, no page without a
 * character, every character of title, body and foot once and in order. A text that says nothing
 * has no page. Total and deterministic; linear in the length of the text.
 */
export function paginate(
  input: string | BoardText,
  profile: BoardProfile,
  metrics: Metrics,
): Page[] {
  const text = typeof input === 'string' ? { title: '', body: input } : input;
  const prepare = (part: string) =>
    splitParagraphs(part).map((paragraph) => prepareParagraph(paragraph, metrics));
  const sheet = sheetOf(profile, metrics);
  const [title, body, foot] = [prepare(text.title), prepare(text.body), prepare(text.foot ?? '')];
  const heading = setAll(title, sheet.titleMeasure);
  const apart =
    profile.title === 'own-pages' ||
    heading.length * 2 > sheet.rows ||
    (body.length === 0 && foot.length === 0);
  const running = profile.title === 'own-pages' ? [] : runningTitle(title, sheet, metrics);
  const first: Head = apart ? { lines: running, isRead: false } : { lines: heading, isRead: true };
  const drafts = apart ? flow(title, 'title', sheet, { lines: [], isRead: false }, []) : [];
  const pages = flow(body, 'body', sheet, first, running);
  const hasFirst = apart || pages.length > 0;
  return [
    ...drafts,
    ...addFoot(pages, foot, sheet, hasFirst ? { lines: running, isRead: false } : first),
  ].map((draft) => drawPage(draft, sheet));
}

/** The main zone of a profile, in what line breaking counts in. */
interface Sheet {
  readonly profile: BoardProfile;
  readonly rows: number;
  readonly ink: number;
  readonly titleMeasure: Measure;
  readonly measure: Measure;
}

interface Head {
  readonly lines: readonly SetLine[];
  /** False for a title repeated on a later page: nobody reads it again. */
  readonly isRead: boolean;
}

interface Draft {
  readonly head: Head;
  readonly lines: readonly (SetLine & { readonly role: PageLine['role'] })[];
}

function sheetOf(profile: BoardProfile, metrics: Metrics): Sheet {
  const { main } = profile.zones;
  const measure = measureOf(main.width, main.size);
  const indent = profile.indent * metrics.advance('一');
  return {
    profile,
    rows: main.rows,
    ink: profile.pageCharacters * 1000,
    titleMeasure: measureOf(main.width, profile.titleSize),
    measure: { ...measure, first: measure.rest - indent },
  };
}

/** Text fills whole columns; what is left of the width is for the mark that ends a line. */
function measureOf(width: number, size: number): Measure {
  const columns = Math.floor(width / size) * 1000;
  return { first: columns, rest: columns, hang: Math.floor((width * 1000) / size) - columns };
}

/** [PG5] Evens the pages out when the last would hold less than half of what the others do. */
function flow(
  paragraphs: readonly Paragraph[],
  role: 'title' | 'body',
  sheet: Sheet,
  first: Head,
  running: readonly SetLine[],
): Draft[] {
  const full = flowAtMost(sheet.ink, paragraphs, role, sheet, first, running);
  const inks = full.map(({ lines }) => inkOfLines(lines));
  const average = inks.reduce((sum, ink) => sum + ink, 0) / full.length;
  if (full.length < 2 || (inks.at(-1) ?? 0) * 2 >= average) return full;
  for (const share of [1, 1.1, 1.25, 1.5]) {
    const cap = Math.ceil(average * share);
    const even = flowAtMost(cap, paragraphs, role, sheet, first, running);
    if (even.length === full.length) return even;
  }
  return full;
}

function flowAtMost(
  cap: number,
  paragraphs: readonly Paragraph[],
  role: 'title' | 'body',
  sheet: Sheet,
  first: Head,
  running: readonly SetLine[],
): Draft[] {
  const drafts: Draft[] = [];
  const measure = role === 'title' ? sheet.titleMeasure : sheet.measure;
  let cursor: Cursor | undefined = paragraphs.length > 0 ? { paragraph: 0, at: 0 } : undefined;
  while (cursor !== undefined) {
    const head = drafts.length === 0 ? first : { lines: running, isRead: false };
    const room = roomBelow(head, sheet);
    const ink = Math.min(cap, room.ink);
    const filled = fillPage(paragraphs, cursor, { rows: room.rows, ink }, measure);
    drafts.push({ head, lines: filled.lines.map((line) => ({ ...line, role })) });
    cursor = filled.next;
  }
  return drafts;
}

function roomBelow(head: Head, sheet: Sheet): Room {
  return {
    rows: Math.max(1, sheet.rows - head.lines.length),
    ink: Math.max(1, sheet.ink - inkOfLines(head.lines)),
  };
}

/** [PG6] The foot joins the last page when all of it fits there, else it has pages of its own. */
function addFoot(pages: Draft[], foot: readonly Paragraph[], sheet: Sheet, head: Head): Draft[] {
  if (foot.length === 0) return pages;
  const lines = setAll(foot, sheet.measure).map((line) => ({ ...line, role: 'foot' as const }));
  const last = pages.at(-1);
  if (last !== undefined && sheet.profile.title === 'each-page') {
    const room = roomBelow(last.head, sheet);
    const fits =
      last.lines.length + lines.length <= room.rows &&
      inkOfLines(last.lines) + inkOfLines(lines) <= room.ink;
    if (fits) return [...pages.slice(0, -1), { ...last, lines: [...last.lines, ...lines] }];
  }
  const own = flowAtMost(sheet.ink, foot, 'body', sheet, head, []);
  return [...pages, ...own.map((draft) => asFoot(draft))];
}

function asFoot(draft: Draft): Draft {
  return { ...draft, lines: draft.lines.map((line) => ({ ...line, role: 'foot' as const })) };
}

/** The title in one line for the pages after its first; an ellipsis stands for what is cut. */
function runningTitle(title: readonly Paragraph[], sheet: Sheet, metrics: Metrics): SetLine[] {
  const whole = title.map((paragraph) => paragraph.clusters.join('')).join(' ');
  const lines = setAll([prepareParagraph(whole, metrics)], sheet.titleMeasure);
  if (lines.length < 2) return lines;
  const width = sheet.titleMeasure.rest - metrics.advance('…');
  const measure = { first: width, rest: width, hang: 0 };
  const paragraph = prepareParagraph(whole, metrics);
  const kept = breakParagraph(paragraph, measure, 0, undefined, 1).at(0);
  const cut = prepareParagraph(`${paragraph.clusters.slice(0, kept?.end).join('')}…`, metrics);
  return setAll([cut], sheet.titleMeasure).slice(0, 1);
}

function setAll(paragraphs: readonly Paragraph[], measure: Measure): SetLine[] {
  return paragraphs.flatMap((paragraph) =>
    breakParagraph(paragraph, measure).map((line) => ({
      paragraph,
      line,
      opens: line.start === 0,
    })),
  );
}

function inkOfLines(lines: readonly SetLine[]): number {
  return lines.reduce(
    (sum, { paragraph, line }) => sum + inkOf(paragraph, line.start, line.end),
    0,
  );
}

function drawPage({ head, lines }: Draft, { profile, rows }: Sheet): Page {
  const { main } = profile.zones;
  const all = [...head.lines.map((line) => ({ ...line, role: 'title' as const })), ...lines];
  const spare = profile.title === 'own-pages' ? Math.max(0, rows - all.length) : 0;
  const top = Math.floor((spare * main.lineHeight) / 2);
  const drawn = all.flatMap(({ paragraph, line, opens, role }, row) => {
    const size = role === 'title' ? profile.titleSize : main.size;
    const indent = opens && role !== 'title' ? profile.indent * size : 0;
    const y = top + row * main.lineHeight + Math.floor((main.lineHeight - size) / 2);
    return layLine(paragraph, line).map(({ text, offset }): PageLine => ({
      text,
      x: indent + Math.round((offset * size) / 1000),
      y,
      size,
      role,
    }));
  });
  const read = head.isRead ? all : lines;
  return { lines: drawn, dwellSeconds: dwellSeconds(read.map(textOf).join('\n')) };
}

function textOf({ paragraph, line }: SetLine): string {
  return paragraph.clusters.slice(line.start, line.end).join('');
}
