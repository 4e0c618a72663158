import { describe, expect, test } from 'vitest';
import { chainEntry, EMPTY_LOG, verifyChain } from '../../board-server/store/chain.ts';
import { decodeEntries, decodePart, encodeEntries } from '../../board-server/store/log-lines.ts';
import type { LogEntry } from '../../board-server/store/store.ts';
import type { MemoryDisk } from './memory-disk.ts';
import { emptyDisk, openJournal } from './open-journal.ts';
import { below, createRandom } from './random.ts';

const YEAR_MS = 365 * 86_400_000;
const ENTRIES = 400;

/** What lies in the files of logs, by path. */
function filesOf(disk: MemoryDisk): Map<string, Buffer> {
  const files = [...disk.nodes].filter(([path]) => path.startsWith('/data/logs/'));
  return new Map(files.flatMap(([path, node]) => (Buffer.isBuffer(node) ? [[path, node]] : [])));
}

test('[AD5] nothing trims the log: over years of work and starts its files only grow', async () => {
  const disk = emptyDisk();
  let now = Date.UTC(2026, 0, 1);
  let before = filesOf(disk);
  for (let year = 0; year < 4; year += 1) {
    const store = await openJournal({
      fileSystem: disk,
      clock: () => now,
      checkpointBytes: 65_536,
    });
    for (let i = 0; i < ENTRIES; i += 1) {
      now += Math.floor(YEAR_MS / ENTRIES);
      const key = { collection: 'records', id: `r-${i % 7}` };
      await store.commit({
        puts: [{ ...key, value: { year, i } }],
        appends: [{ log: 'audit', value: { i, text: 'x'.repeat(1500) } }],
      });
      if (i % 50 === 49) await store.commit({ removes: [key] });
    }
    const entries = await store.read('audit');
    expect(entries).toHaveLength((year + 1) * ENTRIES);
    expect(verifyChain(entries, EMPTY_LOG)).toEqual({ ok: true, head: store.head('audit') });
    await store.close();
    const after = filesOf(disk);
    for (const [path, bytes] of before)
      expect(after.get(path)?.subarray(0, bytes.length).equals(bytes), path).toBe(true);
    before = after;
  }
  expect(before.size).toBeGreaterThan(2);
});

describe('a part of a log file', () => {
  const entries: LogEntry[] = [];
  for (let i = 0; i < 60; i += 1)
    entries.push(
      chainEntry(entries.at(-1) ?? { seq: 500, hash: 'f'.repeat(64) }, {
        log: 'audit',
        at: i,
        value: { i },
      }),
    );
  const bytes = encodeEntries(entries);
  const begin = 501;

  test('[ST8] is what a whole reading has of it, wherever it begins', () => {
    for (let from = 480; from < 570; from += 1) {
      for (const limit of [0, 1, 7, 100]) {
        const wanted = decodeEntries(bytes, 'audit').entries.filter(({ seq }) => seq >= from);
        expect(decodePart(bytes, 'audit', { begin, from, limit })).toEqual(wanted.slice(0, limit));
      }
    }
  });

  test('[ST8] is not made of lines that are not where they should be', () => {
    const random = createRandom(5);
    for (let round = 0; round < 300; round += 1) {
      const gone = below(random, 59);
      const damaged = encodeEntries(entries.toSpliced(gone, 1));
      const from = begin + below(random, 60);
      const part = decodePart(damaged, 'audit', { begin, from, limit: 100 });
      const whole = decodeEntries(damaged, 'audit').entries.filter(({ seq }) => seq >= from);
      if (part !== undefined) expect([gone, from, part]).toEqual([gone, from, whole]);
    }
    const altered = Buffer.from(bytes);
    altered[bytes.indexOf('"i":30') + 5] = 0x39;
    expect(decodePart(altered, 'audit', { begin, from: 525, limit: 10 })).toBeUndefined();
    expect(decodePart(altered, 'audit', { begin, from: 540, limit: 10 })).toEqual(
      entries.slice(39, 49),
    );
  });
});
