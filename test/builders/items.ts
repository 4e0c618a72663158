import { createHash } from 'node:crypto';
import type { ApprovedItem, CompileInput } from '../../shared/domain/compile.ts';
import { UTC } from '../../shared/domain/civil.ts';
import type { Slot } from '../../shared/domain/programme.ts';
import type { HallCard, Item, SearchEntry } from '../../shared/domain/release.ts';
import { toBase64 } from '../../shared/kit/bytes.ts';
import type { Digest } from '../../shared/kit/digest.ts';
import type { ProfileId, Sha256 } from '../../shared/kit/ids.ts';
import {
  id,
  isChannelId,
  isProfileId,
  isRecordId,
  isSha256,
  isSlotId,
} from '../../shared/kit/ids.ts';
import { canonicalBytes } from '../../shared/kit/json.ts';

/** Builders of approved items and programmes; a test names only what it is about. */

export const sha256 = (bytes: Uint8Array | string): Sha256 =>
  id(isSha256, createHash('sha256').update(bytes).digest('hex'));
export const digest: Digest = async (bytes) => sha256(bytes);

export const DOOR: ProfileId = id(isProfileId, 'led-384x64');
export const HALL: ProfileId = id(isProfileId, 'led-640x320');
const TELEVISION: ProfileId = id(isProfileId, 'tv-1920x1080');

export const card: HallCard = {
  name: '安澜县政务服务中心',
  county: '安澜县',
  desk: '一楼咨询台',
  phone: '0312-0000000',
  hours: [{ fromMinute: 510, untilMinute: 720 }],
  demo: true,
};

/** An item of the named record on every carrier, for every board, without limits. */
export function item(name: string, parts: Partial<Item> = {}): Item {
  const version = parts.version ?? 1;
  const ref = (what: string) => ({ digest: sha256(`${what} ${name} ${version}`), bytes: 1000 });
  return {
    v: 1,
    record: id(isRecordId, name),
    version,
    kind: 'notice',
    audience: 'public',
    carriers: ['touch', 'board'],
    listing: {
      title: `关于${name}的公告`,
      summary: '城北大街、建设路、育才街部分路段停水检修，请居民提前储水。',
      issuers: ['县自来水公司'],
      category: '停水停电',
      docNo: null,
      madeOn: null,
      publishedOn: '2026-09-17',
      validUntil: '2026-09-20',
    },
    view: ref('view'),
    boards: {
      [DOOR]: { pages: ref('door'), dwellSeconds: [6, 7, 6] },
      [HALL]: { pages: ref('hall'), dwellSeconds: [14] },
      [TELEVISION]: { pages: ref('television'), dwellSeconds: [14] },
    },
    search: null,
    earliestAt: null,
    latestAt: null,
    maxStaleSeconds: 604_800,
    ...parts,
  };
}

/** The item as approved: an envelope of real size, with a search entry when it is on touch. */
export function approved(name: string, parts: Partial<Item> = {}, text = '停水检修'): ApprovedItem {
  const plain = item(name, parts);
  const search: SearchEntry | null = plain.carriers.includes('touch')
    ? { key: plain.record, version: plain.version, text, initials: 'tsjx' }
    : null;
  const full: Item = { ...plain, search: search === null ? null : sha256(canonicalBytes(search)) };
  const envelope = JSON.stringify({
    payloadType: 'application/vnd.openhall.item+json',
    payload: toBase64(canonicalBytes(full)),
    signatures: [{ keyid: sha256('key'), sig: toBase64(new Uint8Array(64).fill(7)) }],
  });
  return { item: full, approvedAt: 0, search, envelope };
}

export function slotOf(name: string, record: string, parts: Partial<Slot> = {}): Slot {
  return {
    id: id(isSlotId, name),
    record: id(isRecordId, record),
    class: 'default',
    window: { kind: 'always' },
    phaseAt: 0,
    order: 0,
    turnSeconds: { [DOOR]: 19, [HALL]: 14 },
    ...parts,
  };
}

export function draft(parts: Partial<CompileInput> = {}): CompileInput {
  return {
    channel: id(isChannelId, 'hall'),
    hall: card,
    zone: { ...UTC, horizonAt: 4_102_444_800_000 },
    calendar: { from: 20_000, until: 20_365, off: [20_100], on: [20_101] },
    t: 1_789_600_000_000,
    items: [],
    slots: [],
    profiles: [DOOR, HALL],
    ...parts,
  };
}
