import type { ObjectRef } from '../../shared/domain/release.ts';
import type { Sha256 } from '../../shared/kit/ids.ts';
import { parseJson } from '../../shared/kit/json.ts';
import { item as itemSchema } from '../../shared/protocol/objects.ts';
import { envelope, objectRef } from '../../shared/protocol/scalars.ts';
import type { Roles } from '../../shared/protocol/statements.ts';
import { readObject } from '../backup/object-walk.ts';
import type { Finding } from './finding.ts';
import { fileOf } from './verify-objects.ts';
import type { Named, VerifiedStatements } from './verify-statements.ts';
import { openAs, refsOf } from './verify-statements.ts';

/**
 * [DG3] Everything that the release that is out leads to, down to the pages of its items. However
 * many levels of indexes lie between: what refers to an object names it with its size.
 */
export async function verifyRelease(
  objects: string,
  manifest: ObjectRef,
  roles: Roles,
): Promise<VerifiedStatements> {
  const findings: Finding[] = [];
  const named: Named[] = [];
  const seen = new Set<string>();

  async function readItem(text: string, by: string): Promise<void> {
    if (seen.has(text)) return;
    seen.add(text);
    const payload = await openAs('item', text, roles);
    if (payload === undefined) findings.push({ kind: 'signature', file: by, detail: 'item' });
    const item = itemSchema.safeParse(payload).data;
    if (item !== undefined) named.push(...refsOf(item).map((ref) => ({ ref, by })));
  }

  /** What is not there is found by whoever named it. */
  async function readPart(name: Sha256): Promise<void> {
    if (seen.has(name)) return;
    seen.add(name);
    const object = await readObject(objects, name);
    const text = object?.isSound === true ? object.held?.toString('utf8') : undefined;
    const { refs, items } = partsIn(parseJson(text ?? ''));
    for (const item of items) await readItem(item, fileOf(name));
    for (const ref of refs) {
      named.push({ ref, by: fileOf(name) });
      await readPart(ref.digest);
    }
  }

  await readPart(manifest.digest);
  return { named, findings };
}

interface Parts {
  readonly refs: ObjectRef[];
  readonly items: string[];
}

/** References to objects and signed items, wherever they stand in a value. */
function partsIn(value: unknown, found: Parts = { refs: [], items: [] }): Parts {
  if (typeof value !== 'object' || value === null) return found;
  const ref = objectRef.safeParse(value).data;
  if (ref !== undefined) found.refs.push(ref);
  else {
    for (const [name, member] of Object.entries(value)) {
      const item = name === 'item' ? envelope.safeParse(member).data : undefined;
      if (item === undefined) partsIn(member, found);
      else found.items.push(item);
    }
  }
  return found;
}
