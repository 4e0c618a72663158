import * as z from 'zod/mini';
import { foldForSearch } from '../../shared/records/search.ts';
import type { LogEntry, Store } from '../store/store.ts';
import { createSequence } from '../store/sequence.ts';

/**
 * [AD1] Which entries of a log are about what: four small numbers for each, in memory. The first
 * search reads the log once from its beginning, in pieces, so that requests are answered in between;
 * later ones read what has been added since. What an entry says stays on the disk.
 */
export function createAuditIndex(
  { store, log }: { readonly store: Pick<Store, 'read' | 'head'>; readonly log: string },
  nameOf: (subject: string) => string,
): AuditIndex {
  const sequence = createSequence();
  const columns = createColumns();

  async function catchUp(): Promise<void> {
    const { seq: newest } = store.head(log);
    while (columns.last() < newest) {
      const from = columns.last() + 1;
      const piece = await store.read(log, { from, limit: PIECE_ENTRIES });
      for (const entry of piece) columns.add(entry);
      if (piece.length === 0) columns.skipTo(newest); // Entries lost to damage.
    }
  }

  return {
    async find(wanted, page) {
      await sequence(catchUp);
      return columns.find(matcherOf(wanted, columns, nameOf), page);
    },
    async range(wanted) {
      await sequence(catchUp);
      return columns.range(wanted);
    },
  };
}

export interface AuditIndex {
  find(wanted: Wanted, page: { before: number; limit: number }): Promise<Found>;
  /** Numbers of the first and last entry of a period; undefined when it has none. */
  range(wanted: Period): Promise<{ readonly first: number; readonly last: number } | undefined>;
}

export interface Period {
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

/** Every member that is there must match. */
export interface Wanted extends Period {
  readonly person?: string | undefined;
  readonly record?: string | undefined;
  readonly screen?: string | undefined;
  readonly subject?: string | undefined;
}

export interface Found {
  /** Numbers of entries, newest first. */
  readonly seqs: readonly number[];
  /** On all pages. */
  readonly total: number;
}

/** Reading and hashing this many takes about ten milliseconds. */
const PIECE_ENTRIES = 500;

type Row = { readonly at: number; readonly by: number; readonly subject: number; about: number };
type Columns = ReturnType<typeof createColumns>;

const facts = z.object({
  by: z.object({ name: z.string() }),
  subject: z.string(),
  detail: z.string(),
});

function createColumns() {
  const people = createNumbering();
  const things = createNumbering();
  const seqs: number[] = [];
  const rows: Row[] = [];
  let last = 0;
  return {
    people,
    things,
    last: () => last,
    skipTo: (seq: number) => void (last = seq),
    add({ seq, at, value }: LogEntry): void {
      last = seq;
      const { by, subject, detail } = facts.parse(value);
      // The entry of a slot says which record it shows.
      const about = subject.startsWith('slot:') ? `record:${detail}` : subject;
      seqs.push(seq);
      const row = { at, by: people.of(by.name), subject: things.of(subject) };
      rows.push({ ...row, about: things.of(about) });
    },
    find(matches: (row: Row) => boolean, page: { before: number; limit: number }): Found {
      const found: number[] = [];
      let total = 0;
      for (let i = rows.length - 1; i >= 0; i -= 1) {
        const [row, seq] = [rows[i], seqs[i]];
        if (row === undefined || seq === undefined || !matches(row)) continue;
        total += 1;
        if (seq < page.before && found.length < page.limit) found.push(seq);
      }
      return { seqs: found, total };
    },
    range(period: Period) {
      const isIn = inPeriod(period);
      const first = seqs[rows.findIndex(isIn)];
      const end = seqs[rows.findLastIndex(isIn)];
      return first === undefined || end === undefined ? undefined : { first, last: end };
    },
  };
}

const inPeriod =
  ({ from = -Infinity, until = Infinity }: Period) =>
  ({ at }: Row): boolean =>
    at >= from && at < until;

/** Names are compared once for each name, not once for each entry. */
function matcherOf(
  wanted: Wanted,
  { people, things }: Columns,
  nameOf: (subject: string) => string,
): (row: Row) => boolean {
  const thingsOf = (kind: string, part: string) =>
    things.where((thing) => thing.startsWith(`${kind}:`) && has(nameOf(thing), part));
  const tests: ((row: Row) => boolean)[] = [inPeriod(wanted)];
  const { subject } = wanted;
  if (subject !== undefined) {
    const named = things.where((thing) => thing === subject);
    tests.push((row) => named.has(row.subject) || named.has(row.about));
  }
  const person = partOf(wanted.person);
  if (person !== undefined) {
    const [doers, accounts] = [
      people.where((name) => has(name, person)),
      thingsOf('person', person),
    ];
    tests.push((row) => doers.has(row.by) || accounts.has(row.about));
  }
  for (const kind of ['record', 'screen'] as const) {
    const part = partOf(wanted[kind]);
    if (part === undefined) continue;
    const named = thingsOf(kind, part);
    tests.push((row) => named.has(row.about));
  }
  return (row) => tests.every((test) => test(row));
}

const has = (name: string, part: string): boolean => foldForSearch(name).includes(part);

function partOf(text: string | undefined): string | undefined {
  const part = foldForSearch((text ?? '').trim());
  return part === '' ? undefined : part;
}

/** Each text once, by a number. */
function createNumbering() {
  const numbers = new Map<string, number>();
  return {
    of(text: string): number {
      const known = numbers.get(text) ?? numbers.size;
      numbers.set(text, known);
      return known;
    },
    where(is: (text: string) => boolean): ReadonlySet<number> {
      const found = new Set<number>();
      for (const [text, number] of numbers) if (is(text)) found.add(number);
      return found;
    },
  };
}
