import type { Placed, Out } from './truth.ts';
import type { SlotClass } from '../../../shared/domain/programme.ts';
import { CLASSES } from '../../../shared/domain/programme.ts';
import type { Item } from '../../../shared/domain/release.ts';
import type { Span } from '../../../shared/domain/span.ts';
import { openAt } from '../../../shared/domain/window.ts';

/** What ought to be on a glass, worked out again from what the hall said. */

/** Why an item is not for the glass: its version was withdrawn, or the screen withholds it. */
type Withheld = ReadonlySet<string>;

export function isDue(item: Item, t: number, freshAt: number): boolean {
  if (item.earliestAt !== null && t < item.earliestAt) return false;
  if (item.latestAt !== null && t >= item.latestAt) return false;
  return item.maxStaleSeconds === null || t < freshAt + item.maxStaleSeconds * 1000;
}

const opened = new WeakMap<Placed, Span<boolean>>();

function isOpen(placed: Placed, out: Out, t: number): boolean {
  const known = opened.get(placed);
  if (known !== undefined && known.since <= t && t < known.until) return known.value;
  const span = openAt(placed.window, out.manifest.zone, out.manifest.calendar, t);
  opened.set(placed, span);
  return span.value;
}

/** The highest class of which something is due on this board; undefined when the card is. */
export function classDue(
  out: Out,
  profile: string,
  withheld: Withheld,
  t: number,
  freshAt: number,
): SlotClass | undefined {
  let highest = -1;
  for (const placed of out.slots(profile).values()) {
    const rank = CLASSES.indexOf(placed.class);
    if (rank <= highest || withheld.has(placed.key)) continue;
    if (isDue(placed.item, t, freshAt) && isOpen(placed, out, t)) highest = rank;
  }
  return CLASSES[highest];
}

/** The end of an item's stay on the glass, as far as its own time and its slot's window say. */
export function endOf(item: Item, placed: Placed | undefined): number {
  const window = placed?.window;
  const until = window === undefined || window.kind === 'always' ? Infinity : window.until;
  return Math.min(item.latestAt ?? Infinity, until);
}
