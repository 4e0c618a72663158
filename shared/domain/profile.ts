import { assert } from '../kit/assert.ts';

/**
 * A kind of board, as data. Rectangles and sizes are whole dots on an LED board, whole pixels on a
 * television; both are called dots here.
 */
export interface BoardProfile {
  readonly id: 'led-384x64' | 'led-640x320' | 'tv-1920x1080';
  readonly width: number;
  readonly height: number;
  /** `red`: one colour, so rank is said in words. `screen`: a television, with shades. */
  readonly colour: 'red' | 'full' | 'screen';
  readonly glyphs: 'bitmap' | 'vector';
  readonly zones: Zones;
  /** The title heads each page of its item, or has pages of its own where rows are too few. */
  readonly title: 'each-page' | 'own-pages';
  /** The style of a title in the main zone; it stands on rows of the main zone's height. */
  readonly titleSize: number;
  /** First-line indent of a body paragraph, in characters. */
  readonly indent: number;
  /** Most full-width characters on one page; two digits or letters count about as one, a space not. */
  readonly pageCharacters: number;
}

export interface Zones {
  /** The hall's name. */
  readonly name?: Zone;
  readonly main: Zone;
  readonly clock: Zone;
  readonly date: Zone;
  /** What the glass says about how fresh it is. Always present: it never waits for its turn. */
  readonly freshness: Zone;
  /** "2/3", where there is room for it. */
  readonly mark?: Zone;
  /** Windows and calls. */
  readonly bottom?: Zone;
}

export interface Zone {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Side of a full-width character. */
  readonly size: number;
  readonly lineHeight: number;
  /** Full-width characters in a line, and lines. */
  readonly columns: number;
  readonly rows: number;
}

/**
 * [BP2] Single red at the door, P10: 10 × 2 characters of 32 dots, legible to 20 m, and a strip of
 * 48 dots for time and freshness. Twelve columns would fill the glass but leave freshness to a page
 * of the rotation, and old news at a door must say so all the time. The half column that 336 leaves
 * takes the mark that ends a line, and is the gutter otherwise.
 */
const door: BoardProfile = {
  id: 'led-384x64',
  width: 384,
  height: 64,
  colour: 'red',
  glyphs: 'bitmap',
  zones: {
    main: zone({ x: 0, y: 0, width: 336, height: 64, size: 32, lineHeight: 32 }),
    clock: zone({ x: 336, y: 0, width: 48, height: 16, size: 16, lineHeight: 16 }),
    date: zone({ x: 336, y: 16, width: 48, height: 16, size: 16, lineHeight: 16 }),
    freshness: zone({ x: 336, y: 32, width: 48, height: 32, size: 16, lineHeight: 16 }),
  },
  title: 'own-pages',
  titleSize: 32,
  indent: 0,
  pageCharacters: 21,
};

/** [BP3] Full colour in the hall: name, time and freshness above, 19 × 4 of 32 dots, calls below. */
const hall: BoardProfile = {
  id: 'led-640x320',
  width: 640,
  height: 320,
  colour: 'full',
  glyphs: 'bitmap',
  zones: {
    name: zone({ x: 16, y: 4, width: 352, height: 32, size: 32, lineHeight: 32 }),
    clock: zone({ x: 392, y: 4, width: 80, height: 32, size: 32, lineHeight: 32 }),
    date: zone({ x: 488, y: 4, width: 136, height: 16, size: 16, lineHeight: 16 }),
    freshness: zone({ x: 488, y: 20, width: 136, height: 16, size: 16, lineHeight: 16 }),
    main: zone({ x: 16, y: 40, width: 624, height: 192, size: 32, lineHeight: 48 }),
    mark: zone({ x: 528, y: 232, width: 96, height: 16, size: 16, lineHeight: 16 }),
    bottom: zone({ x: 16, y: 248, width: 608, height: 72, size: 32, lineHeight: 36 }),
  },
  title: 'each-page',
  titleSize: 32,
  indent: 0,
  pageCharacters: 60,
};

/** [BP4] Television in the hall; 80 px on 55 inches is 50 mm, read from 3 to 7 m. */
const television: BoardProfile = {
  id: 'tv-1920x1080',
  width: 1920,
  height: 1080,
  colour: 'screen',
  glyphs: 'vector',
  zones: {
    name: zone({ x: 120, y: 36, width: 936, height: 72, size: 48, lineHeight: 72 }),
    date: zone({ x: 1080, y: 36, width: 336, height: 72, size: 40, lineHeight: 72 }),
    clock: zone({ x: 1440, y: 36, width: 168, height: 72, size: 56, lineHeight: 72 }),
    freshness: zone({ x: 1620, y: 36, width: 180, height: 72, size: 24, lineHeight: 36 }),
    main: zone({ x: 120, y: 156, width: 1720, height: 720, size: 80, lineHeight: 120 }),
    mark: zone({ x: 1560, y: 888, width: 240, height: 48, size: 40, lineHeight: 48 }),
    bottom: zone({ x: 120, y: 948, width: 1680, height: 96, size: 48, lineHeight: 96 }),
  },
  title: 'each-page',
  titleSize: 80,
  indent: 2,
  pageCharacters: 90,
};

export const boardProfiles: Readonly<Record<BoardProfile['id'], BoardProfile>> = {
  'led-384x64': door,
  'led-640x320': hall,
  'tv-1920x1080': television,
};

/** The profile of that name, or undefined when this program does not know it. */
export function findBoardProfile(id: string): BoardProfile | undefined {
  return Object.values(boardProfiles).find((profile) => profile.id === id);
}

function zone(rectangle: Omit<Zone, 'columns' | 'rows'>): Zone {
  const columns = Math.floor(rectangle.width / rectangle.size);
  const rows = Math.floor(rectangle.height / rectangle.lineHeight);
  assert(columns > 0 && rows > 0, 'a zone holds at least one character');
  return { ...rectangle, columns, rows };
}
