import { createHash } from 'node:crypto';
import { createApp } from '../../board-server/app.ts';
import type { Answered, AppDeps } from '../../board-server/app.ts';
import type { Handlers, Reply } from '../../board-server/routes/handlers.ts';
import { ROUTE_NAMES } from '../../board-server/routes/mount.ts';
import { createAccountServices } from '../../board-server/services/account-services.ts';
import { SYSTEM } from '../../board-server/services/audit.ts';
import type { NewPerson } from '../../board-server/services/people.ts';
import { createMemoryStore } from '../../board-server/store/memory-store.ts';
import type { Role } from '../../shared/domain/policy.ts';
import type { OutputOf, RouteName } from '../../shared/protocol/routes.ts';
import { routes } from '../../shared/protocol/routes.ts';

export const ORIGIN = 'https://hall.test:4680';
export const START = Date.UTC(2026, 2, 2, 1);
export const PASSWORD = 'Reading-the-room-7';

interface HallChanges {
  readonly tries?: number;
  /** Handlers that answer. */
  readonly answers?: Partial<Handlers>;
}

export type Hall = Awaited<ReturnType<typeof createHall>>;

/**
 * The app over a memory store with its real sessions, people and audit. Routes of other services
 * note that they were reached and answer `not-found`: here only the way to them is under test.
 */
export async function createHall(changes: Partial<AppDeps> & HallChanges = {}) {
  const clock = { now: START };
  const now = () => clock.now;
  const store = createMemoryStore({ clock: now });
  const random = seeded('a hall');
  const triesPerAddress = changes.tries ?? 1000;
  const accounts = createAccountServices({ store, random, triesPerAddress });
  const { people, sessions, lockouts, passwords } = accounts;
  const reached: RouteName[] = [];
  const answered: Answered[] = [];
  const failures: unknown[] = [];
  let requests = 0;

  const app = createApp({
    handlers: { ...noting(reached), ...accounts.handlers, ...changes.answers },
    sessions,
    clock: now,
    objects: {
      read: async () => undefined,
      bytes: async () => undefined,
      held: () => undefined,
    },
    deltas: { read: async () => undefined, pushed: async () => null },
    shells: new Map(),
    surroundings: { publicUrl: undefined, trustedProxies: [] },
    tls: undefined,
    front: () => ({ hall: CARD, screens: [] }),
    obstacles: () => [],
    newRequestId: () => `request-${(requests += 1)}`,
    monotonic: () => 0,
    log: { answered: (line) => answered.push(line), failed: (_id, error) => failures.push(error) },
    metrics: { type: 'text/plain', text: async () => 'figures', token: undefined },
    ...changes,
  });

  const request = (path: string, init: Asking = {}): Promise<Response> => {
    const { base = ORIGIN } = init;
    // What the HTTP adapter binds, as far as the app reads it.
    const remoteAddress = init.peer ?? (isLocal(base) ? '127.0.0.1' : '192.0.2.10');
    const socket = { remoteAddress, encrypted: base.startsWith('https:') };
    const answer = app.request(`${base}${path}`, toRequest(init), { incoming: { socket } });
    return Promise.resolve(answer);
  };
  const add = (person: Partial<NewPerson>, password: string | undefined = PASSWORD) =>
    people.add({ ...EDITOR, ...person }, SYSTEM, now(), password);
  const signIn = (account: string, password = PASSWORD, init: Asking = {}): Promise<Response> =>
    request('/api/session', { method: 'POST', json: { account, password }, ...init });
  /** The cookie of someone new with these roles. */
  const cookieOf = async (...roles: Role[]): Promise<string> => {
    const account = `person-${roles.join('-')}`;
    await add({ account, roles });
    return cookieFrom(await signIn(account));
  };
  return {
    app,
    clock,
    store,
    people,
    passwords,
    sessions,
    lockouts,
    reached,
    answered,
    failures,
    request,
    add,
    signIn,
    cookieOf,
  };
}

const isLocal = (base: string) => /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])/.test(base);

const EDITOR: NewPerson = {
  account: 'zhang.min',
  name: '张敏',
  post: '科员',
  department: '水利局',
  roles: ['editor'],
};

export const CARD = {
  name: '安澜县政务服务中心',
  county: '安澜县',
  desk: '总台',
  phone: '0312-0000000',
  hours: [],
  demo: true,
};

export interface Asking {
  readonly method?: string;
  readonly json?: unknown;
  readonly body?: BodyInit;
  readonly cookie?: string;
  /** Headers to add; undefined takes one away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly base?: string;
  readonly peer?: string;
}

function toRequest({
  method = 'GET',
  json,
  body,
  cookie,
  headers = {},
  base = ORIGIN,
}: Asking): RequestInit {
  const sent: Record<string, string | undefined> = {
    ...(method === 'GET' ? {} : { origin: base, 'sec-fetch-site': 'same-origin' }),
    ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
    ...(cookie === undefined ? {} : { cookie }),
    ...headers,
  };
  const named = Object.entries(sent).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  const content = json === undefined ? body : JSON.stringify(json);
  return {
    method,
    headers: named,
    ...(content === undefined ? {} : { body: content, duplex: 'half' }),
  };
}

/** `name=value` of the session cookie that an answer sets. */
export function cookieFrom(response: Response): string {
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

/** The body of an answer, by the contract of its route. */
export async function answerOf<Name extends RouteName>(
  name: Name,
  response: Response,
): Promise<OutputOf<Name>> {
  // OutputOf is what this very schema yields; TypeScript does not carry `Name` through the table.
  return routes[name].output.parse(await response.json()) as OutputOf<Name>;
}

export async function refusalOf(response: Response): Promise<unknown> {
  const body: unknown = await response.json();
  return typeof body === 'object' && body !== null && 'refusal' in body ? body.refusal : undefined;
}

function noting(reached: RouteName[]): Handlers {
  const entries = ROUTE_NAMES.map((name) => {
    const handler = async (): Promise<Reply<never>> => {
      reached.push(name);
      return { ok: false, refusal: 'not-found' };
    };
    return [name, handler] as const;
  });
  // Each of these functions refuses whatever it is given, so each is a handler of any route.
  return Object.fromEntries(entries) as unknown as Handlers;
}

/** Bytes that are different each time and the same in every run. */
export function seeded(seed: string): (bytes: number) => Uint8Array {
  let turn = 0;
  return (bytes) => {
    const parts: Buffer[] = [];
    for (let size = 0; size < bytes; size += 32) {
      parts.push(
        createHash('sha256')
          .update(`${seed} ${(turn += 1)}`)
          .digest(),
      );
    }
    return Buffer.concat(parts).subarray(0, bytes);
  };
}
