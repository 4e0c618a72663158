import * as z from 'zod/mini';
import type { Sha256 } from '../kit/ids.ts';
import { parseJson } from '../kit/json.ts';
import type { Result } from '../kit/result.ts';
import { accepted, refused } from '../kit/result.ts';
import type { Problem } from '../protocol/report.ts';
import type { StickRefusal, StickTable } from '../protocol/stick.ts';
import { readStickTable, STICK_PREFIX_BYTES, tableBytesOf } from '../protocol/stick.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import type { Upstream } from './ports.ts';
import type { Taken } from './carry.ts';
import { carry } from './carry.ts';
import type { OpenScreen } from './screen.ts';

/** Port: a file that is read piece by piece. */
export interface StickFile {
  readonly bytes: number;
  /** The bytes of [from, to), or undefined when the stick is gone or broken. */
  read(from: number, to: number): Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/** A stick whose table was read: an upstream like the server, only that it knows nothing newer. */
export interface Stick {
  readonly upstream: Upstream;
  readonly madeAt: number;
  readonly table: StickTable;
}

export type TakeRefusal =
  | StickRefusal
  | Problem
  /** It brings nothing for this screen. */
  | 'other-screen'
  | 'other-hall'
  /** Its statements are of another protocol version than this shell. */
  | 'other-version';

/** [SK2] Reads the table and nothing else; objects are read when they are asked for. */
export async function openStick(file: StickFile): Promise<Result<Stick, StickRefusal>> {
  const prefix = await file.read(0, Math.min(file.bytes, STICK_PREFIX_BYTES));
  if (prefix === undefined) return refused('unreadable');
  const length = tableBytesOf(prefix, file.bytes);
  if (!length.ok) return length;
  const end = STICK_PREFIX_BYTES + length.value;
  const bytes = await file.read(STICK_PREFIX_BYTES, end);
  if (bytes === undefined) return refused('unreadable');
  const table = readStickTable(bytes, file.bytes);
  if (!table.ok) return table;
  return accepted({
    upstream: upstreamOf(file, table.value, end),
    madeAt: table.value.madeAt,
    table: table.value,
  });
}

function upstreamOf(file: StickFile, { states, objects }: StickTable, end: number): Upstream {
  const places = new Map<Sha256, { readonly from: number; readonly bytes: number }>();
  let from = end;
  for (const { digest, bytes } of objects) {
    places.set(digest, { from, bytes });
    from += bytes;
  }
  return {
    async state(screen, maxBytes) {
      const state = states.find((entry) => entry.screen === screen)?.state;
      if (state === undefined) return { ok: false, refusal: 'missing' };
      return state.length > maxBytes
        ? { ok: false, refusal: 'too-large' }
        : { ok: true, value: state };
    },
    async object(digest, maxBytes) {
      const place = places.get(digest);
      if (place === undefined) return { ok: false, refusal: 'missing' };
      if (place.bytes > maxBytes) return { ok: false, refusal: 'too-large' };
      const bytes = await file.read(place.from, place.from + place.bytes);
      return bytes === undefined
        ? { ok: false, refusal: 'unreachable' }
        : { ok: true, value: bytes };
    },
    delta: async () => ({ ok: false, refusal: 'missing' }),
  };
}

const versioned = z.object({ v: z.int() });

/** [SK3] Has a screen take what a stick brings for it: the same engine, the same rules as online. */
export async function takeStick(
  { upstream, table }: Stick,
  { inside }: Pick<OpenScreen, 'inside'>,
): Promise<Result<Taken, TakeRefusal>> {
  const state = table.states.find((entry) => entry.screen === inside.options.screen)?.state;
  if (state === undefined) return refused('other-screen');
  const version = versioned.safeParse(parseJson(state)).data?.v;
  if (version !== undefined && version !== PROTOCOL_VERSION) return refused('other-version');
  const taken = await carry(inside, upstream);
  return !taken.ok && taken.detail === 'wrong-root' ? refused('other-hall') : taken;
}
