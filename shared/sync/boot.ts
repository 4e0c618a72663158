import type { ObjectRef } from '../domain/release.ts';
import type { Sha256 } from '../kit/ids.ts';
import type { Built, Contents } from './contents.ts';
import { createContents } from './contents.ts';
import type { Generations } from './generations.ts';
import { openGenerations } from './generations.ts';
import type { Library } from './library.ts';
import { openLibrary } from './library.ts';
import type { ScreenOptions } from './options.ts';
import { LIMITS } from './plan.ts';
import type { Notebook } from './ports.ts';
import type { Proofs } from './proofs.ts';
import { createProofs } from './proofs.ts';
import type { HighWater } from './records.ts';
import { raise, readHighWater, readPointer } from './records.ts';
import type { Statements, Trust } from './statements.ts';
import type { Timekeeper } from './timekeeper.ts';
import { openTimekeeper } from './timekeeper.ts';

/** What a screen starts from: all of it verified anew, none of it from the network. */
export interface Held {
  readonly library: Library;
  readonly contents: Contents;
  readonly generations: Generations;
  readonly proofs: Proofs;
  readonly time: Timekeeper;
  readonly trust: Trust;
  readonly highWater: { value: HighWater };
  /** Objects found damaged. */
  readonly damaged: Map<Sha256, ObjectRef>;
  /** The generation to show. */
  readonly booted: Built | undefined;
  /** The newest statements accepted. */
  readonly remembered: Statements | undefined;
}

export async function boot({ screen, root, ports, limits = LIMITS }: ScreenOptions): Promise<Held> {
  const [notebook] = ports.notebooks;
  const highWater = { value: await readHighWater(ports.notebooks, root) };
  const trust: Trust = {
    screen,
    digest: ports.digest,
    verify: ports.verify,
    get root() {
      return highWater.value.root;
    },
  };
  const damaged = new Map<Sha256, ObjectRef>();
  const library = await openLibrary({ ...ports, damaged: (ref) => damaged.set(ref.digest, ref) });
  const contents = createContents({ ...ports, library, limits });
  const generations = openGenerations({ notebook, library, contents, trust });
  const proofs = createProofs(notebook, trust);
  const time = await openTimekeeper(ports.notebooks, ports.clocks);
  const booted = await generations.boot();
  const remembered = (await readAccepted(notebook, trust)) ?? booted?.statements;
  for (const statements of [booted?.statements, remembered]) {
    if (statements === undefined) continue;
    await proofs.recall(statements);
    const marks = raise(highWater.value.marks, marksOf(statements));
    highWater.value = { root: statements.base.root, marks };
  }
  return {
    library,
    contents,
    generations,
    proofs,
    time,
    trust,
    highWater,
    damaged,
    booted,
    remembered,
  };
}

async function readAccepted(notebook: Notebook, trust: Trust): Promise<Statements | undefined> {
  const text = await notebook.read('accepted');
  const read = text === undefined ? undefined : await readPointer(text, trust);
  return read?.ok === true ? read.value : undefined;
}

/** [TR5] What was accepted counts, even if both notebooks forgot the marks. */
function marksOf({ base, heads }: Statements): HighWater['marks'] {
  const ofHeads = [...heads].map(([channel, { mark }]) => [`head/${channel}`, mark]);
  return { roles: base.rolesMark, lineup: base.lineupMark, ...Object.fromEntries(ofHeads) };
}
