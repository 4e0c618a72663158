import type { ObjectRef } from '../../shared/domain/release.ts';
import { isProfileId } from '../../shared/kit/ids.ts';
import type { Sha256 } from '../../shared/kit/ids.ts';
import { boardChunk, listedIn, release, touchChunk } from '../../shared/protocol/objects.ts';
import type { Objects } from './read-release.ts';
import { itemIn, readJson, readObject } from './read-release.ts';

/** [SK1] Every object that a release names for these sections, each once. */
export async function objectsNamed(
  objects: Objects,
  manifest: ObjectRef,
  sections: ReadonlySet<string>,
): Promise<readonly ObjectRef[]> {
  const found = new Map<Sha256, ObjectRef>([[manifest.digest, manifest]]);
  const named = await readObject(objects, manifest.digest, release);

  async function walk(section: string, refs: readonly ObjectRef[]): Promise<void> {
    for (const ref of refs) {
      found.set(ref.digest, ref);
      const value = await readJson(objects, ref.digest);
      const listed = listedIn(value);
      if (listed !== undefined) await walk(section, listed);
      else for (const leaf of leavesOf(section, value)) found.set(leaf.digest, leaf);
    }
  }

  for (const section of sections) await walk(section, named.sections[section] ?? []);
  return [...found.values()];
}

/** What a chunk's entries need to be drawn; search entries are all there is to them. */
export function leavesOf(section: string, chunk: unknown): readonly ObjectRef[] {
  if (section === 'search') return [];
  if (section === 'touch')
    return touchChunk.parse(chunk).entries.map(({ item }) => itemIn(item).view);
  const profile = section.replace(/^board\//, '');
  if (!isProfileId(profile)) throw new Error(`broken assumption: section ${section}`);
  return boardChunk.parse(chunk).entries.flatMap(({ item }) => {
    const rendering = itemIn(item).boards[profile];
    return rendering === undefined ? [] : [rendering.pages];
  });
}
