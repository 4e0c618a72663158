import type { Search } from '../../../kiosk/touch/search/client.ts';
import { createSearch } from '../../../kiosk/touch/search/client.ts';
import type { Folded } from '../../../kiosk/touch/search/index.ts';
import { buildIndex, foldDocument, search } from '../../../kiosk/touch/search/index.ts';
// oxlint-disable-next-line import/default -- Vite makes this module.
import searchWorkerUrl from '../../../kiosk/touch/search/worker.ts?worker&url';
import { foldForSearch } from '../../../shared/records/search.ts';
import { records } from './records.ts';

/** Milliseconds for each query, and what was found of what was to be found. */
export interface SearchFigures {
  readonly wanted: number;
  readonly found: number;
  readonly falseHits: number;
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
  /** From asking to the answer, through the worker. */
  readonly answers: readonly number[];
  readonly longestBlockMs: number;
  readonly characters: number;
}

declare global {
  interface Window {
    measureSearch: () => Promise<SearchFigures>;
  }
}

/**
 * Of each query and each handing over the best of several rounds counts: what the code costs is in
 * every round, what the machine's other work costs is not.
 */
const ROUNDS = 5;

window.measureSearch = async () => {
  const { shown, queries } = records();
  const documents = shown.map(({ item, entry }) => ({
    key: item.record,
    title: item.listing.title,
    text: entry?.text ?? '',
    initials: entry?.initials ?? '',
  }));
  const rounds: Awaited<ReturnType<typeof throughWorker>>[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await throughWorker(shown, queries));
  const folded = documents.map(foldDocument);
  const index = buildIndex(folded);
  let [wanted, found, falseHits] = [0, 0, 0];
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (const query of queries) {
    let [best, bestOfTheirs] = [Infinity, Infinity];
    for (let round = 0; round < ROUNDS; round++) {
      const startedAt = performance.now();
      const positions = search(index, query);
      const betweenAt = performance.now();
      const expected = includesEach(folded, query);
      const endedAt = performance.now();
      best = Math.min(best, betweenAt - startedAt);
      bestOfTheirs = Math.min(bestOfTheirs, endedAt - betweenAt);
      if (round > 0) continue;
      const right = new Set(expected);
      const hits = [...positions].filter((at) => right.has(at)).length;
      wanted += right.size;
      found += hits;
      falseHits += positions.length - hits;
    }
    ours.push(best);
    theirs.push(bestOfTheirs);
  }
  const answers = rounds.map((round) => round.answers).flat();
  const longestBlockMs = Math.min(...rounds.map((round) => round.longestBlockMs));
  const characters = documents.reduce((sum, { text }) => sum + text.length, 0);
  return { wanted, found, falseHits, ours, theirs, answers, longestBlockMs, characters };
};

/** What a program without an index would do. */
function includesEach(folded: readonly Folded[], query: string): number[] {
  const wanted = foldForSearch(query);
  const found: number[] = [];
  for (const [at, { text, initials }] of folded.entries()) {
    if (text.includes(wanted) || initials.includes(wanted)) found.push(at);
  }
  return found;
}

/**
 * The search as the page has it: handing over all records, then asking. Every piece of work that it
 * does on the page's thread is timed; the longest is how long the page stands still for it.
 */
async function throughWorker(
  shown: Parameters<Search['update']>[0],
  queries: readonly string[],
): Promise<{ readonly answers: readonly number[]; readonly longestBlockMs: number }> {
  let longestBlockMs = 0;
  const timed = <Value>(work: () => Value): Value => {
    const startedAt = performance.now();
    const value = work();
    longestBlockMs = Math.max(longestBlockMs, performance.now() - startedAt);
    return value;
  };
  const search = createSearch(() => timedWorker(timed));
  timed(() => search.update(shown));
  await new Promise<void>((resolve) => {
    const stop = search.state.subscribe((state) => {
      if (state === 'ready') queueMicrotask(() => (stop(), resolve()));
    });
  });
  const answers: number[] = [];
  for (const query of queries) {
    const startedAt = performance.now();
    await timed(() => search.find(query, 0, 6));
    answers.push(performance.now() - startedAt);
  }
  search.close();
  return { answers, longestBlockMs };
}

function timedWorker(timed: (work: () => void) => void): Worker {
  const worker = new Worker(searchWorkerUrl, { type: 'module' });
  const listen = worker.addEventListener.bind(worker);
  worker.addEventListener = (type: string, listener: EventListenerOrEventListenerObject) => {
    if (typeof listener === 'function') listen(type, (event) => timed(() => listener(event)));
  };
  return worker;
}
