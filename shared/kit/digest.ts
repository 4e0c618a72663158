import type { Sha256 } from './ids.ts';

/** Port: SHA-256 of bytes, by the platform's own implementation. */
export type Digest = (bytes: Uint8Array<ArrayBuffer>) => Promise<Sha256>;
