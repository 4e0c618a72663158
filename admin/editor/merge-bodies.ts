import { difference } from '../../shared/domain/difference.ts';
import type { Merged } from '../../shared/domain/merge.ts';
import { merge } from '../../shared/domain/merge.ts';
import { segment } from '../../shared/domain/grapheme.ts';
import { equalData } from '../../shared/kit/equal.ts';
import type { RecordBody } from '../../shared/protocol/records.ts';
import type { RichNode, RichText } from '../../shared/records/rich-text.ts';
import { paragraphOf, plainTextOf, textOf } from '../../shared/records/rich-text.ts';
import type { Words } from '../words/zh.ts';
import type { Unit } from './merge-units.ts';
import { bodyWith, partsOf, unitsOf } from './merge-units.ts';

/** [WF5] Two people's versions of one record, over the version that both began with. */
export interface BodyMerge {
  /** What only one of them changed, or both alike. */
  readonly settled: readonly Settled[];
  /** What each changed in a way of their own, in the order of the form. */
  readonly disputes: readonly Dispute[];
  /** The record as chosen; undefined while something is not chosen or does not fit. */
  readonly resolve: (choices: Choices) => RecordBody | undefined;
}

export interface Settled {
  readonly key: string;
  readonly label: string;
  readonly by: 'mine' | 'theirs' | 'both';
  readonly now: string;
}

export interface Dispute {
  readonly key: string;
  readonly label: string;
  /** Empty when what both began with is not known. */
  readonly base: Reading | null;
  readonly mine: Reading;
  readonly theirs: Reading;
  /** What keeping both would give; null where only one of the two can stand. */
  readonly both: Reading | null;
  /** How it is written by hand; null for what is not written as plain text here. */
  readonly byHand: { readonly rows: number; readonly max: number } | null;
}

export interface Reading {
  readonly text: string;
  /** The text with its structure, where it has one. */
  readonly rich: RichText | null;
}

export type Choice =
  | { readonly take: 'mine' | 'theirs' | 'both' }
  | { readonly take: 'hand'; readonly text: string };
/** By the key of a dispute. */
export type Choices = ReadonlyMap<string, Choice>;

/**
 * @param base the version that both began with; null when this computer no longer has it: then
 *   everything in which the two differ is theirs to choose
 */
export function mergeBodies(
  base: RecordBody | null,
  mine: RecordBody,
  theirs: RecordBody,
  w: Words,
): BodyMerge {
  const counts = new Set([base ?? mine, mine, theirs].map(partsOf));
  const split = counts.size === 1;
  const before = base === null ? undefined : byKey(unitsOf(base, w, split));
  const others = byKey(unitsOf(theirs, w, split));
  const merges = unitsOf(mine, w, split).flatMap((unit) => {
    const other = others.get(unit.key);
    if (other === undefined || equalData(unit.value, other.value)) return [];
    return [mergeUnit(before?.get(unit.key), unit, other)];
  });
  return {
    settled: merges.flatMap(({ settled }) => settled ?? []),
    disputes: merges.flatMap(({ disputes }) => disputes),
    resolve(choices) {
      const values = new Map<string, unknown>();
      for (const { key, disputes, settle } of merges) {
        if (disputes.some((dispute) => !choices.has(dispute.key))) return undefined;
        values.set(key, settle(choices));
      }
      return bodyWith(theirs, values);
    },
  };
}

const byKey = (units: readonly Unit[]): ReadonlyMap<string, Unit> =>
  new Map(units.map((unit) => [unit.key, unit]));

interface UnitMerge {
  readonly key: string;
  readonly settled: Settled | null;
  readonly disputes: readonly Dispute[];
  readonly settle: (choices: Choices) => unknown;
}

function mergeUnit(base: Unit | undefined, mine: Unit, theirs: Unit): UnitMerge {
  const { key, label } = mine;
  if (base !== undefined && equalData(base.value, theirs.value))
    return settledUnit(mine, 'mine', mine.value);
  if (base !== undefined && equalData(base.value, mine.value))
    return settledUnit(theirs, 'theirs', theirs.value);
  if (mine.shape === 'rich' && theirs.shape === 'rich') {
    const before = base?.shape === 'rich' ? base.value.content : null;
    const parts = runsOf(before, mine.value.content, theirs.value.content);
    return mergeRuns(mine, parts, {
      made: richOf,
      read: (content) => readingOf(richOf(content)),
      both: bothBlocks,
    });
  }
  if (mine.shape === 'parts' && theirs.shape === 'parts') {
    const before = base?.shape === 'parts' ? base.value : null;
    return mergeRuns(mine, runsOf(before, mine.value, theirs.value), {
      made: (parts) => parts,
      read: (parts) => ({
        text: parts.map(({ title, body }) => `${title}\n${plainTextOf(body)}`).join('\n'),
        rich: null,
      }),
      both: oneAfterOther,
    });
  }
  const both = bothOf(base, mine, theirs);
  const dispute: Dispute = {
    key,
    label,
    base: base === undefined ? null : plain(saidOf(base)),
    mine: plain(saidOf(mine)),
    theirs: plain(saidOf(theirs)),
    both: both === null ? null : plain(both.said),
    byHand: mine.shape === 'text' ? { rows: mine.rows, max: mine.max } : null,
  };
  return {
    key,
    settled: null,
    disputes: [dispute],
    settle(choices) {
      const choice = choices.get(key);
      if (choice?.take === 'hand') return choice.text;
      if (choice?.take === 'both') return both?.value;
      return choice?.take === 'mine' ? mine.value : theirs.value;
    },
  };
}

const richOf = (content: readonly RichNode[]): RichText => ({
  type: 'doc',
  content: [...content],
});

function settledUnit(unit: Unit, by: Settled['by'], value: unknown): UnitMerge {
  const { key, label } = unit;
  return { key, settled: { key, label, by, now: saidOf(unit) }, disputes: [], settle: () => value };
}

type Disputed<Item> = Extract<Merged<Item>, { kind: 'disputed' }>;

interface Ways<Item> {
  /** The value of the unit that consists of these. */
  readonly made: (items: readonly Item[]) => unknown;
  readonly read: (items: readonly Item[]) => Reading;
  readonly both: (run: Disputed<Item>) => readonly Item[];
}

/** A text or a list of parts, merged run by run: only the runs that both changed are disputed. */
function mergeRuns<Item>(
  { key, label }: Unit,
  runs: readonly Merged<Item>[],
  { made, read, both }: Ways<Item>,
): UnitMerge {
  const keyOf = (index: number): string => `${key}#${index}`;
  const disputes = runs.flatMap((run, index): readonly Dispute[] => {
    if (run.kind === 'settled') return [];
    const canBoth = run.mine.length > 0 && run.theirs.length > 0;
    return [
      {
        key: keyOf(index),
        label,
        base: read(run.base),
        mine: read(run.mine),
        theirs: read(run.theirs),
        both: canBoth ? read(both(run)) : null,
        byHand: null,
      },
    ];
  });
  const settle = (choices: Choices): unknown =>
    made(
      runs.flatMap((run, index) => {
        if (run.kind === 'settled') return run.items;
        const take = choices.get(keyOf(index))?.take;
        if (take === 'both') return both(run);
        return take === 'mine' ? run.mine : run.theirs;
      }),
    );
  const settled =
    disputes.length > 0 ? null : { key, label, by: 'both' as const, now: read(allOf(runs)).text };
  return { key, settled, disputes, settle };
}

const oneAfterOther = <Item>({ mine, theirs }: Disputed<Item>): readonly Item[] => [
  ...theirs,
  ...mine,
];

/** One paragraph in which the two changes lie apart holds both; else they stand one after the other. */
function bothBlocks(run: Disputed<RichNode>): readonly RichNode[] {
  const base = plainParagraph(run.base);
  const mine = plainParagraph(run.mine);
  const theirs = plainParagraph(run.theirs);
  if (base === null || mine === null || theirs === null) return oneAfterOther(run);
  const joined = joinedText(base, mine, theirs);
  return joined === null || joined === '' ? oneAfterOther(run) : [paragraphOf(joined)];
}

/** The words of a single paragraph that has nothing but words; null for anything else. */
function plainParagraph(nodes: readonly RichNode[]): string | null {
  const [node] = nodes;
  if (nodes.length !== 1 || node?.type !== 'paragraph') return null;
  const text = textOf(node.content);
  return text !== '' && equalData(node, paragraphOf(text)) ? text : null;
}

const allOf = <Item>(runs: readonly Merged<Item>[]): readonly Item[] =>
  runs.flatMap((run) => (run.kind === 'settled' ? run.items : []));

/** Without the version that both began with, whatever differs is disputed. */
function runsOf<Item>(
  base: readonly Item[] | null,
  mine: readonly Item[],
  theirs: readonly Item[],
): readonly Merged<Item>[] {
  if (base !== null) return merge(base, mine, theirs, equalData);
  const runs: Merged<Item>[] = [];
  let at = 0;
  for (const { from, until, items } of difference(mine, theirs, equalData)) {
    runs.push({ kind: 'settled', items: mine.slice(at, from) });
    runs.push({ kind: 'disputed', base: [], mine: mine.slice(from, until), theirs: items });
    at = until;
  }
  return [...runs, { kind: 'settled', items: mine.slice(at) }];
}

/** What holds both: a text in which their changes lie apart, lines one after the other, or all of a list. */
function bothOf(
  base: Unit | undefined,
  mine: Unit,
  theirs: Unit,
): { readonly value: unknown; readonly said: string } | null {
  if (mine.shape === 'list' && theirs.shape === 'list') {
    const value = [...new Set([...theirs.value, ...mine.value])];
    return { value, said: mine.said(value) };
  }
  if (mine.shape !== 'text' || theirs.shape !== 'text') return null;
  const begun = base?.shape === 'text' ? base.value : null;
  const joined = begun === null ? null : joinedText(begun, mine.value, theirs.value);
  if (joined !== null) return { value: joined, said: joined };
  if (mine.rows === 1 || mine.value === '' || theirs.value === '') return null;
  const lines = `${theirs.value}\n${mine.value}`;
  return { value: lines, said: lines };
}

/** Null when their changes meet. */
function joinedText(base: string, mine: string, theirs: string): string | null {
  const runs = merge(segment(base), segment(mine), segment(theirs), (a, b) => a === b);
  return runs.some(({ kind }) => kind === 'disputed') ? null : allOf(runs).join('');
}

const plain = (text: string): Reading => ({ text, rich: null });

/** Paragraphs and headings are read as text, in which differences can be marked; tables stay tables. */
function readingOf(rich: RichText): Reading {
  const isText = rich.content.every(({ type }) => type === 'paragraph' || type === 'heading');
  return { text: plainTextOf(rich), rich: isText ? null : rich };
}

function saidOf(unit: Unit): string {
  switch (unit.shape) {
    case 'text':
      return unit.value;
    case 'chosen':
      return unit.said;
    case 'list':
      return unit.said(unit.value);
    case 'rich':
      return plainTextOf(unit.value);
    case 'parts':
      return unit.value.map(({ title }) => title).join('\n');
  }
}
