import { parseDate } from '../domain/civil.ts';
import type { ParagraphNode, RichNode, RichText } from './rich-text.ts';
import { paragraphOf, splitLines } from './rich-text.ts';

/**
 * The structure of an official document, found in its plain text: parts that end with a sign-off
 * (issuers and date) before another title, titles set over several lines, headings 一、 (一) 1、.
 * Nothing is corrected: every character but line ends is in the titles and bodies, in order.
 */
export function documentFromText(text: string): Outlined {
  let rest = splitLines(text);
  const parts: OutlinedPart[] = [];
  const signOffs: SignOff[] = [];
  while (rest.length > 0) {
    const titleLines = countTitleLines(rest);
    const end = endOfPart(rest, titleLines);
    const lines = rest.slice(titleLines, end);
    const signOff = findSignOff(lines);
    if (signOff !== undefined) signOffs.push(signOff);
    parts.push({ title: rest.slice(0, titleLines).join(''), body: bodyOf(lines, signOff) });
    rest = rest.slice(end);
  }
  return { parts, issuers: signOffs[0]?.issuers ?? [], madeOn: signOffs[0]?.madeOn ?? null };
}

export interface Outlined {
  readonly parts: readonly OutlinedPart[];
  /** Of the first sign-off; empty when the text has none. */
  readonly issuers: readonly string[];
  /** `YYYY-MM-DD` of the first sign-off. */
  readonly madeOn: string | null;
}

export interface OutlinedPart {
  /** Empty when the text gives none, such as for a forwarding note. */
  readonly title: string;
  readonly body: RichText;
}

const TITLE_LINES_MAX = 3;
/** A title ends with the document's genre (文种). */
const GENRE =
  /(?:通知|意见|方案|办法|规定|公告|通告|批复|纪要|决定|决议|命令|通报|报告|请示|细则|条例|规划|计划|要点|指南|目录|清单)$/;

/** As many of the first lines as together end with a genre; none when the text begins at once. */
function countTitleLines(lines: readonly string[]): number {
  let count = 0;
  let joined = '';
  for (const [index, line] of lines.slice(0, TITLE_LINES_MAX).entries()) {
    if (!isPlainLine(line, 50) || isDateLine(line)) break;
    joined += line.trim();
    if (GENRE.test(joined)) count = index + 1;
  }
  return count;
}

/** A part goes on to the end unless a sign-off is followed by another title. */
function endOfPart(lines: readonly string[], from: number): number {
  for (let at = from; at < lines.length; at++) {
    if (isDateLine(lines[at] ?? '') && countTitleLines(lines.slice(at + 1)) > 0) return at + 1;
  }
  return lines.length;
}

interface SignOff {
  readonly from: number;
  /** Index of the date. */
  readonly at: number;
  readonly issuers: readonly string[];
  readonly madeOn: string | null;
}

/** The first date that stands alone, with the bare names above it. */
function findSignOff(lines: readonly string[]): SignOff | undefined {
  const at = lines.findIndex(isDateLine);
  if (at === -1) return undefined;
  let from = at;
  while (from > 0 && isPlainLine(lines[from - 1] ?? '', 30)) from -= 1;
  const issuers = lines.slice(from, at).map((line) => line.trim());
  return { from, at, issuers, madeOn: readDate(lines[at] ?? '') };
}

/** A line that is a name rather than a sentence, a heading or a salutation. */
function isPlainLine(line: string, max: number): boolean {
  return (
    line.length <= max &&
    line.trim() !== '' &&
    !/[。；;！!？?，,：:、]/.test(line) &&
    levelOf(line) === undefined
  );
}

const DATE_LINE =
  /^\s*([0-9〇○零一二三四五六七八九]{4})年([0-9一二三四五六七八九十]{1,3})月([0-9一二三四五六七八九十]{1,3})日\s*$/;
const isDateLine = (line: string): boolean => DATE_LINE.test(line);

/** `2010年4月26日` or 二〇一〇年四月二十六日 as `2010-04-26`; null when there is no such day. */
function readDate(line: string): string | null {
  const [, year = '', month = '', day = ''] = DATE_LINE.exec(line) ?? [];
  const date = [
    [...year].map(readDigit).join(''),
    readSmallNumber(month).padStart(2, '0'),
    readSmallNumber(day).padStart(2, '0'),
  ].join('-');
  return parseDate(date) === undefined ? null : date;
}

const DIGITS = '〇一二三四五六七八九';

function readDigit(char: string): string {
  if (char === '○' || char === '零') return '0';
  const value = DIGITS.indexOf(char);
  return value === -1 ? char : String(value);
}

/** Up to 99: `26`, 二十六, 十. */
function readSmallNumber(text: string): string {
  const [tens, ones] = text.includes('十') ? text.split('十') : ['', text];
  if (!text.includes('十')) return [...text].map(readDigit).join('');
  return `${tens === '' ? 1 : readDigit(tens ?? '')}${ones === '' ? 0 : readDigit(ones ?? '')}`;
}

function bodyOf(lines: readonly string[], signOff: SignOff | undefined): RichText {
  const content = lines.flatMap((line, index): RichNode[] => {
    const isSigned = signOff !== undefined && index >= signOff.from && index <= signOff.at;
    return isSigned ? [signed(line)] : nodesOf(line, lines[index - 1], lines[index + 1]);
  });
  return { type: 'doc', content };
}

const signed = (line: string): ParagraphNode => ({
  ...paragraphOf(line),
  attrs: { textAlign: 'right' },
});

/** Longest heading that runs into its text: more is a numbered paragraph. */
const RUN_IN_MAX = 30;
const ALONE_MAX = 60;

function nodesOf(line: string, before: string | undefined, next: string | undefined): RichNode[] {
  const level = levelOf(line);
  if (level === undefined || /[；;，,]\s*$/.test(line)) return [paragraphOf(line)];
  const stop = line.indexOf('。');
  const heading = stop === -1 ? line : line.slice(0, stop + 1);
  const text = line.slice(heading.length);
  if (heading.length > (stop === -1 ? ALONE_MAX : RUN_IN_MAX)) return [paragraphOf(line)];
  // 1、 alone on its line heads a text below it; next to 2、 it is an entry of a list.
  const isListed = next === undefined || levelOf(next) !== undefined || levelOf(before ?? '') === 4;
  if (level === 4 && text === '' && isListed) return [paragraphOf(line)];
  const node: RichNode = {
    type: 'heading',
    attrs: { level },
    content: [{ type: 'text', text: heading }],
  };
  return text === '' ? [node] : [node, paragraphOf(text)];
}

/** Chapter and 一、 2, section and (一) 3, 1、 4: the levels below a part's title. */
function levelOf(line: string): number | undefined {
  if (/^\s*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}章)/.test(line)) return 2;
  if (/^\s*(?:[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,3}节)/.test(line))
    return 3;
  return /^\s*\d{1,2}(?:、|[．.](?!\d))/.test(line) ? 4 : undefined;
}
