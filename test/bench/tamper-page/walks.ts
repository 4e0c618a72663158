import type { Touch } from '../../../kiosk/touch/context.ts';
import type { Selection } from '../../../kiosk/touch/model/route.ts';
import { boardProfiles } from '../../../shared/domain/profile.ts';
import type { Item } from '../../../shared/domain/release.ts';
import { present } from '../../../shared/kit/assert.ts';
import { fromUtf8 } from '../../../shared/kit/bytes.ts';
import { id, isProfileId } from '../../../shared/kit/ids.ts';
import { parseJson } from '../../../shared/kit/json.ts';
import { pages as pagesSchema } from '../../../shared/protocol/objects.ts';
import type { Screen } from '../../../shared/sync/generation.ts';
import type { BenchClock } from './bench-clock.ts';
import { storedPiece } from './frames.ts';

/** The board that is worn. */
export const PROFILE = boardProfiles['led-640x320'];
const PROFILE_ID = id(isProfileId, PROFILE.id);

/** Where a person goes on the touch page: home, some pages of each list, some documents. */
export async function walkTouch(
  touch: Touch,
  pagesOfList: readonly number[],
  records: ReadonlySet<string> | 'all',
): Promise<void> {
  const { visit, glass, catalogue } = touch;
  if (visit.phase.peek().state === 'attract') visit.begin();
  visit.home();
  await drawn(touch);
  for (const { kind } of catalogue.peek().kinds) {
    const of: Selection = { by: 'kind', kind };
    for (const number of pagesOfList) {
      visit.turn({ page: 'list', of, number });
      await drawn(touch);
    }
  }
  for (const { item } of glass.items.peek()) {
    if (records === 'all' || records.has(item.record)) await openDocument(touch, item);
  }
  visit.home();
}

async function openDocument(touch: Touch, { record, version, listing, latestAt }: Item) {
  const opened = { version, title: listing.title, latestAt };
  touch.visit.turn({ page: 'document', record, opened });
  await drawn(touch);
}

/** Two frames, and what the page waits for. */
async function drawn({ loading }: Touch): Promise<void> {
  await frame();
  await frame();
  while (loading.count.peek() > 0) await frame();
  await frame();
}

const frame = (): Promise<number> => new Promise(requestAnimationFrame);

/** Lets a board play on, page by page. */
export async function watchBoard(clock: BenchClock, seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += STEP_SECONDS) {
    await clock.skip(STEP_SECONDS * 1000);
  }
}

const STEP_SECONDS = 5;

/** Every piece that a board may draw of the generation it has. */
export async function boardPieces(screen: Screen): Promise<readonly string[]> {
  const pieces: string[] = [];
  for (const { board } of present(screen.generation(), 'generation').channels) {
    for (const { entry, item } of board) {
      const ref = present(item.boards[PROFILE_ID], 'rendering').pages;
      const text = fromUtf8(present(await screen.object(ref), 'pages'));
      const { pages } = pagesSchema.parse(parseJson(text ?? ''));
      pages.forEach((page, number) => {
        pieces.push(storedPiece(`${entry.key}/${item.version}/${number}`, page));
      });
    }
  }
  return pieces;
}

/** Digests of what a generation consists of, by what each is for. */
export function objectsByUse(screen: Screen): ReadonlyMap<string, string> {
  const uses = new Map<string, string>();
  for (const { channel, head, release, touch, board } of present(screen.generation(), 'generation')
    .channels) {
    uses.set(`manifest ${channel}`, head.release.digest);
    for (const [section, refs] of Object.entries(release.sections)) {
      refs.forEach(({ digest }, index) => uses.set(`${section} ${index}`, digest));
    }
    for (const { item } of touch) uses.set(`view ${item.record}`, item.view.digest);
    for (const { item } of board) {
      const rendering = item.boards[PROFILE_ID];
      if (rendering !== undefined) uses.set(`pages ${item.record}`, rendering.pages.digest);
    }
  }
  return uses;
}
