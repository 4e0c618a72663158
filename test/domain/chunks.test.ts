import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cut, Keyed } from '../../shared/domain/chunks.ts';
import { endOfRun } from '../../shared/domain/chunks.ts';
import { CHUNK_ENTRIES_MAX } from '../../shared/domain/release.ts';

const keys = fc
  .uniqueArray(fc.stringMatching(/^[a-z0-9]{1,12}$/), { maxLength: 400 })
  .map((list) => list.sort().map((key) => ({ key, content: 0 })));
const cut = fc
  .record({
    min: fc.integer({ min: 1, max: 20 }),
    more: fc.nat(200),
    odds: fc.integer({ min: 1, max: 30 }),
  })
  .map(({ min, more, odds }) => ({ min, max: min + more, odds }));

function cutRuns<Entry extends Keyed>(
  entries: readonly Entry[],
  how: Cut,
): readonly (readonly Entry[])[] {
  const runs: (readonly Entry[])[] = [];
  for (let start = 0; start < entries.length;) {
    const end = endOfRun(entries, start, how, 'chunk');
    runs.push(entries.slice(start, end));
    start = end;
  }
  return runs;
}

test('[RL2] runs hold every entry once and in order, none longer than the cut allows', () => {
  fc.assert(
    fc.property(keys, cut, (entries, how) => {
      const runs = cutRuns(entries, how);
      expect(runs.flat()).toEqual(entries);
      for (const [index, run] of runs.entries()) {
        expect(run.length).toBeLessThanOrEqual(how.max);
        expect(run.length).toBeGreaterThanOrEqual(index === runs.length - 1 ? 1 : how.min);
      }
    }),
    { seed: 3 },
  );
});

test('[RL2] changed content of an entry moves no boundary', () => {
  fc.assert(
    fc.property(keys, cut, fc.nat(), (entries, how, at) => {
      fc.pre(entries.length > 0);
      const changed = entries.map((entry, index) =>
        index === at % entries.length ? { ...entry, content: 1 } : entry,
      );
      const before = cutRuns(entries, how);
      const after = cutRuns(changed, how);
      expect(after.map((run) => run.length)).toEqual(before.map((run) => run.length));
      expect(after.filter((run) => run.some(({ content }) => content === 1))).toHaveLength(1);
    }),
    { seed: 4 },
  );
});

test('[RL2] an entry that comes or goes moves boundaries near it only', () => {
  const entries = Array.from({ length: 2000 }, (_, index) => ({
    key: `r${String(index).padStart(5, '0')}`,
  }));
  const how = { min: 4, max: 12, odds: 4 };
  const before = new Set(cutRuns(entries, how).map((run) => JSON.stringify(run)));
  const moved = [100, 777, 1500].map((at) => {
    const runs = cutRuns(entries.toSpliced(at, 1), how);
    return runs.filter((run) => !before.has(JSON.stringify(run))).length;
  });
  expect(Math.max(...moved)).toBeLessThanOrEqual(6);
});

test('[RL2] a cut of more than 256 entries is a broken assumption', () => {
  const how = { min: 1, max: CHUNK_ENTRIES_MAX + 1, odds: 2 };
  expect(() => endOfRun([], 0, how, 'chunk')).toThrow('broken assumption');
});
