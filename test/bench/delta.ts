import { id, isRecordId, isScreenId, isSha256 } from '../../shared/kit/ids.ts';
import type { Report } from './report.ts';
import { median } from './report.ts';
import { openDesk } from './support/changing.ts';
import { readKeptObjects } from './support/kept-objects.ts';
import { makeLargeHall } from './support/large-hall.ts';
import { startBoardServer } from './support/processes.ts';
import type { Traffic } from './support/node-upstream.ts';
import { openProtocolScreen } from './support/protocol-screen.ts';
import { Versions } from './support/versions.ts';

const RECORDS = 10_000;
const CHANGES = 24;
const GOAL_BYTES = 64 * 1024;

// What one touch screen fetches when one record of 10,000 is changed: a person edits and approves it
// over HTTP, the real sync engine follows the real server; objects that come with hints and bodies of all answers, as sent and unpacked.
export async function bench(report: Report): Promise<void> {
  const hall = await makeLargeHall(RECORDS);
  const server = await startBoardServer(hall.folder);
  try {
    const traffic = await changeRecords(server.url, hall);
    const wire = traffic.map((each) => each.wire);
    const raw = traffic.map((each) => each.raw);
    const most = Math.max(...wire);
    report({
      metric: 'bytes as sent, median',
      value: median(wire),
      unit: 'B',
      goal: `<= ${GOAL_BYTES}`,
      ok: median(wire) <= GOAL_BYTES,
    });
    report({
      metric: 'bytes as sent, most',
      value: most,
      unit: 'B',
      goal: `<= ${GOAL_BYTES}`,
      ok: most <= GOAL_BYTES,
    });
    report({ metric: 'bytes unpacked, median', value: median(raw), unit: 'B' });
    report({
      metric: 'bytes unpacked, most',
      value: Math.max(...raw),
      unit: 'B',
      goal: `<= ${GOAL_BYTES}`,
      ok: Math.max(...raw) <= GOAL_BYTES,
    });
    report({
      metric: 'requests, median',
      value: median(traffic.map((each) => each.requests)),
      unit: '',
    });
  } finally {
    await server.close();
    await hall.remove();
  }
}

async function changeRecords(
  base: string,
  { folder, rootFingerprint }: { readonly folder: string; readonly rootFingerprint: string },
): Promise<readonly Traffic[]> {
  const versions = new Versions();
  const screen = await openProtocolScreen({
    base,
    screen: id(isScreenId, 'touch-01'),
    root: id(isSha256, rootFingerprint),
    objects: await readKeptObjects(folder),
    flipped: versions.reached,
  });
  const desk = await openDesk(base);
  await versions.atLeast(1);
  screen.take();
  const traffic: Traffic[] = [];
  for (let change = 0; change < CHANGES; change++) {
    const record = id(isRecordId, `bulk-${String((change * 4177) % RECORDS).padStart(6, '0')}`);
    const next = screen.version() + 1;
    const { approve } = await desk.prepare(record, RECORDS + change);
    await approve();
    await versions.atLeast(next);
    traffic.push(screen.take());
  }
  screen.close();
  return traffic;
}
