import type { ObjectRef } from '../domain/release.ts';
import type { Sha256 } from '../kit/ids.ts';
import { compareOrder } from '../trust/accept.ts';
import type { Built, Contents } from './contents.ts';
import { createContents } from './contents.ts';
import type { Generations } from './generations.ts';
import { openGenerations } from './generations.ts';
import type { Library } from './library.ts';
import { openLibrary } from './library.ts';
import type { ScreenOptions } from './options.ts';
import { LIMITS } from './plan.ts';
import type { Notebook, SyncPorts } from './ports.ts';
import type { Proofs } from './proofs.ts';
import { createProofs } from './proofs.ts';
import type { HighWater } from './records.ts';
import { pointerText, raise, readHighWater, readPointer } from './records.ts';
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
  const ahead = readAhead(ports.notebooks);
  const damaged = new Map<Sha256, ObjectRef>();
  const [marked, library, time] = await Promise.all([
    readHighWater(ahead.notebooks, root),
    openLibrary({ ...ports, damaged: (ref) => damaged.set(ref.digest, ref) }),
    openTimekeeper(ahead.notebooks, ports.clocks),
  ]);
  const [notebook] = ahead.notebooks;
  const highWater = { value: marked };
  const trust: Trust = {
    screen,
    digest: ports.digest,
    verify: ports.verify,
    get root() {
      return highWater.value.root;
    },
  };
  const contents = createContents({ ...ports, library, limits });
  const generations = openGenerations({ notebook, library, contents, trust });
  const proofs = createProofs(notebook, trust);
  const booted = await generations.boot();
  const remembered = await readAccepted(ahead.notebooks, trust, booted?.statements);
  for (const statements of new Set([booted?.statements, remembered])) {
    if (statements === undefined) continue;
    await proofs.recall(statements);
    const marks = raise(highWater.value.marks, marksOf(statements));
    highWater.value = { root: statements.base.root, marks };
  }
  ahead.end();
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

/** The notes that a start reads. */
const NOTES = ['marks', 'clock', 'current', 'accepted', 'carried', 'leases'] as const;

/**
 * Notebooks whose notes are read at once, as they were when the start began: a store answers six
 * questions as fast as one. Until the end each gives its note once, and then what stands there.
 */
function readAhead([first, second]: SyncPorts['notebooks']) {
  const ends: (() => void)[] = [];
  const ahead = ({ read, write }: Notebook): Notebook => {
    const notes = new Map<string, Promise<string | undefined>>(
      NOTES.map((name) => [name, read(name)]),
    );
    ends.push(() => notes.clear());
    return {
      write,
      read(name) {
        const note = notes.get(name);
        notes.delete(name);
        return note ?? read(name);
      },
    };
  };
  const notebooks = [ahead(first), ahead(second)] as const;
  return { notebooks, end: () => ends.forEach((end) => end()) };
}

/** The newest of what the notebooks say was accepted and of what is shown. */
async function readAccepted(
  notebooks: readonly Notebook[],
  trust: Trust,
  shown: Statements | undefined,
): Promise<Statements | undefined> {
  let newest = shown;
  for (const notebook of notebooks) {
    const text = await notebook.read('accepted');
    if (text === undefined || (newest !== undefined && text === pointerText(newest))) continue;
    const read = await readPointer(text, trust);
    // [SY7] An older one in its place is sound, but does not know what was withdrawn since.
    if (read.ok && !isBehind(read.value, newest)) newest = read.value;
  }
  return newest;
}

function isBehind(statements: Statements, other: Statements | undefined): boolean {
  const its = other === undefined ? {} : marksOf(other);
  return Object.entries(marksOf(statements)).some(([name, mark]) => {
    const mine = its[name];
    return mine !== undefined && compareOrder(mark, mine) < 0;
  });
}

/** [TR5] What was accepted counts, even if both notebooks forgot the marks. */
function marksOf({ base, heads }: Statements): HighWater['marks'] {
  const ofHeads = [...heads].map(([channel, { mark }]) => [`head/${channel}`, mark]);
  return { roles: base.rolesMark, lineup: base.lineupMark, ...Object.fromEntries(ofHeads) };
}
