import type { ObjectRef } from '../domain/release.ts';
import type { Sha256 } from '../kit/ids.ts';
import type { Built, Contents } from './contents.ts';
import { objectsOf } from './contents.ts';
import type { Library } from './library.ts';
import type { Notebook } from './ports.ts';
import type { PointerName } from './records.ts';
import { pointerText, readPointer } from './records.ts';
import type { Trust } from './statements.ts';

/** [SY5] The three generations on the shelf: the pointers that name them and the objects they keep. */
export interface Generations {
  /** The newest generation that verifies whole. */
  boot(): Promise<Built | undefined>;
  /** [SY2] The flip: one write names the new generation; the old one was named before it. */
  flip(to: Built): Promise<'stored' | 'full'>;
  /**
   * Reads the current generation again: the objects found damaged, or none and it is settled.
   * Undefined when it gave way; what was read by then is not read again.
   */
  settle(givesWay: () => boolean): Promise<readonly ObjectRef[] | undefined>;
  /** Drops every object that the generations and `also` do not name. */
  sweep(also: readonly Built[]): Promise<void>;
  /** [SY6] Drops all but current and settled, to make room. */
  makeRoom(): Promise<void>;
}

type Kept = Exclude<PointerName, 'accepted'>;

export interface GenerationPorts {
  readonly notebook: Notebook;
  readonly library: Library;
  readonly contents: Contents;
  readonly trust: Trust;
}

export function openGenerations(ports: GenerationPorts): Generations {
  const { notebook, library, contents, trust } = ports;
  const known = new Map<Kept, Built>();
  /** Read back whole since the page began. */
  const proven = new Set<Sha256>();

  async function load(name: Kept): Promise<Built | undefined> {
    const built = known.get(name);
    if (built !== undefined) return built;
    const text = await notebook.read(name);
    const statements = text === undefined ? undefined : await readPointer(text, trust);
    if (statements?.ok !== true) return undefined;
    const read = await contents.build(statements.value, 'never');
    if ('problem' in read) return undefined;
    known.set(name, read);
    return read;
  }

  const point = (name: Kept, { statements }: Built): Promise<'stored' | 'full'> =>
    notebook.write(name, pointerText(statements));

  async function keepOnly(builds: readonly (Built | undefined)[]): Promise<void> {
    await library.clear(digestsOf(builds));
    contents.prune(builds.flatMap((built) => built ?? []));
  }

  return {
    async boot() {
      for (const name of ['current', 'previous', 'settled'] as const) {
        const built = await load(name);
        if (built === undefined) continue;
        known.set('current', built);
        return built;
      }
      return undefined;
    },
    async flip(to) {
      const from = known.get('current');
      if (from !== undefined) {
        if ((await point('previous', from)) === 'full') return 'full';
        known.set('previous', from);
      }
      if ((await point('current', to)) === 'full') return 'full';
      known.set('current', to);
      return 'stored';
    },
    async settle(givesWay) {
      const current = known.get('current');
      if (current === undefined) return [];
      const damaged = await readBack(current, library, proven, givesWay);
      if (damaged === undefined || damaged.length > 0) return damaged;
      if ((await point('settled', current)) === 'stored') known.set('settled', current);
      return [];
    },
    async sweep(also) {
      const kept = [await load('current'), await load('previous'), await load('settled')];
      await keepOnly([...kept, ...also]);
    },
    async makeRoom() {
      known.delete('previous');
      await keepOnly([await load('current'), await load('settled')]);
    },
  };
}

/** Reads what was not read since the page began: the objects that are damaged or gone. */
async function readBack(
  built: Built,
  library: Library,
  proven: Set<Sha256>,
  givesWay: () => boolean,
): Promise<readonly ObjectRef[] | undefined> {
  const damaged: ObjectRef[] = [];
  for (const ref of objectsOf(built)) {
    if (proven.has(ref.digest) && library.held.has(ref.digest)) continue;
    if (givesWay()) return undefined;
    if ((await library.read(ref)) === undefined) damaged.push(ref);
    else proven.add(ref.digest);
  }
  return damaged;
}

function digestsOf(builds: readonly (Built | undefined)[]): ReadonlySet<Sha256> {
  const refs = builds.flatMap((built) => (built === undefined ? [] : objectsOf(built)));
  return new Set(refs.map(({ digest }) => digest));
}
