import type { Item } from '../../../shared/domain/release.ts';
import type { ProfileId, ScreenId } from '../../../shared/kit/ids.ts';
import type { Generation } from '../../../shared/sync/generation.ts';
import type { OpenScreen } from '../../../shared/sync/screen.ts';
import type { Out } from './truth.ts';

/** What the referee remembers of one screen: what was durable on its disk, what it saw. */
export interface Watched {
  readonly screen: ScreenId;
  readonly sections: readonly string[];
  /** Of a board. */
  readonly profile: ProfileId | undefined;
  /** By home: the highest order that a resolved write keeps there. */
  readonly marks: [number, number];
  /** Orders that the durable pointers name; 0 when there is none. */
  pointers: { accepted: number; current: number };
  /** The newest that was on its glass and must come back after a power cut. */
  shown: number;
  /** Objects or notes were damaged or lost, and the generation was not read back whole since. */
  hurt: 'no' | 'in this life' | 'in an earlier life';
  /** Items whose end was reached on the glass. */
  readonly ended: Set<string>;
  /** The latest trusted time it ever had. */
  latestAt: number;
  life: LifeWatch | undefined;
}

export interface LifeWatch {
  readonly startedAt: number;
  screen: OpenScreen | undefined;
  /** Highest order accepted in this life. */
  accepted: number;
  /** What it was told to show when last looked at. */
  generation: Generation | undefined;
  /** What it said to have painted. */
  painted: { readonly order: number; readonly showing: string | null } | undefined;
  lit: Lit;
  /** Questions it asked in the minute that began then. */
  asked: { minute: number; count: number };
  /** The leases that count now, as they were written. */
  leases: ReadonlySet<string>;
  /** How old the leases taken lately were then, true milliseconds. */
  readonly ages: number[];
  heardAt: number;
}

/** What is on the glass. */
export interface Lit {
  /** What the stage drew. */
  readonly scene: string;
  readonly shown: readonly ShownItem[];
  /** The first end among them, by trusted time. */
  readonly endsAt: number;
  readonly generation: Generation | undefined;
  /** What the hall said of the generation. */
  readonly out: Out | undefined;
  readonly accepted: number;
  /** Trusted and monotonic time when last looked at. */
  trustedAt: number;
  trueAt: number;
}

export interface ShownItem {
  readonly key: string;
  readonly item: Item;
  readonly endsAt: number;
}

export const DARK: Lit = {
  scene: '',
  shown: [],
  endsAt: Infinity,
  generation: undefined,
  out: undefined,
  accepted: 0,
  trustedAt: 0,
  trueAt: 0,
};

/** The highest order that something on its disk still knows. */
export const highestOf = ({ marks, pointers }: Watched): number =>
  Math.max(...marks, pointers.accepted, pointers.current);

export const isLost = (watched: Watched): boolean => highestOf(watched) === 0;
