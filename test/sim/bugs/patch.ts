import { registerHooks } from 'node:module';

/** A replacement in the text of a module, made as it is loaded. */
export interface Patch {
  /** From the root of the repository. */
  readonly file: string;
  /** Text that is there exactly once. */
  readonly from: string;
  readonly to: string;
}

/**
 * Makes these replacements in modules that are loaded from now on. A text that is no longer there
 * exactly once throws: a seeded bug must never quietly be none.
 *
 * @returns throws when one of the files was not loaded at all
 */
export function applyPatches(patches: readonly Patch[]): () => void {
  const left = new Set(patches);
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const mine = patches.filter(({ file }) => url.endsWith(`/${file}`));
      if (mine.length === 0) return loaded;
      let source = textOf(loaded.source);
      for (const patch of mine) {
        source = patched(source, patch);
        left.delete(patch);
      }
      return { ...loaded, source };
    },
  });
  return () => {
    for (const { file } of left)
      throw new Error(`a seeded bug has no effect: ${file} is not loaded`);
  };
}

export function patched(source: string, { file, from, to }: Patch): string {
  const parts = source.split(from);
  if (parts.length !== 2) {
    throw new Error(`a seeded bug does not fit: ${file} has ${parts.length - 1} times ${from}`);
  }
  return parts.join(to);
}

function textOf(source: unknown): string {
  if (typeof source === 'string') return source;
  if (source instanceof Uint8Array) return Buffer.from(source).toString('utf8');
  throw new Error('broken assumption: a module has a text');
}
