import type { BoardEntry, Item, ObjectRef, Release, SearchEntry } from '../domain/release.ts';
import type { SlotClass } from '../domain/programme.ts';
import type { ChannelId } from '../kit/ids.ts';
import type { ClockState, Problem } from '../protocol/report.ts';
import type { Head, Lineup } from '../protocol/statements.ts';

/** Everything a screen holds after a flip: verified, complete, and readable without a server. */
export interface Generation {
  readonly lineup: Lineup;
  /** Top first, as in the lineup. */
  readonly channels: readonly ChannelContent[];
}

export interface ChannelContent {
  readonly channel: ChannelId;
  readonly cap: SlotClass;
  readonly head: Head;
  readonly release: Release;
  /** Items of the `touch` section whose signatures verified, by record, with when each was approved. */
  readonly touch: readonly { readonly since: number; readonly item: Item }[];
  readonly search: readonly SearchEntry[];
  readonly board: readonly { readonly entry: BoardEntry; readonly item: Item }[];
}

/** What a screen knows besides its content; changes more often than the generation. */
export interface Condition {
  /** Newest proof (lease) by channel: signedAt in epoch milliseconds. */
  readonly freshAt: Readonly<Record<ChannelId, number>>;
  /** [SK5] Proof of this moment was carried here on a stick; NaN when none was. */
  readonly carriedAt: number;
  /** Versions withdrawn by accepted heads, as `record/version`, before their release arrived. */
  readonly revoked: Readonly<Record<ChannelId, ReadonlySet<string>>>;
  readonly connected: boolean;
  readonly clock: ClockState;
  readonly problems: Readonly<Record<ChannelId, Problem | null>>;
}

/**
 * A screen as its page sees it. The touch page and the board are drawn from this and nothing else;
 * `kiosk/device` gives it in the browser, the preview gives one from memory.
 */
export interface Screen {
  /** Undefined until the first generation is verified: show the bundled card. */
  generation(): Generation | undefined;
  condition(): Condition;
  /** Trusted time, epoch milliseconds. */
  now(): number;
  /** The verified bytes of an object of this generation, or undefined (damaged: refetch is under way). */
  object(ref: ObjectRef): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Called when generation, condition or clock changed. Returns how to stop listening. */
  listen(listener: () => void): () => void;
  /**
   * Tells that the accepted generation has been on the glass for two frames. `showing` is the
   * item in the main zone as `record/version`, or null on a touch screen.
   */
  painted(generation: Generation, showing: string | null): void;
  pairing(): Pairing;
}

export type Pairing =
  | { readonly state: 'unknown' }
  | {
      readonly state: 'waiting';
      readonly code: string;
      readonly fingerprint: string;
      readonly expiresAt: number;
    }
  | { readonly state: 'paired'; readonly fingerprint: string };
