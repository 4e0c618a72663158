import { metricsOf } from '../domain/advance.ts';
import type { NamedBytes } from '../domain/chunks.ts';
import type { Pages } from '../domain/pages.ts';
import { paginate } from '../domain/paginate.ts';
import type { BoardProfile } from '../domain/profile.ts';
import type { BoardRendering, Item, ObjectRef, SearchEntry } from '../domain/release.ts';
import { CARRIERS } from '../domain/release.ts';
import type { Digest } from '../kit/digest.ts';
import type { ProfileId, RecordId, Sha256 } from '../kit/ids.ts';
import { id, isProfileId } from '../kit/ids.ts';
import { canonicalBytes } from '../kit/json.ts';
import type { Result } from '../kit/result.ts';
import { accepted, refused } from '../kit/result.ts';
import type { View } from './block.ts';
import type { RecordKind, Setting } from './kind.ts';
import type { Initials } from './search.ts';
import { foldForSearch } from './search.ts';

/**
 * A record version as every screen will show it: [RL4] the item names the digest of each rendering.
 * The same input has the same bytes, so what a reviewer saw is what is published; the seal that an
 * approval binds is the digest of `payload`, the bytes that are signed.
 */
export async function render<Fields>(
  kind: RecordKind<Fields>,
  fields: Fields,
  job: RenderJob,
): Promise<Result<Rendered, 'too-long-for-board'>> {
  const chosen = kind.carriersOf(fields);
  const carriers = CARRIERS.filter(
    (carrier) => kind.carriers.includes(carrier) && chosen.includes(carrier),
  );
  const objects: NamedBytes[] = [];
  const make = async (content: object): Promise<ObjectRef> => {
    const bytes = canonicalBytes(content);
    const digest = await job.digest(bytes);
    objects.push({ digest, bytes });
    return { digest, bytes: bytes.length };
  };
  const view: View = { v: 1, blocks: [...kind.view(fields, job.setting)] };
  const viewRef = await make(view);
  const pages = carriers.includes('board') ? pagesOf(kind, fields, job) : {};
  const boards: Record<ProfileId, BoardRendering> = {};
  for (const [profile, rendering] of Object.entries(pages)) {
    if (rendering.pages.length > PAGES_MAX) return refused('too-long-for-board', profile);
    const dwellSeconds = rendering.pages.map((page) => page.dwellSeconds);
    boards[id(isProfileId, profile)] = { pages: await make(rendering), dwellSeconds };
  }
  const search = carriers.includes('touch') ? searchEntryOf(kind, fields, job) : null;
  const item: Item = {
    v: 1,
    record: job.record,
    version: job.version,
    kind: kind.id,
    audience: kind.audience,
    carriers,
    listing: kind.listing(fields, job.setting),
    view: viewRef,
    boards,
    search: search === null ? null : await job.digest(canonicalBytes(search)),
    ...kind.showing(fields),
    maxStaleSeconds: kind.maxStaleSeconds,
  };
  const payload = canonicalBytes(item);
  return accepted({ item, payload, seal: await job.digest(payload), objects, view, pages, search });
}

export interface RenderJob {
  readonly record: RecordId;
  readonly version: number;
  readonly setting: Setting;
  /** Boards to make pages for. */
  readonly profiles: readonly BoardProfile[];
  readonly digest: Digest;
  readonly initials: Initials;
}

export interface Rendered {
  readonly item: Item;
  /** Canonical JSON of the item: what approvers sign. */
  readonly payload: Uint8Array<ArrayBuffer>;
  readonly seal: Sha256;
  /** The view, then the pages of each board. */
  readonly objects: readonly NamedBytes[];
  readonly view: View;
  readonly pages: Readonly<Record<ProfileId, Pages>>;
  readonly search: SearchEntry | null;
}

/** As many as the schema of `pages` takes: at six seconds each, twenty minutes. */
const PAGES_MAX = 200;

/** Boards on which the record has something to say. */
function pagesOf<Fields>(
  kind: RecordKind<Fields>,
  fields: Fields,
  { profiles, setting }: RenderJob,
): Record<ProfileId, Pages> {
  const all: Record<ProfileId, Pages> = {};
  const text = kind.board(fields, setting);
  // A closing line alone says nothing.
  if (`${text.title}${text.body}`.trim() === '') return all;
  for (const profile of profiles) {
    const pages = paginate(text, profile, metricsOf(profile));
    if (pages.length > 0) all[id(isProfileId, profile.id)] = { v: 1, profile: profile.id, pages };
  }
  return all;
}

function searchEntryOf<Fields>(
  kind: RecordKind<Fields>,
  fields: Fields,
  { record, version, initials }: RenderJob,
): SearchEntry {
  return {
    key: record,
    version,
    text: foldForSearch(kind.searchText(fields)),
    initials: initials(foldForSearch(kind.searchNames(fields))),
  };
}
