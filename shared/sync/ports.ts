import type { ScreenId, Sha256 } from '../kit/ids.ts';

/** What the sync engine needs from where it runs. The browser, Node and the simulator each give these. */

/** Where statements and objects come from. Failures to reach it are values, never throws. */
export interface Upstream {
  /** The text of `screenState`; at most `maxBytes` are read. */
  state(screen: ScreenId): Promise<Fetched<string>>;
  /** The bytes of an object; reading stops beyond `maxBytes`. */
  object(digest: Sha256, maxBytes: number): Promise<Fetched<Uint8Array<ArrayBuffer>>>;
}

export type Fetched<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: 'unreachable' | 'missing' | 'too-large' };

/** Verified objects by digest, durable once `put` resolves. */
export interface Shelf {
  has(digests: readonly Sha256[]): Promise<ReadonlySet<Sha256>>;
  get(digest: Sha256): Promise<Uint8Array<ArrayBuffer> | undefined>;
  put(objects: readonly { readonly digest: Sha256; readonly bytes: Uint8Array<ArrayBuffer> }[]): Promise<'stored' | 'full'>;
  remove(digests: readonly Sha256[]): Promise<void>;
  list(): Promise<readonly Sha256[]>;
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

/** Uniform in [0, 1). */
export type Random = () => number;
