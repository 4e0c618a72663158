import type { ScreenId, Sha256 } from '../kit/ids.ts';
import type { Delta } from '../protocol/delta.ts';
import type { Digest, Verify } from '../trust/digest.ts';

/** What the sync engine needs from where it runs. The browser, Node and the simulator each give these. */
export interface SyncPorts {
  readonly upstream: Upstream;
  readonly shelf: Shelf;
  /** Two homes that fail apart; the first also keeps the pointers. */
  readonly notebooks: readonly [Notebook, Notebook];
  readonly clocks: Clocks;
  readonly timer: Timer;
  readonly random: Random;
  readonly digest: Digest;
  readonly verify: Verify;
}

/** Where statements and objects come from. Failures to reach it are values, never throws. */
export interface Upstream {
  /** The text of `screenState`; at most `maxBytes` are read. */
  state(screen: ScreenId, maxBytes: number): Promise<Fetched<string>>;
  /** The bytes of an object; reading stops beyond `maxBytes`. */
  object(digest: Sha256, maxBytes: number): Promise<Fetched<Uint8Array<ArrayBuffer>>>;
  /** The packed objects of a delta; `missing` where none is made. */
  delta(delta: Delta, maxBytes: number): Promise<Fetched<Uint8Array<ArrayBuffer>>>;
}

export type Fetched<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: 'unreachable' | 'missing' | 'too-large' };

/** Verified objects by digest, durable once `put` resolves. */
export interface Shelf {
  get(digest: Sha256): Promise<Uint8Array<ArrayBuffer> | undefined>;
  put(objects: readonly Stored[]): Promise<'stored' | 'full'>;
  remove(digests: readonly Sha256[]): Promise<void>;
  list(): Promise<readonly Sha256[]>;
}

export interface Stored {
  readonly digest: Sha256;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Small named values, written whole and durable once `write` resolves. */
export interface Notebook {
  read(name: string): Promise<string | undefined>;
  write(name: string, value: string): Promise<'stored' | 'full'>;
}

export interface Clocks {
  /** The device's own clock, epoch milliseconds; not believed. */
  wall(): number;
  /** Milliseconds since some fixed moment of this page's life; never goes back. */
  monotonic(): number;
}

/** Runs something once `Clocks.monotonic()` has reached `at`; gives back how to call it off. */
export type Timer = (at: number, run: () => void) => () => void;

/** Uniform in [0, 1). */
export type Random = () => number;
