import { isSha256 } from '../../shared/kit/ids.ts';
import type { Sha256 } from '../../shared/kit/ids.ts';
import { namesIn, namesInObject } from '../retention/names-in.ts';
import type { ObjectStore } from './object-store.ts';

/**
 * [PR7] All objects: those that `release` names, those that these name, and so on, then the others.
 * Each must be in memory when the next is asked for; what one that is not names comes with the others.
 */
export function* releaseFirst(
  release: () => unknown,
  objects: Pick<ObjectStore, 'names' | 'has' | 'held'>,
): Iterable<Sha256> {
  const named = namesIn(release());
  // A set goes on to what is added while it is gone through.
  for (const name of named) {
    if (!isSha256(name) || !objects.has(name)) continue;
    yield name;
    const bytes = objects.held(name)?.bytes;
    if (bytes !== undefined) namesInObject(bytes, named);
  }
  for (const name of objects.names()) if (!named.has(name)) yield name;
}
