import { describe, expect, onTestFinished, test } from 'vitest';
import type { StoredReport } from '../../board-server/services/stored.ts';
import { createKeptReports } from '../../board-server/services/kept-reports.ts';
import { id, isKeyId, isScreenId } from '../../shared/kit/ids.ts';
import type { Report } from '../../shared/protocol/report.ts';
import { openServiceHall } from './service-hall.ts';
import type { ServiceHall } from './service-hall.ts';

const screenId = (number: number) => id(isScreenId, `s-${number}`);

/** As an earlier version took it: without its signature. */
const reportOf = (number: number, seq = 1): StoredReport & { readonly report: Report } => ({
  fingerprint: id(isKeyId, 'ab'.repeat(32)),
  report: {
    v: 1,
    screen: screenId(number),
    seq,
    at: 0,
    clock: 'confirmed',
    shell: 'one',
    channels: [],
    showing: null,
  },
  receivedAt: 5,
});

const heardOf = (number: number, seq = 1) => ({
  stored: reportOf(number, seq),
  said: reportOf(number, seq).report,
});

/** As earlier versions wrote it, in a document of its own. */
const olderReport = (number: number) => ({ v: 1, ...reportOf(number) }) as const;

/** The hall's own alarm rings `pass`; commits are counted as they become durable. */
function keptIn(hall: ServiceHall) {
  const commits: number[] = [];
  onTestFinished(
    hall.store.watch(({ documents }) => {
      const shards = documents.filter(({ collection }) => collection === 'report-shards');
      if (shards.length > 0) commits.push(shards.length);
    }),
  );
  const kept = createKeptReports({
    ...hall,
    log: (message) => hall.logged.push(message),
  });
  return { kept, commits };
}

describe('reports in the store', () => {
  test('[FL4] a thousand reports are a dozen writes within ten seconds, and are there after a restart', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { kept, commits } = keptIn(hall);
    for (let number = 0; number < 1000; number++) kept.set(screenId(number), heardOf(number), true);
    expect(kept.get(screenId(7))).toEqual(heardOf(7));
    await hall.pass(9999);
    expect(commits).toEqual([]);
    await hall.pass(1);
    await kept.flush();
    expect(commits.length).toBeLessThanOrEqual(16);
    const again = keptIn(hall).kept;
    for (let number = 0; number < 1000; number++)
      expect(again.get(screenId(number))).toEqual(heardOf(number));
  });

  test('[FL4] [CK7] a clock that is set back meanwhile does not put them off', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { kept, commits } = keptIn(hall);
    kept.set(screenId(1), heardOf(1), true);
    hall.clock.now -= 3_600_000;
    await hall.pass(10_000);
    expect(commits).toEqual([1]);
  });

  test('[FL4] [TK6] what is worth little after a restart is not written, until something is or the server ends', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { kept, commits } = keptIn(hall);
    kept.set(screenId(1), heardOf(1), false);
    await hall.pass(60_000);
    expect(commits).toEqual([]);
    kept.set(screenId(1), heardOf(1, 2), true);
    kept.set(screenId(1), heardOf(1, 3), false);
    await hall.pass(10_000);
    expect(commits).toEqual([1]);
    expect(keptIn(hall).kept.get(screenId(1))).toEqual(heardOf(1, 3));
    kept.set(screenId(1), heardOf(1, 4), false);
    await kept.flush();
    expect(commits).toEqual([1, 1]);
    expect(keptIn(hall).kept.get(screenId(1))).toEqual(heardOf(1, 4));
    await kept.flush();
    expect(commits).toEqual([1, 1]);
  });

  test('[FL4] what the disk has no room for stands in memory, and is written once there is room', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { kept, commits } = keptIn(hall);
    hall.disk.isStoreFull = true;
    kept.set(screenId(1), heardOf(1), true);
    await hall.pass(10_000);
    expect(await kept.flush()).toMatchObject({ refusal: 'full' });
    expect(kept.get(screenId(1))).toEqual(heardOf(1));
    hall.disk.isStoreFull = false;
    await hall.pass(10_000);
    expect(await kept.flush()).toBeUndefined();
    expect(commits).toEqual([1]);
    expect(keptIn(hall).kept.get(screenId(1))).toEqual(heardOf(1));
  });

  test('[FL4] reports that earlier versions kept one by one are taken over, the newer one wins', async () => {
    const hall = await openServiceHall(onTestFinished);
    const { reports } = hall.collections;
    await hall.store.commit({
      puts: [1, 2].map((number) => reports.put(screenId(number), olderReport(number))),
    });
    const { kept } = keptIn(hall);
    expect(kept.get(screenId(2))).toEqual(heardOf(2));
    kept.set(screenId(1), heardOf(1, 9), true);
    await kept.flush();
    const again = keptIn(hall).kept;
    expect([again.get(screenId(1)), again.get(screenId(2))]).toEqual([heardOf(1, 9), heardOf(2)]);
    expect(reports.get(screenId(1))).toBeUndefined();
  });
});
