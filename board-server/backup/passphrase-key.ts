import { argon2 } from 'node:crypto';
import { promisify } from 'node:util';
import * as z from 'zod/mini';

/** How a file's key follows from its passphrase; stands in the open at the head of the file. */
export const derivation = z.strictObject({
  kdf: z.literal('argon2id'),
  /** KiB. A hostile file must not cost more than a gigabyte of memory. */
  memory: z.int().check(z.gte(8), z.lte(1 << 20)),
  passes: z.int().check(z.gte(1), z.lte(64)),
  lanes: z.int().check(z.gte(1), z.lte(16)),
  salt: z.string().check(z.regex(/^[A-Za-z0-9+/]{43}=$/)),
});
export type Derivation = z.infer<typeof derivation>;

/** A passphrase is tried off line: four times the memory of RFC 9106's second choice for servers is too slow for old boxes, so that choice itself. */
const COST = { kdf: 'argon2id', memory: 64 << 10, passes: 3, lanes: 4 } as const;

export function newDerivation(random: (bytes: number) => Uint8Array): Derivation {
  return { ...COST, salt: Buffer.from(random(32)).toString('base64') };
}

export interface FileKey {
  /** For AES-256-GCM. One file has one salt, so no two files share a key. */
  readonly key: Uint8Array;
  /** Tells a wrong passphrase from a damaged file. */
  readonly check: string;
}

const derive = promisify(argon2);

export async function deriveKey(
  passphrase: string,
  { memory, passes, lanes, salt }: Derivation,
): Promise<FileKey> {
  const tag = await derive('argon2id', {
    message: Buffer.from(passphrase.normalize('NFKC'), 'utf8'),
    nonce: Buffer.from(salt, 'base64'),
    memory,
    passes,
    parallelism: lanes,
    tagLength: 64,
  });
  return { key: tag.subarray(0, 32), check: tag.subarray(32).toString('base64') };
}
