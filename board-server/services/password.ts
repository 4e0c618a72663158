import { argon2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import { assert } from '../../shared/kit/assert.ts';
import { createLanes } from './lanes.ts';

/** [AU1] Passwords as argon2id in PHC strings: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. */
export interface Passwords {
  hash(password: string): Promise<Result<string, 'busy'>>;
  /** Without a PHC string it takes as long and answers false: an unknown account shows no sign. */
  verify(password: string, phc: string | undefined): Promise<Result<boolean, 'busy'>>;
  /** Sixteen characters nobody chose, free of those that look alike: 79 bits. */
  make(): string;
}

/** Bytes nobody can foretell. */
export type Random = (bytes: number) => Uint8Array;

const derive = promisify(argon2);

/** OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz';
const LENGTH = 16;
const PHC =
  /^\$argon2id\$v=19\$m=(?<memory>\d{1,7}),t=(?<passes>\d{1,2}),p=(?<parallelism>\d{1,2})\$(?<salt>[\w+/-]{11,86})\$(?<tag>[\w+/-]{16,86})$/;

export function createPasswords(random: Random): Passwords {
  // Hashing and file writes share libuv's four threads; sign-ins must not starve the journal.
  const lanes = createLanes({ lanes: 2, waiting: 64 });
  const nobody = write({ ...COST, salt: random(16), tag: random(COST.tagLength) });

  return {
    hash: (password) =>
      lanes.run(async () => {
        const salt = random(16);
        const tag = await derive('argon2id', { message: bytesOf(password), nonce: salt, ...COST });
        return write({ ...COST, salt, tag });
      }),

    verify: async (password, phc) => {
      const { salt, tag, ...cost } = read(phc ?? nobody);
      const parameters = {
        message: bytesOf(password),
        nonce: salt,
        tagLength: tag.length,
        ...cost,
      };
      const found = await lanes.run(() => derive('argon2id', parameters));
      if (!found.ok) return found;
      return accepted(timingSafeEqual(found.value, tag) && phc !== undefined);
    },

    make: () => drawLetters(random),
  };
}

export type Weakness = 'too-short' | 'too-simple' | 'names-account' | 'same';

/**
 * GB/T 22239-2019 asks for complexity, ASVS 5 for length: ten characters of three kinds, or
 * sixteen of any. `too-simple` is also what repeats itself or is mostly a well-known password.
 */
export function checkStrength(password: string, account: string): Result<null, Weakness> {
  const characters = [...normal(password)];
  const lower = normal(password).toLowerCase();
  if (characters.length < 10) return refused('too-short');
  if (lower.includes(account.toLowerCase())) return refused('names-account');
  const kinds = [/\p{Ll}|\p{Lo}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u].filter((kind) =>
    kind.test(password),
  );
  const isVaried = kinds.length >= 3 || characters.length >= 16;
  if (!isVaried || new Set(lower).size < 6 || isWellKnown(lower)) return refused('too-simple');
  return accepted(null);
}

/** What people type when they are told to choose: a stem that makes up half of it or more. */
const STEMS = (
  'password passw0rd p@ssw0rd qwertyuiop qwerty asdfgh 1qaz2wsx 1q2w3e4r 1234567890 123456 ' +
  '987654321 654321 abc123 admin iloveyou woaini openhall zhengwu gongkai 政务公开'
).split(' ');

function isWellKnown(lower: string): boolean {
  return STEMS.some((stem) => lower.includes(stem) && stem.length * 2 >= lower.length);
}

interface Parts {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
  readonly salt: Uint8Array;
  readonly tag: Uint8Array;
}

function write({ memory, passes, parallelism, salt, tag }: Parts): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${encode(salt)}$${encode(tag)}`;
}

function read(phc: string): Parts {
  const parts = PHC.exec(phc)?.groups;
  assert(parts !== undefined, 'a stored password is not argon2id');
  return {
    memory: Number(parts['memory']),
    passes: Number(parts['passes']),
    parallelism: Number(parts['parallelism']),
    salt: Buffer.from(parts['salt'] ?? '', 'base64'),
    tag: Buffer.from(parts['tag'] ?? '', 'base64'),
  };
}

/** PHC strings write base64 without padding. */
function encode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '');
}

/** NIST SP 800-63B §5.1.1.2: the same characters typed on another keyboard are the same password. */
function normal(password: string): string {
  return password.normalize('NFKC');
}

function bytesOf(password: string): Buffer {
  return Buffer.from(normal(password), 'utf8');
}

function drawLetters(random: Random): string {
  const letters: string[] = [];
  while (letters.length < LENGTH) {
    // Bytes past the last whole multiple are thrown away, or early letters would come more often.
    for (const byte of random(LENGTH)) {
      const letter = byte < 8 * LETTERS.length ? LETTERS[byte % LETTERS.length] : undefined;
      if (letter !== undefined && letters.length < LENGTH) letters.push(letter);
    }
  }
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
}
