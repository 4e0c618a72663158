import * as z from 'zod/mini';
import type { ChannelId, Sha256 } from '../kit/ids.ts';
import { keptBy } from '../kit/kept.ts';
import { parseJson } from '../kit/json.ts';
import type { Result } from '../kit/result.ts';
import { accepted, refused } from '../kit/result.ts';
import { channelId, count, envelope, sha256, text } from '../protocol/scalars.ts';
import type { Mark } from '../trust/accept.ts';
import { compareOrder } from '../trust/accept.ts';
import type { Notebook } from './ports.ts';
import type { SignedHead, SignedLease, StatementRefusal, Statements, Trust } from './statements.ts';
import { readBase, readHead } from './statements.ts';

/** What a screen writes into its notebooks. Statements are kept as their signed texts. */

/** Names of the pointers: `accepted` is what to show next, the others are generations. */
export type PointerName = 'accepted' | 'current' | 'previous' | 'settled';

const pointer = z.strictObject({
  v: z.literal(1),
  roles: z.array(envelope),
  lineup: envelope,
  heads: z.array(z.strictObject({ channel: channelId, head: envelope })),
});

/** Three pointers name the same statements in turn. */
export const pointerText = keptBy(({ base, heads }: Statements) =>
  JSON.stringify({
    v: 1,
    roles: base.rolesTexts,
    lineup: base.lineupText,
    heads: [...heads].map(([channel, { text: signed }]) => ({ channel, head: signed })),
  }),
);

/** [SY5] What a pointer says, verified anew from the root. */
export async function readPointer(
  written: string,
  trust: Trust,
): Promise<Result<Statements, StatementRefusal>> {
  const parsed = pointer.safeParse(parseJson(written));
  if (!parsed.success) return refused('malformed');
  const base = await readBase(parsed.data, trust);
  if (!base.ok) return base;
  const heads: [ChannelId, SignedHead][] = [];
  for (const { channel, head } of parsed.data.heads) {
    const read = await readHead(head, channel, base.value, trust);
    if (!read.ok) return read;
    heads.push([channel, read.value]);
  }
  return accepted({ base: base.value, heads: new Map(heads) });
}

const leases = z.strictObject({ v: z.literal(1), leases: z.record(sha256, envelope) });

/** Newest lease texts by the digest of the head they name. */
export function leasesText(byHead: ReadonlyMap<Sha256, SignedLease>): string {
  const texts = [...byHead].map(([head, lease]) => [head, lease.text]);
  return JSON.stringify({ v: 1, leases: Object.fromEntries(texts) });
}

export function parseLeases(written: string | undefined): ReadonlyMap<string, string> {
  const parsed = leases.safeParse(parseJson(written ?? ''));
  return new Map(Object.entries(parsed.data?.leases ?? {}));
}

const marks = z.strictObject({
  v: z.literal(1),
  root: sha256,
  marks: z.record(text(80), z.strictObject({ epoch: count, version: count, digest: sha256 })),
});

/** [TR5] The root first trusted and the highest orders ever accepted: `roles`, `lineup`, `head/<channel>`. */
export interface HighWater {
  readonly root: Sha256 | undefined;
  readonly marks: Readonly<Record<string, Mark>>;
}

/** [TR5] What either notebook remembers. Marks under a root other than `root` belong to another hall. */
export async function readHighWater(
  notebooks: readonly Notebook[],
  root: Sha256 | undefined,
): Promise<HighWater> {
  let all: HighWater = { root, marks: {} };
  for (const notebook of notebooks) {
    const parsed = marks.safeParse(parseJson((await notebook.read('marks')) ?? ''));
    if (!parsed.success || (all.root !== undefined && parsed.data.root !== all.root)) continue;
    all = { root: parsed.data.root, marks: raise(all.marks, parsed.data.marks) };
  }
  return all;
}

/** The higher of each. */
export function raise(
  a: Readonly<Record<string, Mark>>,
  b: Readonly<Record<string, Mark>>,
): Readonly<Record<string, Mark>> {
  const higher = Object.entries(b).filter(([name, mark]) => {
    const have = a[name];
    return have === undefined || compareOrder(mark, have) > 0;
  });
  return { ...a, ...Object.fromEntries(higher) };
}

/** Written to both; `full` only when neither could take it. */
export async function writeTwice(
  notebooks: readonly Notebook[],
  name: string,
  value: string,
): Promise<'stored' | 'full'> {
  const written = await Promise.all(notebooks.map((notebook) => notebook.write(name, value)));
  return written.includes('stored') ? 'stored' : 'full';
}

export const highWaterText = ({ root, marks: all }: HighWater): string =>
  JSON.stringify({ v: 1, root, marks: all });
