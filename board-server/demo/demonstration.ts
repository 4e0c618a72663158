import { assert, present } from '../../shared/kit/assert.ts';
import { id, isSlotId } from '../../shared/kit/ids.ts';
import type { RecordId } from '../../shared/kit/ids.ts';
import type { RecordBody, RecordDetail } from '../../shared/protocol/records.ts';
import type { Reply, RequestContext, SignedIn } from '../routes/handlers.ts';
import { requireOf } from '../routes/mount.ts';
import { SYSTEM } from '../services/audit.ts';
import { tablesAt } from '../services/hall-calendar.ts';
import type { HallServices } from '../services/hall-services.ts';
import { createHall } from '../services/hall.ts';
import type { People } from '../services/people.ts';
import { refOf } from '../services/people.ts';
import type { Store } from '../store/store.ts';
import { daysFrom } from './days.ts';
import { demonstrationNotices } from './notices.ts';
import { DEMONSTRATION_PEOPLE } from './people.ts';
import { DEMONSTRATION_SCREENS } from './screens.ts';
import { readSourceDocument } from './source-document.ts';
import { PHONE } from './writing.ts';

/**
 * Fills an empty data folder with an invented county's hall, 演示数据 on every page. Everything goes
 * through the same handlers and policy as the work of people: editors write, others approve.
 *
 * @returns the accounts, with passwords made for this data folder, to be printed once
 */
export async function createDemonstration(
  deps: DemonstrationDeps,
): Promise<readonly DemoAccount[]> {
  const { store, people, services, now } = deps;
  settled(await createHall(store, services.collections, HALL, SYSTEM));
  const accounts = await addPeople(deps);
  const context = (account: string): RequestContext => contextOf(people, account, now);
  settled(await services.publishing.start());
  for (const screen of DEMONSTRATION_SCREENS) {
    settled(
      await services.handlers.putScreen(
        context(DEMONSTRATION_PEOPLE.administrator.account),
        screen,
      ),
    );
  }
  const days = daysFrom(tablesAt(ZONE, now()).zone, now());
  const bodies: RecordBody[] = [
    ...demonstrationNotices(days).map((fields) => ({ kind: 'notice' as const, fields })),
    { kind: 'policy-document', fields: await readSourceDocument(KEEPER) },
  ];
  const rotation = rotationOf(bodies);
  let order = 0;
  for (const body of bodies) {
    const record = await publish(services, context, body);
    if (!rotation.has(body)) continue;
    order += 1;
    await schedule(services, context(DEMONSTRATION_PEOPLE.manager.account), record, order);
  }
  return accounts;
}

export interface DemonstrationDeps {
  readonly store: Store;
  readonly people: People;
  readonly services: HallServices;
  readonly now: () => number;
  /** Makes a password of at least twelve characters that can be read aloud. */
  readonly makePassword: () => string;
  /** One password for every account, instead of one made for each. */
  readonly password?: string | undefined;
}

export interface DemoAccount {
  readonly account: string;
  readonly name: string;
  readonly post: string;
  readonly department: string;
  readonly roles: readonly string[];
  readonly password: string;
}

const ZONE = 'Asia/Shanghai';

const HALL = {
  card: {
    name: '安澜县政务服务中心',
    county: '安澜县',
    desk: '一楼总服务台',
    phone: PHONE,
    hours: [
      { fromMinute: 8 * 60 + 30, untilMinute: 12 * 60 },
      { fromMinute: 13 * 60 + 30, untilMinute: 17 * 60 + 30 },
    ],
    demo: true,
  },
  departments: [
    '政务服务中心',
    '市场监督管理局',
    '税务局',
    '医疗保障局',
    '民政局',
    '人力资源和社会保障局',
    '自然资源局',
    '农业农村局',
    '住房和城乡建设局',
    '交通运输局',
    '供水公司',
    '供电公司',
  ],
  zone: ZONE,
};

const KEEPER = { department: '政务服务中心', post: '政务公开科档案岗', phone: PHONE };

async function addPeople({
  people,
  now,
  makePassword,
  password,
}: DemonstrationDeps): Promise<DemoAccount[]> {
  const accounts: DemoAccount[] = [];
  for (const person of Object.values(DEMONSTRATION_PEOPLE)) {
    const chosen = password ?? makePassword();
    settled(await people.add({ ...person, roles: [...person.roles] }, SYSTEM, now(), chosen));
    accounts.push({ ...person, password: chosen });
  }
  return accounts;
}

/** The same context a request gets, with the policy table between it and everything. */
function contextOf(people: People, account: string, now: () => number): RequestContext {
  const person = present(people.findByAccount(account), `account ${account}`);
  const { id: name, department, roles } = person;
  const actor: SignedIn = { person: name, department, roles, personRef: refOf(person) };
  return {
    actor,
    sessionId: undefined,
    address: '',
    now,
    requestId: 'demonstration',
    require: requireOf(actor),
  };
}

/** Of each of these the first is on the boards; the rest is there to be put on by hand. */
const ROTATION: readonly string[] = ['停水停电', '窗口变动', '系统故障', '公示', '招聘培训'];

/** What boards show all day: a round stays under four minutes. */
function rotationOf(bodies: readonly RecordBody[]): ReadonlySet<RecordBody> {
  const notices = ROTATION.flatMap(
    (category) =>
      bodies.find((body) => body.kind === 'notice' && body.fields.category === category) ?? [],
  );
  return new Set([...notices, ...bodies.filter(({ kind }) => kind === 'policy-document')]);
}

type ContextOf = (account: string) => RequestContext;

/** Written by the department's editor, or by the hall for those without one; approved by another. */
async function publish(
  { handlers }: HallServices,
  context: ContextOf,
  body: RecordBody,
): Promise<RecordId> {
  const { waterEditor, marketEditor, manager, reviewer, secondReviewer } = DEMONSTRATION_PEOPLE;
  const editor = [waterEditor, marketEditor].find(
    ({ department }) => department === body.fields.department,
  );
  const author = context((editor ?? manager).account);
  const approver = context((body.kind === 'notice' ? reviewer : secondReviewer).account);
  const { id: record, revision } = settled(await handlers.createRecord(author, { body }));
  settled(await handlers.submitRecord(author, { id: record, revision }));
  const { seal } = settled(await handlers.previewRecord(approver, { id: record }));
  const approved: RecordDetail = settled(
    await handlers.approveRecord(approver, { id: record, seal }),
  );
  assert(approved.publicity.state === 'published', `${body.fields.title} is published`);
  return record;
}

/** 平常: takes its turn with the others until it ends. */
async function schedule(
  { handlers }: HallServices,
  manager: RequestContext,
  record: RecordId,
  order: number,
): Promise<void> {
  const slot = id(isSlotId, `rotation-${String(order).padStart(2, '0')}`);
  settled(
    await handlers.putSlot(manager, {
      id: slot,
      record,
      class: 'default',
      window: { kind: 'always' },
      order,
    }),
  );
}

/** The value, or a thrown error: a demonstration that cannot be made is a fault, not a refusal. */
function settled<Value>(reply: Reply<Value>): Value {
  if (reply.ok) return reply.value;
  throw new Error(
    `the demonstration was refused: ${reply.refusal} ${reply.detail ?? ''} ${JSON.stringify(reply.findings ?? '')}`,
  );
}
