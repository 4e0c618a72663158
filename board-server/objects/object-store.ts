import type { Sha256 } from '../../shared/kit/ids.ts';
import type { Result } from '../../shared/kit/result.ts';

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
  has(name: string): boolean;
  names(): Iterable<Sha256>;
  remove(name: string): Promise<void>;
}

export interface StoredObject {
  readonly bytes: Buffer<ArrayBuffer>;
  /** The same bytes compressed, where that saves at least a tenth. */
  readonly brotli: Buffer<ArrayBuffer> | undefined;
}
