import type { Result } from '../../shared/kit/result.ts';
import { accepted } from '../../shared/kit/result.ts';
import { canonicalJson } from '../../shared/kit/json.ts';
import type { ReportBody } from '../../shared/sync/reporting.ts';
import type { Receipt } from '../../shared/protocol/stick.ts';
import type { Taken } from '../../shared/sync/carry.ts';
import type { TakeRefusal } from '../../shared/sync/stick.ts';
import { openStick, takeStick } from '../../shared/sync/stick.ts';
import { clocks, timer } from '../device/clocks.ts';
import type { Bench } from '../device/screen.ts';
import { fileStick } from './file-stick.ts';

/** What was taken, and the receipt for it. */
export interface Took {
  readonly how: Taken;
  readonly receipt: string;
}

/** A board that fetches its font and draws its first picture needs a few seconds. */
const PAINT_WAIT_MS = 20_000;

/** [SK3] [SK7] Has the screen take the file; the receipt is made once it stands on the glass. */
export async function take(
  bench: Bench,
  file: File,
  progress: (bytes: number) => void,
): Promise<Result<Took, TakeRefusal>> {
  const stick = await openStick(fileStick(file, progress));
  if (!stick.ok) return stick;
  const taken = await takeStick(stick.value, bench.open);
  if (!taken.ok) return taken;
  await untilPainted(bench);
  return accepted({ how: taken.value, receipt: canonicalJson(await receiptOf(bench)) });
}

/** [SK7] What it would report now, signed. */
async function receiptOf({ id, key, open, reporter }: Bench): Promise<Receipt> {
  const report = await reporter.signed(open.inside.reporting.body());
  return { v: 1, screen: id, key: key.publicKey, report };
}

/** Ends when all that was accepted has been painted, or when it is not going to be. */
function untilPainted(bench: Bench): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      bench.painted = undefined;
      resolve();
    };
    const cancel = timer(clocks.monotonic() + PAINT_WAIT_MS, end);
    const look = (): void => {
      if (hasPainted(bench.open.inside.reporting.body())) end();
    };
    bench.painted = look;
    look();
  });
}

function hasPainted({ channels }: ReportBody): boolean {
  return channels.every(
    ({ accepted, painted }) =>
      painted?.epoch === accepted?.epoch && painted?.version === accepted?.version,
  );
}

/** `openhall-receipt-led-door-20261126-1630.json` */
export function receiptName(screen: string, stamp: string): string {
  return `openhall-receipt-${screen}-${stamp}.json`;
}
