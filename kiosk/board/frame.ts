import type { Page } from '../../shared/domain/pages.ts';
import type { BoardProfile, Zone } from '../../shared/domain/profile.ts';
import type { BoxedLine, Frame, Tone } from '../stage/stage.ts';
import type { Glass } from './glass.ts';
import { words } from './words.ts';

/** A page in the main zone: `number` counts from 0 among the `pages` of its item. */
export interface ShownPage {
  /** Changes when something else is shown. */
  readonly key: string;
  readonly page: Page;
  readonly number: number;
  readonly pages: number;
}

/** Puts a page and what surrounds it in their zones; without a page, the bundled card. */
export function composeFrame(
  profile: BoardProfile,
  glass: Glass,
  shown: ShownPage | undefined,
): Frame {
  if (shown === undefined) {
    return { scene: 'card', main: cardLines(profile, glass), around: around(profile, glass, '') };
  }
  const { main } = profile.zones;
  const mark = shown.pages > 1 ? words.page(shown.number + 1, shown.pages) : '';
  return {
    scene: shown.key,
    main: shown.page.lines.map(({ text, x, y, size, role }) => ({
      text,
      x: main.x + x,
      y: main.y + y,
      size,
      tone: toneOf(role),
    })),
    around: around(profile, glass, mark),
  };
}

function toneOf(role: Page['lines'][number]['role']): Tone {
  return role === 'foot' ? 'quiet' : role;
}

/** The bundled last card: whose board this is, and where to ask. Needs no content to be drawn. */
function cardLines(profile: BoardProfile, glass: Glass): BoxedLine[] {
  const { main, bottom } = profile.zones;
  const rows = bottom === undefined ? [glass.name, glass.bottom.at(-1)] : [glass.name];
  const firstRow = Math.max(0, Math.floor((main.rows - rows.length) / 2));
  return rows.flatMap((text, index) =>
    put(main, text ?? '', {
      row: firstRow + index,
      align: 'centre',
      tone: index === 0 ? 'title' : 'body',
    }),
  );
}

function around(profile: BoardProfile, glass: Glass, mark: string): BoxedLine[] {
  const { zones } = profile;
  const beside = zones.name === undefined ? 'start' : 'end';
  const spareRows = Math.max(0, zones.freshness.rows - glass.freshness.length);
  return [
    ...put(zones.name, glass.name, { tone: 'title' }),
    ...put(zones.clock, glass.clock, { align: beside }),
    ...put(zones.date, glass.date, { align: beside, tone: 'quiet' }),
    ...glass.freshness.flatMap((text, row) =>
      put(zones.freshness, text, {
        row: row + spareRows / 2,
        align: beside,
        tone: glass.alarmed ? 'alert' : 'quiet',
      }),
    ),
    ...put(zones.mark, mark, { align: 'end', tone: 'quiet' }),
    ...bottomLines(profile, glass),
  ];
}

function bottomLines(profile: BoardProfile, glass: Glass): BoxedLine[] {
  const { bottom } = profile.zones;
  if (bottom === undefined) return [];
  const demo = glass.demo ? put(bottom, words.demo.join(''), { align: 'end', tone: 'alert' }) : [];
  if (bottom.rows > 1) {
    return [...demo, ...glass.bottom.flatMap((text, row) => put(bottom, text, { row }))];
  }
  return [...demo, ...put(bottom, glass.bottom.join('　'), {})];
}

interface Placing {
  readonly row?: number;
  readonly align?: 'start' | 'centre' | 'end';
  readonly tone?: Tone;
}

/** One line in a zone; `row` may be half a row down where there is one to spare. */
function put(zone: Zone | undefined, text: string, placing: Placing): BoxedLine[] {
  if (zone === undefined || text === '') return [];
  const { row = 0, align = 'start', tone = 'body' } = placing;
  const { x, width, size, lineHeight } = zone;
  const y = zone.y + Math.floor(row * lineHeight + (lineHeight - size) / 2);
  return [{ text, x, y, size, tone, width, align }];
}
