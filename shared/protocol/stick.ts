import * as z from 'zod/mini';
import { concat, fromUtf8, utf8 } from '../kit/bytes.ts';
import { canonicalJson, parseJson } from '../kit/json.ts';
import type { Result } from '../kit/result.ts';
import { accepted, refused } from '../kit/result.ts';
import { envelope, instant, objectRef, publicKey, screenId, text } from './scalars.ts';

/**
 * A stick (U盘): one file with exactly what the server would answer some screens. Nothing in it needs
 * trust of its own: statements carry their signatures, objects are named by their digests.
 *
 * Eight bytes `OHSTICK1`, four bytes with the length of the table (big-endian), the table as canonical
 * JSON in UTF-8, then the bytes of every object in the table's order, nothing between and nothing
 * after. So the first bytes say how long the whole is, and any object is read without the others.
 */

const NAME = 'OHSTICK';
const FORMAT = '1';
export const STICK_PREFIX_BYTES = 12;

/** What screens read of one file. FAT32, which most sticks have, holds files below 4 GiB. */
export const STICK_LIMITS = {
  screens: 100,
  objects: 200_000,
  tableBytes: 64 * 1024 * 1024,
  bytes: 4 * 1024 * 1024 * 1024 - 1,
} as const;

export const stickTable = z.strictObject({
  v: z.literal(1),
  /** The file's own word and not signed: it only orders the files of a folder. */
  madeAt: instant,
  /** The text of `screenState` for each screen. */
  states: z
    .array(z.strictObject({ screen: screenId, state: text(1024 * 1024) }))
    .check(z.minLength(1), z.maxLength(STICK_LIMITS.screens)),
  objects: z.array(objectRef).check(z.maxLength(STICK_LIMITS.objects)),
});
export type StickTable = z.infer<typeof stickTable>;

/** Why a file is no stick that can be read. A closed list; the screen has a sentence for each. */
const STICK_REFUSALS = [
  'not-a-stick',
  'other-format',
  'cut-off',
  'overlong',
  'damaged',
  'too-large',
  'unreadable',
] as const;
export type StickRefusal = (typeof STICK_REFUSALS)[number];

/** Everything before the objects. */
export function stickHead(table: StickTable): Uint8Array<ArrayBuffer> {
  const bytes = utf8(canonicalJson(table));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return concat([utf8(NAME + FORMAT), length, bytes]);
}

/** The length of the table, from the first bytes of a file of `bytes` bytes. */
export function tableBytesOf(prefix: Uint8Array, bytes: number): Result<number, StickRefusal> {
  const name = prefix.length < STICK_PREFIX_BYTES ? undefined : fromUtf8(prefix.subarray(0, 8));
  if (name?.startsWith(NAME) !== true) return refused('not-a-stick');
  if (name !== NAME + FORMAT) return refused('other-format', name);
  const length = new DataView(prefix.buffer, prefix.byteOffset).getUint32(8);
  if (length > STICK_LIMITS.tableBytes) return refused('too-large', 'table');
  return STICK_PREFIX_BYTES + length <= bytes ? accepted(length) : refused('cut-off', 'table');
}

/** [SK2] The table, if the file of `bytes` bytes is as long as it says, neither shorter nor longer. */
export function readStickTable(
  tableBytes: Uint8Array,
  bytes: number,
): Result<StickTable, StickRefusal> {
  const table = stickTable.safeParse(parseJson(fromUtf8(tableBytes) ?? '')).data;
  if (table === undefined) return refused('damaged', 'table');
  const names = table.states.map(({ screen }) => screen);
  const digests = table.objects.map(({ digest }) => digest);
  if (new Set(names).size !== names.length || new Set(digests).size !== digests.length)
    return refused('damaged', 'named twice');
  const whole = stickBytes(STICK_PREFIX_BYTES + tableBytes.length, table.objects);
  if (whole > STICK_LIMITS.bytes) return refused('too-large', `${whole} bytes`);
  if (bytes < whole) return refused('cut-off', `${bytes} of ${whole} bytes`);
  return bytes > whole ? refused('overlong', `${bytes} of ${whole} bytes`) : accepted(table);
}

/** Size of the file. */
export function stickBytes(headBytes: number, objects: StickTable['objects']): number {
  return objects.reduce((sum, { bytes }) => sum + bytes, headBytes);
}

/** What a screen writes back beside the stick: its signed report, with the key that signed it. */
export const receipt = z.strictObject({
  v: z.literal(1),
  screen: screenId,
  key: publicKey,
  report: envelope,
});
export type Receipt = z.infer<typeof receipt>;
