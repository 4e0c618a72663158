import type { NoticeFields } from '../../../shared/records/notice.ts';
import { paragraphOf } from '../../../shared/records/rich-text.ts';
import type { SlotWindow } from '../../../shared/domain/programme.ts';
import { itemKey } from '../../../shared/domain/programme.ts';
import type { RecordId } from '../../../shared/kit/ids.ts';
import { id, isSlotId } from '../../../shared/kit/ids.ts';
import type { Reply } from '../../../board-server/routes/handlers.ts';
import type { Name } from '../../server/service-hall.ts';
import { as, noticeBody } from '../../server/service-hall.ts';
import type { Chance } from '../chance.ts';
import type { Tally } from '../tally.ts';
import type { World } from '../world.ts';
import { DAY, HOUR, MINUTE } from '../seconds.ts';
import type { HallProcess, RunningHall } from './process.ts';

/** The people of the hall: they write, approve, schedule, interrupt and withdraw through the real services. */
export interface People {
  /** What the hall has before the first screen is switched on. */
  furnish(): Promise<void>;
  /** One thing that somebody does now. */
  act(): void;
  /** A notice that begins so much later. */
  announce(inMs: number): void;
  confirmClock(): Promise<void>;
  readonly deeds: Tally;
  /** Acknowledged to a person, by `record/version`. */
  readonly published: ReadonlyMap<string, Published>;
  readonly withdrawn: ReadonlySet<string>;
}

interface Published {
  readonly record: RecordId;
  readonly version: number;
  readonly from: number;
  readonly until: number;
}

export interface PeopleParts {
  readonly world: World;
  readonly chance: Chance;
  readonly process: HallProcess;
  readonly deeds: Tally;
  /** Something was published or taken down just now. */
  readonly moved: () => void;
}

export function createPeople(parts: PeopleParts): People {
  const { world, chance, process, deeds, moved } = parts;
  const published = new Map<string, Published>();
  const withdrawn = new Set<string>();
  let written = 0;

  const by = (person: Name) => as({ clock: { now: process.clock(), monotonic: 0 } }, person);
  const done = <Value>(deed: string, reply: Reply<Value>): Value | undefined => {
    deeds.add(reply.ok ? deed : `${deed}: ${reply.refusal}`);
    world.note('hall', reply.ok ? deed : `${deed}: ${reply.refusal}`);
    return reply.ok ? reply.value : undefined;
  };

  function fields(length: number, inMs?: number): NoticeFields {
    written += 1;
    const text = `第${written}号通知。${SENTENCES.slice(0, 1 + (written % SENTENCES.length)).join('')}`;
    const now = process.clock();
    const laterMs = inMs ?? (chance.is(0.15) ? Math.floor(chance.between(0.05, 30) * HOUR) : 0);
    const from = laterMs === 0 ? null : now + laterMs;
    const body = noticeBody({
      title: `模拟公告第${written}号`,
      body: { type: 'doc', content: [paragraphOf(text)] },
      ledText: text,
      validFrom: from,
      validUntil: (from ?? now) + length,
    });
    if (body.kind !== 'notice') throw new Error('broken assumption: a notice');
    return body.fields;
  }

  async function approve(
    hall: RunningHall,
    record: RecordId,
    { validFrom, validUntil }: NoticeFields,
  ): Promise<boolean> {
    const reviewer = by('reviewer');
    const preview = await hall.handlers.previewRecord(reviewer, { id: record });
    if (!preview.ok) return false;
    const reply = await hall.handlers.approveRecord(by('reviewer'), {
      id: record,
      seal: preview.value.seal,
    });
    const detail = done('approve', reply);
    if (detail === undefined) return false;
    const { version } = detail;
    published.set(itemKey(record, version), {
      record,
      version,
      from: validFrom ?? 0,
      until: validUntil ?? Infinity,
    });
    moved();
    return true;
  }

  async function publish(
    hall: RunningHall,
    lengthMs: number,
    inMs?: number,
  ): Promise<RecordId | undefined> {
    const written = fields(lengthMs, inMs);
    const { handlers } = hall;
    const draft = await handlers.createRecord(by('editor'), {
      body: { kind: 'notice', fields: written },
    });
    if (!draft.ok) return void done('write', draft);
    const { id: record, revision } = draft.value;
    const handed = await handlers.submitRecord(by('editor'), { id: record, revision });
    if (!handed.ok) return void done('submit', handed);
    return (await approve(hall, record, written)) ? record : undefined;
  }

  async function place(hall: RunningHall, record: RecordId): Promise<void> {
    const now = process.clock();
    const { window, slotClass } = windowFrom(chance, now);
    const reply = await hall.handlers.putSlot(by('manager'), {
      id: id(isSlotId, `slot-${written}`),
      record,
      class: slotClass,
      window,
      order: chance.below(20),
    });
    done('schedule', reply);
    moved();
  }

  async function edit(hall: RunningHall): Promise<void> {
    const one = pickLive();
    if (one === undefined) return;
    const kept = await hall.handlers.record(by('editor'), { id: one.record });
    if (!kept.ok) return;
    const written = { ...fields(Math.floor(chance.between(0.5, 30) * HOUR)), validFrom: null };
    const saved = await hall.handlers.saveRecord(by('editor'), {
      id: one.record,
      revision: kept.value.revision,
      body: { kind: 'notice', fields: written },
    });
    if (!saved.ok) return void done('edit', saved);
    const handed = await hall.handlers.submitRecord(by('editor'), {
      id: one.record,
      revision: saved.value.revision,
    });
    if (!handed.ok) return void done('submit', handed);
    await approve(hall, one.record, written);
  }

  async function withdraw(hall: RunningHall): Promise<void> {
    const one = pickLive();
    if (one === undefined) return;
    const reply = await hall.handlers.withdrawRecord(by('manager'), { id: one.record });
    if (done('withdraw', reply) === undefined) return;
    for (const [key, { record }] of published) if (record === one.record) withdrawn.add(key);
    moved();
  }

  async function interrupt(hall: RunningHall): Promise<void> {
    const one = pickLive();
    if (one === undefined) return;
    done('interrupt', await hall.handlers.interrupt(by('manager'), { record: one.record }));
    moved();
  }

  async function removeSlot(hall: RunningHall): Promise<void> {
    const slots = hall.collections.slots.list();
    if (slots.length < 4) return;
    const { id: slot } = chance.pick(slots);
    done('unschedule', await hall.handlers.removeSlot(by('manager'), { id: id(isSlotId, slot) }));
    moved();
  }

  function pickLive(): Published | undefined {
    const now = process.clock();
    const live = [...published].flatMap(([key, each]) =>
      each.until > now && !withdrawn.has(key) ? [each] : [],
    );
    return live.length === 0 ? undefined : chance.pick(live);
  }

  async function deed(hall: RunningHall): Promise<void> {
    const kind = chance.random();
    if (kind < 0.45) {
      const hours = chance.is(0.5) ? chance.between(0.2, 3) : chance.between(3, 26);
      const record = await publish(hall, Math.floor(hours * HOUR));
      if (record !== undefined && chance.is(0.8)) await place(hall, record);
    } else if (kind < 0.6) await edit(hall);
    else if (kind < 0.78) await withdraw(hall);
    else if (kind < 0.9) await interrupt(hall);
    else await removeSlot(hall);
  }

  return {
    deeds,
    published,
    withdrawn,
    async furnish() {
      const hall = process.running();
      if (hall === undefined) throw new Error('broken assumption: the hall has started');
      for (let n = 0; n < 5; n += 1) {
        const record = await publish(hall, (n < 3 ? 90 : 20) * DAY);
        if (record !== undefined) await place(hall, record);
      }
    },
    act() {
      const hall = process.running();
      // Nobody can do anything while the server is down; what it was killed in never answers.
      if (hall !== undefined) void deed(hall);
    },
    announce(inMs) {
      const hall = process.running();
      if (hall !== undefined) void publish(hall, 2 * HOUR, inMs);
    },
    async confirmClock() {
      const seen = { seenAt: process.clock() };
      const reply = await process.running()?.handlers.confirmClock(by('administrator'), seen);
      if (reply !== undefined) done('confirm the clock', reply);
    },
  };
}

function windowFrom(
  chance: Chance,
  now: number,
): { readonly window: SlotWindow; readonly slotClass: 'default' | 'dated' } {
  const kind = chance.below(3);
  if (kind === 0) return { slotClass: 'default', window: { kind: 'always' } };
  const from = now + Math.floor(chance.pick([0, 0, chance.between(0, 4)]) * HOUR);
  const until = from + Math.floor(chance.between(10, 600) * MINUTE);
  if (kind === 1) return { slotClass: 'dated', window: { kind: 'during', from, until } };
  return {
    slotClass: 'default',
    window: {
      kind: 'weekly',
      days: [1, 2, 3, 4, 5, 6, 7],
      fromMinute: 390,
      untilMinute: 1230,
      whenUnknown: 'show',
      from: now,
      until: now + 60 * DAY,
    },
  };
}

const SENTENCES = [
  '今晚二十二时至明早六时停水，请提前储水。',
  '三号窗口上午暂停办理，请到五号窗口。',
  '联系电话见一楼总服务台。',
];
