import type { Device } from '../../../shared/protocol/statements.ts';
import type { TypeSize } from '../../stage/blocks/size.ts';
import { pixelsPerMm } from '../../stage/blocks/size.ts';

/** [SC6] The page in millimetres: of the glass when the window is the glass, else as if it were. */
export interface Layout {
  /** CSS pixels to a millimetre. */
  readonly mm: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly form: 'narrow' | 'tall' | 'wide';
  /** Whether the window is the glass that the lineup describes. */
  readonly isGlass: boolean;
  /** The fixed bar is lifted so far that it can be reached from a wheelchair. */
  readonly liftMm: number;
  /** Height above the lower edge within which everything can be reached; undefined where all can. */
  readonly reachMm: number | undefined;
}

/** CSS pixels, and device pixels to one of them. */
export interface Window {
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

/** Forward reach: 现行 EN 301 549 / ADA take 380–1,220 mm, our citizens ask for 1,100. */
export const REACH_TOP_MM = 1100;
const REACH_BOTTOM_MM = 380;
/** Below this there is no room for a keyboard and a line of results. */
const LEAST_REACH_MM = 260;
/** Of a glass whose height above the floor is not known, the part that is taken for reachable. */
const REACHABLE_SHARE = 0.56;
/** A window that is no mounted glass is laid out as one of this short side. */
const SHORT_SIDE_MM = 400;
/** 10.5 mm of the smallest text are then 16 px. */
const LEAST_PX_PER_MM = 16 / 10.5;

export function layoutOf(device: Device | undefined, window: Window): Layout {
  const glass = device?.kind === 'touch' && isGlass(device, window) ? device : undefined;
  const mm =
    glass === undefined
      ? Math.max(LEAST_PX_PER_MM, Math.min(window.width, window.height) / SHORT_SIDE_MM)
      : pixelsPerMm(glass) / window.ratio;
  const [widthMm, heightMm] = [window.width / mm, window.height / mm];
  const bottomMm = glass?.bottomMm ?? null;
  const reachMm = bottomMm === null ? heightMm * REACHABLE_SHARE : REACH_TOP_MM - bottomMm;
  return {
    mm,
    widthMm,
    heightMm,
    form: widthMm < 340 ? 'narrow' : widthMm > heightMm * 1.15 ? 'wide' : 'tall',
    isGlass: glass !== undefined,
    liftMm: bottomMm === null ? 0 : Math.max(0, Math.min(REACH_BOTTOM_MM - bottomMm, heightMm / 3)),
    reachMm: reachMm >= heightMm || reachMm < LEAST_REACH_MM ? undefined : reachMm,
  };
}

/** A browser may keep a few pixels to itself. */
const TOLERANCE = 0.03;

function isGlass(
  device: { readonly widthPx: number; readonly heightPx: number },
  window: Window,
): boolean {
  const near = (have: number, want: number) =>
    Math.abs(have * window.ratio - want) <= want * TOLERANCE;
  return near(window.width, device.widthPx) && near(window.height, device.heightPx);
}

/** At most seven choices a page; fewer where seven would be too small to hit. */
const MOST_ROWS = 7;
export const BAR_MM: Readonly<Record<TypeSize, number>> = { standard: 46, large: 60, largest: 72 };
const HEADER_MM: Readonly<Record<TypeSize, number>> = { standard: 84, large: 98, largest: 118 };
const PAGER_MM = 34;

/** Millimetres between the header and the bar, for what people press. */
export function roomMm(
  { heightMm, liftMm, reachMm }: Layout,
  type: TypeSize,
  low: boolean,
): number {
  return low && reachMm !== undefined
    ? reachMm - liftMm - BAR_MM[type]
    : heightMm - liftMm - BAR_MM[type] - HEADER_MM[type];
}

/** How many rows of `rowMm` a page of a list has, over one or two columns. */
export function rowsPerPage(layout: Layout, type: TypeSize, low: boolean, rowMm: number): number {
  const columns = layout.form === 'wide' ? 2 : 1;
  const room = roomMm(layout, type, low) - PAGER_MM;
  const rows = Math.max(1, Math.floor(room / rowMm)) * columns;
  return Math.min(rows, MOST_ROWS - (columns === 2 ? 1 : 0));
}

const MOST_HITS = 6;
const KEYBOARD_MM = 150;
const INPUT_MM = 38;
const HIT_MM: Readonly<Record<TypeSize, number>> = { standard: 40, large: 50, largest: 66 };

/** How many results of a search stand between its input and its keyboard, or beside it. */
export function hitsPerPage(layout: Layout, type: TypeSize, low: boolean): number {
  const keyboard = layout.form === 'wide' ? 0 : KEYBOARD_MM;
  const room = roomMm(layout, type, low) - keyboard - INPUT_MM - PAGER_MM;
  return Math.min(MOST_HITS, Math.max(1, Math.floor(room / HIT_MM[type])));
}
