import { Hono } from 'hono';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { HallEnv } from '../../board-server/routes/env.ts';
import { sendLines } from '../../board-server/routes/lines.ts';
import type { Checked, Fault } from '../../board-server/services/audit-check.ts';
import { checkAuditExport } from '../../board-server/services/audit-check.ts';
import { createAuditExportHandlers } from '../../board-server/services/audit-export.ts';
import { createAuditIndex } from '../../board-server/services/audit-index.ts';
import { AUDIT, audited, SYSTEM } from '../../board-server/services/audit.ts';
import { chainEntry } from '../../board-server/store/chain.ts';
import type { LogEntry } from '../../board-server/store/store.ts';
import { canonicalJson } from '../../shared/kit/json.ts';
import { id, isSha256 } from '../../shared/kit/ids.ts';
import { routes } from '../../shared/protocol/routes.ts';
import type { InputOf } from '../../shared/protocol/routes.ts';
import { below, createRandom } from '../store/random.ts';
import type { ServiceHall } from './service-hall.ts';
import { as, HOUR, MORNING, openServiceHall, published } from './service-hall.ts';

/** A hall with forty entries, an hour apart, and a published notice. */
async function openHall(cleanUp: typeof onTestFinished): Promise<ServiceHall> {
  const hall = await openServiceHall(cleanUp);
  await published(hall);
  for (let i = 0; i < 40; i += 1) {
    hall.clock.now += HOUR;
    hall.clock.monotonic += HOUR;
    const event = { by: SYSTEM, action: 'record.edit', subject: `record:r-${i % 4}` } as const;
    await hall.store.commit({ appends: [audited({ ...event, detail: `第 ${i} 次` })] });
  }
  return hall;
}

/** The file as a browser keeps it. */
async function exported(
  hall: ServiceHall,
  period: InputOf<'auditExport'> = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { store, signer, collections } = hall;
  const index = createAuditIndex({ store, log: AUDIT }, () => '');
  const deps = { store, index, signer, halls: collections.halls };
  const reply = await createAuditExportHandlers(deps).auditExport(as(hall, 'manager'), period);
  if (!reply.ok || reply.file === undefined) throw new Error('nothing was exported');
  const { value, file } = reply;
  const app = new Hono<HallEnv>();
  app.get('/file', (c) => sendLines(c, routes.auditExport.output, value, file));
  return new Uint8Array(await (await app.request('/file')).arrayBuffer());
}

async function check(bytes: Uint8Array<ArrayBuffer>, root?: string): Promise<Checked> {
  const checked = await checkAuditExport(
    bytes,
    root === undefined ? undefined : id(isSha256, root),
  );
  if (!checked.ok) throw new Error(checked.refusal);
  return checked.value;
}

const kinds = async (changed: readonly string[]) =>
  (await check(fileOf(changed))).faults.map(({ kind, seq }) => [kind, seq]);

const linesOf = (bytes: Uint8Array): string[] => new TextDecoder().decode(bytes).split(/(?<=\n)/);
const fileOf = (lines: readonly string[]) => new TextEncoder().encode(lines.join(''));

let hall: ServiceHall;
let whole: Uint8Array<ArrayBuffer>;
const cleaning: (() => Promise<void>)[] = [];

describe('an export of the log', () => {
  beforeAll(async () => {
    hall = await openHall((act) => void cleaning.push(act as () => Promise<void>));
    whole = await exported(hall);
    return async () => {
      for (const act of cleaning.reverse()) await act();
    };
  });

  test('[AD2] [AD3] is checked with nothing but the file and the root’s fingerprint', async () => {
    const { rootFingerprint } = hall.signer;
    const { statement, faults, root } = await check(whole, rootFingerprint);
    expect([faults, root]).toEqual([[], rootFingerprint]);
    expect(statement).toMatchObject({
      hall: '安澜县政务服务中心',
      first: { seq: 1, prev: '0'.repeat(64) },
      last: hall.store.head(AUDIT),
      head: hall.store.head(AUDIT),
    });
    expect(linesOf(whole)).toHaveLength(hall.store.head(AUDIT).seq + 1);
    expect(await checkAuditExport(whole, id(isSha256, 'ab'.repeat(32)))).toMatchObject({
      ok: false,
      refusal: 'wrong-root',
    });
  });

  test('[AD6] is the last thing that it says', () => {
    const last: unknown = JSON.parse(linesOf(whole).at(-1) ?? '');
    expect(last).toMatchObject({
      seq: hall.store.head(AUDIT).seq,
      value: { action: 'audit.export', by: { name: '陈立' } },
    });
  });

  test('[AD2] a period is the unbroken run of entries from its first to its last', async () => {
    const period = { from: MORNING + 10 * HOUR, until: MORNING + 20 * HOUR };
    const part = await exported(hall, period);
    const { statement, faults } = await check(part);
    const entries = linesOf(part)
      .slice(1)
      .map((line) => JSON.parse(line) as LogEntry);
    expect(entries.map(({ at }) => at)).toEqual(
      Array.from({ length: 10 }, (_, i) => MORNING + (10 + i) * HOUR),
    );
    expect(faults).toEqual([]);
    expect(statement).toMatchObject({ period, last: { seq: statement.first.seq + 9 } });
    const empty = await check(await exported(hall, { until: MORNING - HOUR }));
    expect(empty.faults).toEqual([]);
    expect(empty.statement.last.seq).toBe(empty.statement.first.seq - 1);
  });

  test('[AD4] every changed byte of an entry is found, and at its entry', async () => {
    const random = createRandom(20261126);
    const bounds = boundsOf(whole);
    const header = bounds[0] ?? 0;
    for (let round = 0; round < 600; round += 1) {
      const at = header + below(random, whole.length - header);
      const changed = Uint8Array.from(whole);
      changed[at] = (changed[at] ?? 0) ^ (1 + below(random, 255));
      const { faults } = await check(changed);
      const line = bounds.findIndex((end) => at < end);
      expect([at, faults[0]?.seq]).toEqual([at, line]);
      expect(faults[0]?.at, `time at byte ${at}`).not.toBeNull();
      // A line feed that goes joins two entries, one that comes parts one in two: more is not touched.
      expect(faults.length, `faults at byte ${at}`).toBeLessThanOrEqual(3);
    }
  }, 60_000);

  test('[AD4] every changed byte of the first line is found there', async () => {
    const header = boundsOf(whole)[0] ?? 0;
    const random = createRandom(7);
    for (let at = 0; at < header; at += 1) {
      const changed = Uint8Array.from(whole);
      changed[at] = (changed[at] ?? 0) ^ (1 + below(random, 255));
      expect([at, (await checkAuditExport(changed, undefined)).ok]).toEqual([at, false]);
    }
  }, 60_000);

  test.each<[string, (lines: string[]) => string[], Partial<Fault>]>([
    ['the last entry', (lines) => lines.slice(0, -1), { kind: 'missing', seq: -1, until: -1 }],
    ['the last three', (lines) => lines.slice(0, -3), { kind: 'missing', seq: -3, until: -1 }],
    [
      'one in the middle',
      (lines) => lines.toSpliced(20, 1),
      { kind: 'missing', seq: 20, until: 20 },
    ],
    ['seven of them', (lines) => lines.toSpliced(20, 7), { kind: 'missing', seq: 20, until: 26 }],
    ['the first', (lines) => lines.toSpliced(1, 1), { kind: 'missing', seq: 1, until: 1 }],
    ['half of the last', cutLast, { kind: 'unreadable', seq: -1, until: -1 }],
  ])('[AD4] %s is missed when it is gone', async (_name, change, expected) => {
    const { faults } = await check(fileOf(change(linesOf(whole))));
    const { seq: last } = hall.store.head(AUDIT);
    const counted = (seq = 0) => (seq < 0 ? linesOf(whole).length + seq : seq);
    expect(last).toBeGreaterThan(40);
    expect(faults).toEqual([
      {
        kind: expected.kind,
        seq: counted(expected.seq),
        until: counted(expected.until),
        at: faults[0]?.at,
      },
    ]);
  });

  test('[AD4] an entry twice, one put in and one moved are found', async () => {
    const lines = linesOf(whole);
    expect(await kinds(lines.toSpliced(6, 0, lines[5] ?? ''))).toEqual([['surplus', 6]]);
    expect(await kinds([...lines, lines.at(-1) ?? ''])).toEqual([['surplus', lines.length]]);
    expect(await kinds([...lines, '\n'])).toEqual([['unreadable', lines.length]]);
    expect(await kinds([...lines, ' '])).toEqual([['unreadable', lines.length]]);
    const moved = lines.toSpliced(5, 2, lines[6] ?? '', lines[5] ?? '');
    expect(await kinds(moved)).toEqual([
      ['missing', 5],
      ['surplus', 7],
    ]);
  });

  test('[AD4] an entry written anew with a hash that fits is found by the next one', async () => {
    const lines = linesOf(whole);
    const [before, entry] = [lines[19], lines[20]].map(
      (line) => JSON.parse(line ?? '') as LogEntry,
    );
    if (before === undefined || entry === undefined) throw new Error('too few lines');
    const anew = chainEntry(before, { log: AUDIT, at: entry.at, value: { ...EVENT } });
    const changed = lines.with(20, `${canonicalJson({ ...anew })}\n`);
    const { faults } = await check(fileOf(changed));
    expect(faults).toMatchObject([{ kind: 'forked', seq: 21, until: 21 }]);
    // The whole end written anew still does not lead to the hash that was signed.
    let head = anew;
    const end = lines.slice(21).map((line) => {
      const { at, value } = JSON.parse(line) as LogEntry;
      head = chainEntry(head, { log: AUDIT, at, value });
      return `${canonicalJson({ ...head })}\n`;
    });
    const forged = await check(fileOf([...changed.slice(0, 21), ...end]));
    expect(forged.faults).toMatchObject([{ kind: 'other-end', seq: lines.length - 1 }]);
  });

  test('[AD3] what is no export at all is refused, whatever it holds', async () => {
    const strange = ['', '\n', '{}', 'null\n', '[['.repeat(100_000), '\u{feff}{}', '{"v":1}\n'];
    for (const text of strange) {
      expect(await checkAuditExport(new TextEncoder().encode(text), undefined)).toMatchObject({
        ok: false,
        refusal: 'not-export',
      });
    }
    const lone = `{"at":1,"hash":"","log":"audit","prev":"","seq":1,"value":"\\ud800"}\n`;
    const first = linesOf(whole)[0] ?? '';
    expect((await check(fileOf([first, lone]))).faults[0]).toMatchObject({
      kind: 'altered',
      seq: 1,
    });
  });
});

test('[TR2] a lease does not stand for the statement of an export', async () => {
  const other = await openHall(onTestFinished);
  const lines = linesOf(await exported(other));
  const header = JSON.parse(lines[0] ?? '') as { statement: string };
  const lease = other.publishing.current()?.lease ?? '';
  const changed = `${canonicalJson({ ...header, statement: lease })}\n`;
  expect(await checkAuditExport(fileOf(lines.with(0, changed)), undefined)).toMatchObject({
    ok: false,
    refusal: 'bad-statement',
  });
});

const EVENT = { by: { ...SYSTEM }, action: 'record.edit', subject: 'record:r-0', detail: '无事' };

function cutLast(lines: string[]): string[] {
  return [...lines.slice(0, -1), (lines.at(-1) ?? '').slice(0, 60)];
}

/** Where each line ends. */
function boundsOf(bytes: Uint8Array): number[] {
  return [...bytes.entries()].flatMap(([at, byte]) => (byte === 0x0a ? [at + 1] : []));
}
