import { words } from '../../../kiosk/board/words.ts';
import { itemKey } from '../../../shared/domain/programme.ts';
import { present } from '../../../shared/kit/assert.ts';
import { objectsOf } from '../../../shared/sync/contents.ts';
import type { Chance } from '../../sim/chance.ts';
import { createChance } from '../../sim/chance.ts';
import { BOARD, comeLevel, openBoth, TOUCH } from './both.ts';
import type { Both } from './both.ts';
import type { Held } from './damages.ts';
import { damageNote, damageObject } from './damages.ts';
import type { Disk, Kept } from './disk.ts';
import { copyOf, openDisk } from './disk.ts';
import type { Sound } from './healed.ts';
import { differences, provedIn } from './healed.ts';
import { boardPieces, objectsByUse, walkTouch, watchBoard } from './walks.ts';
import type { Wearing } from './worn-screen.ts';

/** The version before, the one that is damaged, and the one that the server has since. */
type Level = 'before' | 'now' | 'after';

export interface Marks {
  /** Title of the record that is withdrawn. */
  readonly withdrawn: string;
  /** `record/version` that came last: a screen that has it is level. */
  readonly newest: string;
}

export interface TamperOrder {
  readonly seed: number;
  /** Numbers [from, until) of the rounds to go through. */
  readonly from: number;
  readonly until: number;
  /** Damages in each, on both screens together. */
  readonly damages: number;
  readonly trust: Wearing['trust'];
}

export interface TamperFigures {
  /** By kind. */
  readonly damages: Record<string, number>;
  /** Pieces of content that were drawn, and those that no accepted version has. */
  drawn: number;
  wrong: number;
  /** Of a record that had been withdrawn. */
  withdrawn: number;
  /** Objects and notes that were not as on a screen that was never damaged, once level again. */
  unhealed: number;
  /** What stood on the glass without a line: how much the damages left of it. */
  readonly shown: Record<string, number>;
  readonly examples: string[];
}

declare global {
  interface Window {
    tamper: {
      /** Has both screens level with the server, and learns what its version looks like. */
      learn(level: Level, marks: Marks): Promise<number>;
      damage(order: TamperOrder): Promise<TamperFigures>;
    };
  }
}

interface Learnt {
  readonly kept: Kept;
  readonly uses: ReadonlyMap<string, string>;
  /** Every object of what is shown. */
  readonly needed: ReadonlySet<string>;
}

const SCREENS = [TOUCH, BOARD];
const learnt = new Map<string, Learnt>();
const pieces = { before: new Set<string>(), now: new Set<string>(), after: new Set<string>() };
/** Pieces that only what was withdrawn has. */
const gone = new Set<string>();
const disks = new Map<string, Disk>();

async function diskOf(screen: string): Promise<Disk> {
  const disk = disks.get(screen) ?? (await openDisk(screen));
  disks.set(screen, disk);
  return disk;
}

const at = (screen: string, level: Level): Learnt =>
  present(learnt.get(`${screen} ${level}`), `${screen} ${level}`);

window.tamper = {
  async learn(level, { withdrawn, newest }) {
    const seen = pieces[level].add(`hall: ${words.appName}`);
    const drawn = (piece: string): void => void seen.add(piece);
    const both = await openBoth({ line: { up: true }, trust: 'verifies', drawn });
    while (!areLevel(both, newest)) await comeLevel(both);
    await comeLevel(both); // Settled too.
    await walkTouch(both.page, ALL_PAGES, 'all');
    for (const piece of await boardPieces(both.board.screen)) seen.add(piece);
    await watchBoard(both.clock, 20);
    for (const [index, screen] of SCREENS.entries()) {
      const worn = present(both.screens[index], screen).screen;
      const shown = present(worn.inside.showing.shown, 'a generation');
      learnt.set(`${screen} ${level}`, {
        kept: await (await diskOf(screen)).read(),
        uses: objectsByUse(worn),
        needed: new Set(objectsOf(shown).map(({ digest }) => digest)),
      });
    }
    both.close();
    for (const piece of pieces.before) if (piece.includes(withdrawn)) gone.add(piece);
    return seen.size;
  },

  async damage({ seed, from, until, damages, trust }) {
    const figures: TamperFigures = {
      damages: {},
      drawn: 0,
      wrong: 0,
      withdrawn: 0,
      unhealed: 0,
      shown: {},
      examples: [],
    };
    for (let round = from; round < until; round++) {
      const chance = createChance(seed, `round ${round}`);
      await goThrough(round, { damages, trust }, chance, figures);
    }
    return figures;
  },
};

function areLevel({ touch, board }: Both, newest: string): boolean {
  const [shown, other] = [touch, board].map(({ screen }) => screen.generation()?.channels[0]);
  const isNewest = shown?.touch.some(({ item }) => itemKey(item.record, item.version) === newest);
  return isNewest === true && shown?.head.version === other?.head.version;
}

const ALL_PAGES = Array.from({ length: 16 }, (_, number) => number);

/** Damages while the screens are off or while they run, a look at them, and what mends them. */
async function goThrough(
  round: number,
  { damages, trust }: Pick<TamperOrder, 'damages' | 'trust'>,
  chance: Chance,
  figures: TamperFigures,
): Promise<void> {
  const { isRunning, within, ofNotes } = present(KINDS[round % KINDS.length], 'a kind of round');
  const damaged = new Map(SCREENS.map((screen) => [screen, copyOf(at(screen, 'now').kept)]));
  const names = new Set<string>();
  const notes: string[] = [];
  while (names.size < damages) {
    // There is more on a touch screen.
    const screen = chance.is(0.75) ? TOUCH : BOARD;
    const kept = present(damaged.get(screen), screen);
    const damage = chance.is(ofNotes)
      ? damageNote(heldBy(screen, within), kept, chance)
      : damageObject(heldBy(screen, within), kept, chance);
    if (damage === undefined) continue;
    figures.damages[damage.kind] = (figures.damages[damage.kind] ?? 0) + 1;
    names.add(`${screen} ${damage.name}`);
    if (/^(notes|second)\//.test(damage.name))
      notes.push(`${screen} ${damage.name}: ${damage.kind}`);
  }
  const writeDamaged = async (): Promise<void> => {
    for (const [screen, kept] of damaged) await (await diskOf(screen)).write(kept);
  };
  if (isRunning) {
    for (const screen of SCREENS) await (await diskOf(screen)).write(at(screen, 'now').kept);
  } else await writeDamaged();

  const line = { up: false };
  const where = `${trust}, round ${round}`;
  const drawn = (piece: string): void => judge(piece, where, figures);
  const both = await openBoth({ line, trust, drawn });
  if (isRunning) await writeDamaged();
  const records = someRecords(names, chance);
  await walkTouch(both.page, [chance.below(5)], records);
  await watchBoard(both.clock, 30);
  noteShown(both, figures);
  line.up = true;
  let left: readonly string[] = [];
  for (let minutes = 0; minutes < HEALING_MINUTES; minutes++) {
    await comeLevel(both);
    left = await whatIsLeft();
    if (left.length === 0) break;
  }
  figures.unhealed += left.length;
  if (left.length > 0)
    figures.examples.push(
      `${where}, not healed: ${left.slice(0, 4).join(' ')}; ${why(both, notes)}`,
    );
  await walkTouch(both.page, [], records);
  both.close();
}

/** What the screens say about it themselves, and the notes that were damaged. */
function why({ screens }: Both, notes: readonly string[]): string {
  const conditions = screens.map(({ screen }) => screen.condition());
  const says = conditions.map(({ problems, clock }) => JSON.stringify({ problems, clock }));
  return [...says, ...notes].join('; ');
}

const HEALING_MINUTES = 6;

/** What lists the others keeps a version from being shown at all; what is listed hurts one record. */
type Within = 'all' | 'listed';

const KINDS: readonly {
  readonly isRunning: boolean;
  readonly within: Within;
  /** Share of damages that are of notes. */
  readonly ofNotes: number;
}[] = [
  { isRunning: false, within: 'listed', ofNotes: 0 },
  { isRunning: true, within: 'all', ofNotes: 0.1 },
  { isRunning: false, within: 'listed', ofNotes: 0.05 },
  { isRunning: false, within: 'all', ofNotes: 0.05 },
  { isRunning: false, within: 'listed', ofNotes: 0.2 },
];

function judge(piece: string, where: string, figures: TamperFigures): void {
  figures.drawn += 1;
  if (gone.has(piece)) {
    figures.withdrawn += 1;
    figures.examples.push(`${where}, withdrawn: ${piece.slice(0, 80)}`);
  } else if (!Object.values(pieces).some((known) => known.has(piece))) {
    figures.wrong += 1;
    figures.examples.push(`${where}, wrong: ${piece.slice(0, 160)}`);
  }
}

function heldBy(screen: string, within: Within): Held {
  const [now, before] = [at(screen, 'now'), at(screen, 'before')];
  const listed = [...now.uses].flatMap(([use, digest]) => (LISTED.test(use) ? [digest] : []));
  const earlier = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [use, digest] of now.uses) {
    const old = before.uses.get(use);
    const bytes = old === undefined || old === digest ? undefined : before.kept.objects.get(old);
    if (bytes instanceof Uint8Array) earlier.set(digest, new Uint8Array(bytes));
  }
  return {
    now: now.kept,
    before: before.kept,
    within: new Set(within === 'all' ? now.kept.objects.keys() : listed),
    earlier,
  };
}

const LISTED = /^(view|pages) /;

/** Records to open: of those whose text was damaged, and another. */
function someRecords(names: ReadonlySet<string>, chance: Chance): ReadonlySet<string> {
  const views = [...at(TOUCH, 'now').uses].flatMap(([use, digest]) => {
    const [what, record = ''] = use.split(' ');
    return what === 'view' ? [{ record, digest }] : [];
  });
  const hurt = views.filter(({ digest }) => names.has(`${TOUCH} ${digest}`)).slice(0, 4);
  return new Set([...hurt, chance.pick(views)].map(({ record }) => record));
}

function noteShown({ touch, board }: Both, figures: TamperFigures): void {
  for (const { screen } of [touch, board]) {
    const version = screen.generation()?.channels[0]?.head.version;
    const shown = version === undefined ? 'card' : `version ${version}`;
    figures.shown[shown] = (figures.shown[shown] ?? 0) + 1;
  }
}

async function whatIsLeft(): Promise<readonly string[]> {
  const all: string[] = [];
  for (const screen of SCREENS) {
    const kept = await (await diskOf(screen)).read();
    for (const left of differences(kept, soundOf(screen))) all.push(`${screen} ${left}`);
  }
  return all;
}

function soundOf(screen: string): Sound {
  const { kept, needed } = at(screen, 'after');
  const before = provedIn(at(screen, 'now').kept);
  const proved = new Set([...provedIn(kept)].filter((head) => !before.has(head)));
  return { kept, needed, objects: kept.objects, proved };
}
