import { compareOrder } from '../trust/accept.ts';
import type { ScreenGroup, ScreenView } from './routes.ts';
import type { Problem } from './report.ts';

/** How a screen is, as one thing that a person can act on. */
export type ScreenState =
  | { readonly state: 'current' }
  | { readonly state: 'updating' }
  | { readonly state: 'problem'; readonly problem: Problem }
  | { readonly state: 'silent'; readonly minutes: number }
  | { readonly state: 'never' }
  | { readonly state: 'clock' }
  /** [SH10] It shows everything, with a program that it should have changed. */
  | { readonly state: 'older' | 'rolledBack' }
  /** [TK3] Somebody else reported in its name. */
  | { readonly state: 'forged' }
  /** [SK7] It has no line; its newest receipt says what it shows. */
  | { readonly state: 'carried' | 'carriedBehind' }
  /** [AU5] It has no key yet, and one asks to be it. */
  | { readonly state: 'waiting' };

type Channel = ScreenView['channels'][number];

/** The most urgent thing first: what nobody else can do, then what keeps new content away. */
export function screenState(screen: ScreenView, t: number): ScreenState {
  if (screen.key.state === 'none' && isAskedFor(screen, t)) return { state: 'waiting' };
  if (screen.forged) return { state: 'forged' };
  if (screen.lastSeenAt === null) return { state: 'never' };
  if (!screen.connected && screen.receiptAt !== null) {
    if (screen.clock === 'lost') return { state: 'clock' };
    return { state: hasPainted(screen) ? 'carried' : 'carriedBehind' };
  }
  if (!screen.connected) {
    return { state: 'silent', minutes: Math.max(1, Math.floor((t - screen.lastSeenAt) / 60_000)) };
  }
  if (screen.clock === 'lost') return { state: 'clock' };
  for (const { problem } of screen.channels) {
    if (problem !== null && problem !== 'fetching') return { state: 'problem', problem };
  }
  if (!hasPainted(screen)) return { state: 'updating' };
  const { program } = screen;
  return { state: program === 'older' || program === 'rolledBack' ? program : 'current' };
}

/** [SC2] Whether the screen itself says that it shows the newest of every channel it plays. */
export function hasPainted({ channels }: ScreenView): boolean {
  return channels.every(isPainted);
}

function isPainted({ wanted, painted }: Channel): boolean {
  return painted !== null && compareOrder(painted, wanted) >= 0; // [TR4]
}

/** What stands on a screen's glass as far as its own word goes. */
export type Shown =
  | { readonly state: 'unknown' }
  | { readonly state: 'item'; readonly title: string }
  /** The page that stands there between items: the hall's card, or the way into all of it. */
  | { readonly state: 'standing' };

/** [TK5] A screen that is away, or of which no report counts, is not said to show anything. */
export function shownBy({ connected, clock, showing }: ScreenView): Shown {
  // Every report that counts brings the state of a clock.
  if (!connected || clock === null) return { state: 'unknown' };
  return showing === null ? { state: 'standing' } : { state: 'item', title: showing.title };
}

/** [AU5] Whether a key asks to be the screen's, and its code is still good. */
export function isAskedFor({ waiting }: ScreenView, t: number): boolean {
  return waiting !== null && waiting.expiresAt > t;
}

/** [FL1] The group that a screen is counted and listed in: a key that asks wants a person, however it is. */
export function screenGroup(screen: ScreenView, t: number): ScreenGroup {
  return isAskedFor(screen, t) ? 'waiting' : groupOf(screenState(screen, t));
}

/** One group for each way a screen can be. */
export function groupOf({ state }: ScreenState): ScreenGroup {
  switch (state) {
    case 'current':
    case 'carried':
      return 'current';
    case 'updating':
    case 'carriedBehind':
    case 'older':
      return 'behind';
    case 'silent':
    case 'never':
      return 'silent';
    case 'waiting':
      return 'waiting';
    case 'problem':
    case 'clock':
    case 'rolledBack':
    case 'forged':
      return 'trouble';
  }
}
