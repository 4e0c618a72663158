import type { Sha256 } from '../../shared/kit/ids.ts';
import type { Result } from '../../shared/kit/result.ts';
import type { CachedObject } from './object-cache.ts';

/** Immutable bytes, named by their SHA-256. Bytes come out only when they still match their name. */
export interface ObjectStore {
  /**
   * Keeps all of them and resolves to their names in the same order, once all are durable: only
   * then may anything name them. What is already kept costs nothing.
   */
  put(
    objects: readonly { readonly bytes: Uint8Array }[],
  ): Promise<Result<readonly Sha256[], 'full' | 'read-only'>>;
  /** Undefined when there is none, or when it was damaged and has gone into quarantine. */
  read(name: string): Promise<StoredObject | undefined>;
  /** Only the bytes, without a place in memory; undefined as above, and nothing is set aside. */
  peek(name: string): Promise<Buffer<ArrayBuffer> | undefined>;
  /** The same without the compressed form, which is not made for whoever would not take it. */
  bytes(name: string): Promise<StoredObject['bytes'] | undefined>;
  /** What memory holds of it now. */
  held(name: string): CachedObject | undefined;
  has(name: string): boolean;
  /** How often something was lost or removed: as long as this stays, what was kept is kept. */
  losses(): number;
  names(): Iterable<Sha256>;
  remove(name: string): Promise<void>;
  /** Objects put since the last call, or from now on, stay: somebody is about to name them. */
  beginRemoval(): Removal;
}

export interface Removal {
  /** Removes those that nobody put. Resolves to how many went. */
  remove(names: readonly Sha256[]): Promise<number>;
}

export interface StoredObject {
  readonly bytes: Buffer<ArrayBuffer>;
  /** The same bytes compressed, where that saves at least a tenth. */
  readonly brotli: Buffer<ArrayBuffer> | undefined;
}
