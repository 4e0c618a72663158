import * as z from 'zod/mini';
import type { Result } from '../shared/kit/result.ts';
import { accepted, refused } from '../shared/kit/result.ts';
import type { Config } from './config.ts';
import { createDemonstration } from './demo/demonstration.ts';
import type { DemoAccount } from './demo/demonstration.ts';
import type { Hall } from './hall.ts';
import { clock } from './hall.ts';
import type { Logger } from './log.ts';
import type { RefusalCode } from './routes/handlers.ts';
import { SYSTEM } from './services/audit.ts';
import { refusalOfCommit } from './services/commit-refusal.ts';
import { recoverHall } from './services/hall-recovery.ts';
import { createHall } from './services/hall.ts';
import { HALL } from './services/stored.ts';
import type { Store } from './store/store.ts';

/** What this start made; its passwords are known now and never again. */
export type FirstStart =
  | { readonly kind: 'existing'; readonly mode: Config['mode'] }
  | { readonly kind: 'demo'; readonly accounts: readonly DemoAccount[] }
  | { readonly kind: 'empty'; readonly account: string; readonly password: string };

type Furnished = Result<FirstStart, RefusalCode | 'half-made' | 'damaged'>;

/**
 * Furnishes an empty data folder, and publishes. A folder that holds a hall is left as it is; one
 * whose first start was cut short is refused, since nobody has its passwords. [DG1] A damaged one is
 * never taken for a new one.
 */
export async function furnish(hall: Hall, config: Config, log: Logger): Promise<Furnished> {
  const before = setupOf(hall.store);
  if (before?.state === 'begun') return refused('half-made');
  const { damage } = hall.store.status();
  if (before !== undefined || damage.length > 0 || isFurnished(hall)) {
    const { people } = hall.accounts;
    const found = await recoverHall(hall.store, {
      ...hall.services,
      objects: hall.objects,
      people,
    });
    if (found === 'lost')
      return refused('damaged', damage.map(({ file }) => `store/${file}`).join('\n'));
    const mode = before?.mode ?? modeOf(hall);
    await hall.services.publishing.start();
    return accepted({ kind: 'existing', mode });
  }
  const { mode } = config;
  const begun = await keepSetup(hall.store, { v: 1, mode, state: 'begun' });
  if (begun !== undefined) return begun;
  log.info({ mode }, 'furnishing an empty data folder');
  const made = mode === 'empty' ? await furnishEmpty(hall) : await furnishDemo(hall, config);
  if (!made.ok) return made;
  return (await keepSetup(hall.store, { v: 1, mode, state: 'done' })) ?? made;
}

async function furnishDemo(hall: Hall, config: Config): Promise<Furnished> {
  const {
    store,
    services,
    accounts: { people, passwords },
  } = hall;
  const makePassword = (): string => passwords.make();
  const password = config.demoPassword;
  const accounts = await createDemonstration({
    store,
    people,
    services,
    now: clock,
    makePassword,
    password,
  });
  return accepted({ kind: 'demo', accounts });
}

/** Bare walls and one administrator, who gives everyone else an account. */
async function furnishEmpty({ store, services, accounts }: Hall): Promise<Furnished> {
  const created = await createHall(store, services.collections, BARE_HALL, SYSTEM);
  if (!created.ok) return created;
  const added = await accounts.people.add(ADMINISTRATOR, SYSTEM, clock());
  if (!added.ok) return added;
  await services.publishing.start();
  return accepted({
    kind: 'empty',
    account: ADMINISTRATOR.account,
    password: added.value.password,
  });
}

const DEPARTMENT = '政务服务中心';

const ADMINISTRATOR = {
  account: 'admin',
  name: '系统管理员',
  post: '系统管理员',
  department: DEPARTMENT,
  roles: ['administrator'],
} as const;

const BARE_HALL = {
  card: { name: '政务服务中心', county: '', desk: '', phone: '', hours: [], demo: false },
  departments: [DEPARTMENT],
  zone: 'Asia/Shanghai',
};

/** [DG1] What the first start noted may be lost; what it made is then still there. */
function isFurnished({ services, accounts }: Hall): boolean {
  return services.collections.halls.get(HALL) !== undefined || accounts.people.list().length > 0;
}

function modeOf({ services }: Hall): Config['mode'] {
  return services.collections.halls.get(HALL)?.value.card.demo === true ? 'demo' : 'empty';
}

/** How far the first start came, and what it made. */
const setupSchema = z.strictObject({
  v: z.literal(1),
  mode: z.enum(['demo', 'empty']),
  state: z.enum(['begun', 'done']),
});
type Setup = z.infer<typeof setupSchema>;
const SETUP = { collection: 'setup', id: 'first-start' };

function setupOf(store: Store): Setup | undefined {
  const document = store.get(SETUP.collection, SETUP.id);
  return document && setupSchema.parse(document.value);
}

async function keepSetup(store: Store, value: Setup) {
  const committed = await store.commit({ puts: [{ ...SETUP, value }] });
  return committed.ok ? undefined : refusalOfCommit(committed);
}
