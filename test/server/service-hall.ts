import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openObjectStore } from '../../board-server/objects/file-objects.ts';
import type { ObjectStore } from '../../board-server/objects/object-store.ts';
import type { Reply, RequestContext, SignedIn } from '../../board-server/routes/handlers.ts';
import { requireOf } from '../../board-server/routes/mount.ts';
import type { Alarm } from '../../board-server/services/alarm.ts';
import { SYSTEM } from '../../board-server/services/audit.ts';
import type { HallDeps, HallServices } from '../../board-server/services/hall-services.ts';
import { openHallServices } from '../../board-server/services/hall-services.ts';
import { createHall } from '../../board-server/services/hall.ts';
import { createMemoryStore } from '../../board-server/store/memory-store.ts';
import { nodeFileSystem } from '../../board-server/store/node-file-system.ts';
import type { Store } from '../../board-server/store/store.ts';
import type { NoticeFields } from '../../shared/records/notice.ts';
import { notice } from '../../shared/records/notice.ts';
import { paragraphOf } from '../../shared/records/rich-text.ts';
import type { RecordBody, RecordDetail } from '../../shared/protocol/records.ts';
import { seeded } from './hall.ts';

/** Monday 23 November 2026, 10:00 in the hall. */
export const MORNING = Date.UTC(2026, 10, 23, 2);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export interface ServiceHall extends HallServices {
  readonly store: Store;
  readonly objects: ObjectStore;
  readonly objectFolder: string;
  /** While true, the disk of the objects is full, or the store’s. */
  readonly disk: { isFull: boolean; isStoreFull: boolean };
  readonly clock: { now: number; monotonic: number };
  readonly alarm: ManualAlarm;
  readonly logged: string[];
  /** The same data after the process has gone: new services over the same store, objects and keys. */
  restart(changed?: Settings): Promise<ServiceHall>;
  /** Moves wall and monotonic time together, ringing what falls due, and lets it finish. */
  pass(milliseconds: number): Promise<void>;
}

type Settings = Pick<HallDeps, 'publicUrl' | 'pairingsPerMinute' | 'newestBuild'>;

/** Real services over a memory store, real object files and real keys in a folder of their own. */
export async function openServiceHall(
  cleanUp: (act: () => Promise<void>) => void,
  settings: Settings = {},
): Promise<ServiceHall> {
  const folder = await mkdtemp(join(tmpdir(), 'hall-'));
  cleanUp(() => rm(folder, { recursive: true, force: true }));
  const clock = { now: MORNING, monotonic: 0 };
  const store = createMemoryStore({ clock: () => clock.now });
  const hall = await open(folder, store, clock, settings);
  await createHall(store, hall.collections, HALL, SYSTEM);
  await hall.publishing.start();
  cleanUp(() => hall.publishing.close());
  return hall;
}

async function open(
  folder: string,
  stored: Store,
  clock: ServiceHall['clock'],
  settings: Settings,
): Promise<ServiceHall> {
  const now = () => clock.now;
  const alarm = createManualAlarm(clock);
  const logged: string[] = [];
  const disk = { isFull: false, isStoreFull: false };
  const store: Store = {
    ...stored,
    commit: async (change) =>
      disk.isStoreFull ? { ok: false, refusal: 'full' } : stored.commit(change),
  };
  const objects = await openObjectStore({
    folder: join(folder, 'objects'),
    fileSystem: {
      ...nodeFileSystem,
      async open(path, how) {
        if (disk.isFull) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
        return nodeFileSystem.open(path, how);
      },
    },
    clock: now,
  });
  const services = await openHallServices({
    ...settings,
    store,
    objects,
    keyFolder: join(folder, 'keys'),
    clock: now,
    monotonic: () => clock.monotonic,
    alarm,
    random: seeded('services'),
    log: (message) => logged.push(message),
  });
  return {
    ...services,
    store,
    objects,
    objectFolder: join(folder, 'objects'),
    disk,
    clock,
    alarm,
    logged,
    async restart(changed = {}) {
      await services.publishing.close();
      return open(folder, stored, clock, { ...settings, ...changed });
    },
    async pass(milliseconds) {
      clock.now += milliseconds;
      clock.monotonic += milliseconds;
      alarm.ring();
      await services.publishing.settled();
    },
  };
}

export interface ManualAlarm extends Alarm {
  ring(): void;
  /** The instants of the wall clock that are waited for, earliest first. */
  due(): number[];
}

interface Waiting {
  readonly by: keyof ServiceHall['clock'];
  readonly at: number;
  readonly run: () => void;
}

function createManualAlarm(clock: ServiceHall['clock']): ManualAlarm {
  let waiting: Waiting[] = [];
  const isDue = ({ by, at }: Waiting): boolean => at <= clock[by];
  const wait = (entry: Waiting) => {
    waiting.push(entry);
    return () => {
      waiting = waiting.filter((other) => other !== entry);
    };
  };
  return {
    at: (at, run) => wait({ by: 'now', at, run }),
    after: (ms, run) => wait({ by: 'monotonic', at: clock.monotonic + ms, run }),
    ring() {
      const due = waiting.filter(isDue);
      waiting = waiting.filter((entry) => !isDue(entry));
      for (const { run } of due) run();
    },
    due: () =>
      waiting
        .filter(({ by }) => by === 'now')
        .map(({ at }) => at)
        .sort((a, b) => a - b),
  };
}

const HALL = {
  card: {
    name: '安澜县政务服务中心',
    county: '安澜县',
    desk: '一楼总服务台',
    phone: '0312-0000000',
    hours: [{ fromMinute: 510, untilMinute: 1050 }],
    demo: true,
  },
  departments: ['供水公司', '民政局'],
  zone: 'Asia/Shanghai',
};

export type Name =
  | 'editor'
  | 'otherEditor'
  | 'reviewer'
  | 'manager'
  | 'secondManager'
  | 'administrator';

const PEOPLE: Readonly<
  Record<Name, Pick<SignedIn, 'department' | 'roles'> & { readonly name: string }>
> = {
  editor: { name: '周敏', department: '供水公司', roles: ['editor'] },
  otherEditor: { name: '李桐', department: '民政局', roles: ['editor'] },
  reviewer: { name: '王建华', department: '政务服务中心', roles: ['reviewer'] },
  manager: { name: '陈立', department: '政务服务中心', roles: ['manager'] },
  secondManager: { name: '赵琳', department: '政务服务中心', roles: ['manager'] },
  administrator: { name: '吴涛', department: '政务服务中心', roles: ['administrator'] },
};

/** The context of a request by one of the hall's people. */
export function as(hall: Pick<ServiceHall, 'clock'>, person: Name): RequestContext {
  const { name, department, roles } = PEOPLE[person];
  const actor: SignedIn = {
    person,
    department,
    roles,
    personRef: { id: person, name, post: '岗位' },
  };
  return {
    actor,
    sessionId: undefined,
    address: '192.0.2.1',
    now: () => hall.clock.now,
    requestId: 'test',
    require: requireOf(actor),
  };
}

export function noticeBody(changes: Partial<NoticeFields> = {}): RecordBody {
  const fields: NoticeFields = {
    ...notice.blank(),
    title: '北大街停水公告',
    category: '停水停电',
    body: { type: 'doc', content: [paragraphOf('今晚22时至明早6时停水，请提前储水。')] },
    ledText: '今晚22时至明早6时，北大街停水，请提前储水。',
    issuer: '安澜县供水公司',
    department: '供水公司',
    post: '调度岗',
    phone: '0312-0000000',
    validUntil: MORNING + 2 * DAY,
    ...changes,
  };
  return { kind: 'notice', fields };
}

/** Written by the editor, handed in. */
export async function submitted(
  hall: ServiceHall,
  changes: Partial<NoticeFields> = {},
): Promise<RecordDetail> {
  const editor = as(hall, 'editor');
  const draft = valueOf(await hall.handlers.createRecord(editor, { body: noticeBody(changes) }));
  return valueOf(
    await hall.handlers.submitRecord(editor, { id: draft.id, revision: draft.revision }),
  );
}

/** Written by the editor, seen and approved by the reviewer. */
export async function published(
  hall: ServiceHall,
  changes: Partial<NoticeFields> = {},
): Promise<RecordDetail> {
  const { id } = await submitted(hall, changes);
  return approved(hall, id);
}

export async function approved(hall: ServiceHall, id: RecordDetail['id']): Promise<RecordDetail> {
  const reviewer = as(hall, 'reviewer');
  const { seal } = valueOf(await hall.handlers.previewRecord(reviewer, { id }));
  return valueOf(await hall.handlers.approveRecord(reviewer, { id, seal }));
}

export function valueOf<Value>(reply: Reply<Value>): Value {
  if (reply.ok) return reply.value;
  throw new Error(`refused: ${reply.refusal} ${reply.detail ?? ''}`);
}

export function refusalOf(reply: Reply<unknown>): string | undefined {
  return reply.ok ? undefined : reply.refusal;
}

/** The head that is out now. */
export function headOf(hall: HallServices) {
  const current = hall.publishing.current();
  if (current === undefined) throw new Error('nothing is out');
  return current.document.head;
}
