import { expect, test } from 'vitest';
import { createReporter } from '../../kiosk/device/reporter.ts';
import { id, isScreenId } from '../../shared/kit/ids.ts';
import { report as reportSchema } from '../../shared/protocol/report.ts';
import { memoryNotebook } from '../../shared/sync/memory.ts';
import type { ReportBody } from '../../shared/sync/reporting.ts';
import { parseEnvelope, payloadJson } from '../../shared/trust/envelope.ts';
import { screenKey } from '../server/screen-key.ts';

const TODAY = Date.UTC(2026, 8, 17);
const DAY = 86_400_000;

const body = (clock: ReportBody['clock'], at: number): ReportBody => ({
  v: 1,
  screen: id(isScreenId, 'led-door'),
  at,
  clock,
  channels: [],
  showing: null,
});

/** A page of one screen; those that share notes are one after the other in one browser. */
function pageOver(notes: Map<string, string>) {
  const reporter = createReporter({
    key: screenKey(),
    shell: 'test',
    notebook: memoryNotebook(notes),
    send: () => undefined,
  });
  return async (clock: ReportBody['clock'], at: number): Promise<number> =>
    numberIn(await reporter.signed(body(clock, at)));
}

function numberIn(envelope: string): number {
  const parsed = parseEnvelope(envelope);
  return reportSchema.parse(parsed.ok && payloadJson(parsed.value.payload)).seq;
}

test('[SC3] reports are numbered upwards, after a restart and after the notebook is lost', async () => {
  const notes = new Map<string, string>();
  const first = pageOver(notes);
  const numbers = [await first('confirmed', TODAY), await first('confirmed', TODAY)];
  const second = pageOver(notes);
  numbers.push(await second('unconfirmed', TODAY - DAY));
  const wiped = pageOver(new Map());
  numbers.push(await wiped('confirmed', TODAY + 60_000));
  expect(numbers).toEqual([TODAY, TODAY + 1, TODAY + 2, TODAY + 60_000]);
});

test('[SC3] a wrong clock does not carry the number ahead of what a wiped screen would say', async () => {
  const notes = new Map<string, string>();
  const wrong = pageOver(notes);
  const ahead = await wrong('unconfirmed', TODAY + 3650 * DAY);
  const right = await wrong('confirmed', TODAY);
  const wiped = pageOver(new Map());
  expect(ahead).toBeLessThan(right);
  expect(await wiped('confirmed', TODAY + 60_000)).toBeGreaterThan(right);
});

test('[TK4] what was not taken is sent again when the key is approved, with a number of its own, and nothing else is', async () => {
  const sent: string[] = [];
  const { report, refused, retry } = createReporter({
    key: screenKey(),
    shell: 'test',
    notebook: memoryNotebook(),
    send: (envelope) => sent.push(envelope),
  });
  report(body('confirmed', TODAY));
  await retry();
  await retry();
  expect(sent).toHaveLength(1);
  refused();
  await retry();
  expect(sent).toHaveLength(2);
  expect(new Set(sent).size).toBe(2);
  report(body('confirmed', TODAY + 1));
  refused();
  await retry();
  await retry();
  expect(sent).toHaveLength(4);
});

test('[TK6] the number of the newest report is named while there is nothing newer to say', async () => {
  const numbers: number[] = [];
  const { report, reported, refused, retry, signed } = createReporter({
    key: screenKey(),
    shell: 'test',
    notebook: memoryNotebook(),
    send: (envelope) => numbers.push(numberIn(envelope)),
  });
  expect(reported()).toBeUndefined();
  report(body('confirmed', TODAY));
  expect(reported()).toBeUndefined();
  await retry();
  expect(numbers).toEqual([reported()]);
  await signed(body('confirmed', TODAY)); // Carried by hand, it says nothing of the line.
  expect(numbers).toEqual([reported()]);
  report(body('confirmed', TODAY + 1));
  report(body('confirmed', TODAY + 2));
  expect(reported()).toBeUndefined();
  await retry();
  expect(reported()).toBe(numbers.at(-1));
  refused();
  expect(reported()).toBeUndefined();
});
