import { digest } from '../../board-server/trust/digest.ts';
import { UTC } from '../../shared/domain/civil.ts';
import type { ApprovedItem, CompileInput } from '../../shared/domain/compile.ts';
import { compileRelease } from '../../shared/domain/compile.ts';
import type { Slot } from '../../shared/domain/programme.ts';
import type { HallCard, Item, ObjectRef, SearchEntry } from '../../shared/domain/release.ts';
import { present } from '../../shared/kit/assert.ts';
import type { ChannelId, ScreenId, Sha256 } from '../../shared/kit/ids.ts';
import {
  id,
  isChannelId,
  isProfileId,
  isRecordId,
  isScreenId,
  isSlotId,
} from '../../shared/kit/ids.ts';
import { canonicalBytes } from '../../shared/kit/json.ts';
import type { Head, Lease, Lineup, RoleName, Roles } from '../../shared/protocol/statements.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import type { StatementType } from '../../shared/trust/envelope.ts';
import { seal } from '../../shared/trust/envelope.ts';
import { rootFingerprint } from '../../shared/trust/roles.ts';
import type { TestKey } from './keys.ts';
import { testKey } from './keys.ts';

/**
 * A hall that publishes, with real keys, statements, releases and objects, all in memory. What it
 * would answer a screen is in `state` and `objects`; tests forge by signing with `sealAs`.
 */
export interface Hall {
  readonly root: Sha256;
  readonly objects: Map<Sha256, Uint8Array<ArrayBuffer>>;
  readonly roles: Roles;
  readonly rolesTexts: string[];
  /** Newest head payload of the channel. */
  head(): Head;
  headText(): string;
  item(record: string, parts?: ItemParts): Promise<ApprovedItem>;
  /** Compiles and signs the next version of the channel. */
  publish(parts: PublishParts): Promise<Head>;
  lineup(parts?: Partial<Lineup>): Promise<string>;
  /** A lease for the newest head, signed at `at`. */
  lease(at: number, parts?: Partial<Lease>): Promise<string>;
  /** Text of `screenState` with a lease signed at `at`. */
  state(at: number, parts?: Partial<StateParts>): Promise<string>;
  sealAs(role: RoleName | TestKey, type: StatementType, payload: object): Promise<string>;
  /** Appends the next roles statement, signed by the root before and by its own. */
  changeRoles(change: (roles: Roles) => Roles, more?: readonly TestKey[]): Promise<string>;
}

export interface ItemParts extends Partial<
  Omit<Item, 'record' | 'listing' | 'view' | 'boards' | 'search'>
> {
  readonly title?: string;
  readonly body?: string;
}

export interface PublishParts extends Partial<Pick<Head, 'epoch' | 'version' | 'revoked'>> {
  readonly items: readonly ApprovedItem[];
  readonly slots?: readonly Slot[];
  /** The instant of publishing. */
  readonly at: number;
  readonly activateAt?: number;
}

export interface StateParts {
  readonly roles: readonly string[];
  readonly lineup: string;
  readonly head: string;
  readonly lease: string;
  readonly channel: ChannelId;
}

export const HALL: ChannelId = id(isChannelId, 'hall');
export const TOUCH: ScreenId = id(isScreenId, 'touch-1');
export const LED = id(isProfileId, 'led-384x64');

const CARD: HallCard = {
  name: '安澜县政务服务大厅',
  county: '安澜县',
  desk: '咨询台',
  phone: '0000-0000000',
  hours: [{ fromMinute: 540, untilMinute: 1020 }],
  demo: true,
};

const ROLE_KEYS = ['root', 'head', 'lease', 'lineup', 'approve'] as const;

export async function createHall(name = 'hall'): Promise<Hall> {
  const keys = new Map<RoleName, TestKey>();
  for (const role of ROLE_KEYS) keys.set(role, await testKey(`${name} ${role}`));
  const keyOf = (role: RoleName): TestKey => present(keys.get(role), 'key');
  const one = (role: RoleName) => ({ keys: [keyOf(role).keyid], threshold: 1 });
  let roles: Roles = {
    v: 1,
    epoch: 1,
    version: 1,
    keys: Object.fromEntries([...keys.values()].map(({ keyid, publicKey }) => [keyid, publicKey])),
    roles: {
      root: one('root'),
      head: one('head'),
      lease: one('lease'),
      lineup: one('lineup'),
      approve: one('approve'),
    },
  };
  const objects = new Map<Sha256, Uint8Array<ArrayBuffer>>();
  let head: { readonly statement: Head; readonly text: string } | undefined;

  const put = async (value: object): Promise<ObjectRef> => {
    const bytes = canonicalBytes(value);
    const name = await digest(bytes);
    objects.set(name, bytes);
    return { digest: name, bytes: bytes.length };
  };
  const sealAs: Hall['sealAs'] = (role, type, payload) =>
    seal(type, canonicalBytes(payload), [typeof role === 'string' ? keyOf(role) : role]);
  const rolesTexts = [await sealAs('root', 'roles', roles)];
  const newest = () => present(head, 'published head');

  const hall: Hall = {
    root: await rootFingerprint(roles, digest),
    objects,
    rolesTexts,
    get roles() {
      return roles;
    },
    head: () => newest().statement,
    headText: () => newest().text,
    sealAs,
    async item(record, { title = record, body = `Body of ${record}.`, ...parts } = {}) {
      return approve(hall, put, record, title, body, parts);
    },
    async publish({ items, slots = [], at, activateAt = at, revoked = [], ...order }) {
      const input: CompileInput = {
        channel: HALL,
        hall: CARD,
        zone: { ...UTC, horizonAt: 4_000_000_000_000 },
        calendar: { from: 0, until: 0, off: [], on: [] },
        t: at,
        items,
        slots,
        profiles: [LED],
      };
      const compiled = await compileRelease(input, digest);
      if (!compiled.ok)
        throw new Error(`the builder compiles public items only: ${compiled.detail}`);
      for (const { digest: name, bytes } of compiled.value.objects) objects.set(name, bytes);
      const { epoch = 1, version = (head?.statement.version ?? 0) + 1 } = order;
      const statement: Head = {
        v: 1,
        channel: HALL,
        epoch,
        version,
        release: compiled.value.manifest,
        revoked: [...revoked],
        activateAt,
      };
      head = { statement, text: await sealAs('head', 'head', statement) };
      return statement;
    },
    lineup: (parts = {}) => sealAs('lineup', 'lineup', { ...LINEUP, ...parts }),
    async lease(at, parts = {}) {
      const { channel, epoch, version } = newest().statement;
      const named = await digest(canonicalBytes(newest().statement));
      const lease: Lease = {
        v: 1,
        channel,
        epoch,
        version,
        head: named,
        signedAt: at,
        expires: at + 600_000,
        audit: named,
      };
      return sealAs('lease', 'lease', { ...lease, ...parts });
    },
    async state(at, parts = {}) {
      const {
        channel = HALL,
        head: headText = newest().text,
        lease = await hall.lease(at),
      } = parts;
      return JSON.stringify({
        v: PROTOCOL_VERSION,
        roles: parts.roles ?? rolesTexts,
        lineup: parts.lineup ?? (await hall.lineup()),
        channels: [{ channel, head: headText, lease }],
      });
    },
    async changeRoles(change, more = []) {
      roles = change({ ...roles, version: roles.version + 1 });
      const text = await seal('roles', canonicalBytes(roles), [keyOf('root'), ...more]);
      rolesTexts.push(text);
      return text;
    },
  };
  return hall;
}

const LINEUP: Lineup = {
  v: 1,
  epoch: 1,
  version: 1,
  screen: TOUCH,
  name: '一楼触摸屏',
  device: { kind: 'touch', widthPx: 1080, heightPx: 1920, diagonalInches: 43, bottomMm: 800 },
  sections: ['touch', 'search', `board/${LED}`],
  channels: [{ channel: HALL, cap: 'emergency' }],
};

async function approve(
  hall: Hall,
  put: (value: object) => Promise<ObjectRef>,
  record: string,
  title: string,
  body: string,
  parts: Partial<Item>,
): Promise<ApprovedItem> {
  const key = id(isRecordId, record);
  const version = parts.version ?? 1;
  const search: SearchEntry = { key, version, text: `${title}\n${body}`, initials: '' };
  const line = { text: title, x: 0, y: 0, size: 32, role: 'title' };
  const item: Item = {
    v: 1,
    record: key,
    version,
    kind: 'notice',
    audience: 'public',
    carriers: ['touch', 'board'],
    listing: {
      title,
      summary: body,
      issuers: [],
      category: '通告',
      docNo: null,
      madeOn: null,
      publishedOn: null,
      validUntil: null,
    },
    view: await put({
      v: 1,
      blocks: [{ type: 'paragraph', runs: [{ text: body, strong: false }], align: 'start' }],
    }),
    boards: {
      [LED]: {
        pages: await put({ v: 1, profile: LED, pages: [{ lines: [line], dwellSeconds: 8 }] }),
        dwellSeconds: [8],
      },
    },
    search: await digest(canonicalBytes(search)),
    earliestAt: null,
    latestAt: null,
    maxStaleSeconds: null,
    ...parts,
  };
  return { item, search, approvedAt: 0, envelope: await hall.sealAs('approve', 'item', item) };
}

/** A slot that shows the record always, in turns of ten seconds. */
export function slotOf(record: string, parts: Partial<Slot> = {}): Slot {
  return {
    id: id(isSlotId, `slot-${record}`),
    record: id(isRecordId, record),
    class: 'default',
    window: { kind: 'always' },
    phaseAt: 0,
    order: 0,
    turnSeconds: { [LED]: 10 },
    ...parts,
  };
}
