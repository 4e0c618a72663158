import type { ObjectRef } from '../../shared/domain/release.ts';
import type { Sha256 } from '../../shared/kit/ids.ts';
import { parseJson } from '../../shared/kit/json.ts';
import {
  boardChunk,
  chunkIndex,
  item as itemSchema,
  release as releaseSchema,
  touchChunk,
} from '../../shared/protocol/objects.ts';
import type { Roles } from '../../shared/protocol/statements.ts';
import { readObject } from '../backup/object-walk.ts';
import type { Finding } from './finding.ts';
import { fileOf } from './verify-objects.ts';
import type { Named, VerifiedStatements } from './verify-statements.ts';
import { openAs, refsOf } from './verify-statements.ts';

/** [DG3] Everything that the release that is out leads to, down to the pages of its items. */
export async function verifyRelease(
  objects: string,
  manifest: ObjectRef,
  roles: Roles,
): Promise<VerifiedStatements> {
  const findings: Finding[] = [];
  const named: Named[] = [];
  const seen = new Set<string>();
  const read = async (name: Sha256): Promise<unknown> => {
    const object = await readObject(objects, name);
    return object?.isSound === true && object.held !== undefined
      ? parseJson(object.held.toString('utf8'))
      : undefined;
  };

  async function readItem(envelope: string, by: string): Promise<void> {
    if (seen.has(envelope)) return;
    seen.add(envelope);
    const payload = await openAs('item', envelope, roles);
    if (payload === undefined) findings.push({ kind: 'signature', file: by, detail: 'item' });
    const item = itemSchema.safeParse(payload).data;
    if (item !== undefined) named.push(...refsOf(item).map((ref) => ({ ref, by })));
  }

  /** A chunk, or an index of chunks. What is not there is found by whoever named it. */
  async function readPart(name: Sha256): Promise<void> {
    const value = await read(name);
    const index = chunkIndex.safeParse(value).data;
    for (const ref of index?.chunks ?? []) {
      named.push({ ref, by: fileOf(name) });
      await readPart(ref.digest);
    }
    const chunk = touchChunk.safeParse(value).data ?? boardChunk.safeParse(value).data;
    for (const entry of chunk?.entries ?? []) await readItem(entry.item, fileOf(name));
  }

  const by = fileOf(manifest.digest);
  const release = releaseSchema.safeParse(await read(manifest.digest)).data;
  for (const ref of Object.values(release?.sections ?? {}).flat()) {
    named.push({ ref, by });
    await readPart(ref.digest);
  }
  return { named, findings };
}
