import { toHex } from '../../shared/kit/bytes.ts';
import { civilAt } from '../../shared/domain/civil.ts';
import type { ScreenId } from '../../shared/kit/ids.ts';
import { present } from '../../shared/kit/assert.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import type { StickView } from '../../shared/protocol/routes.ts';
import type { ScreenState } from '../../shared/protocol/screen.ts';
import type { StickTable } from '../../shared/protocol/stick.ts';
import { STICK_LIMITS, stickBytes, stickHead } from '../../shared/protocol/stick.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Handlers, Reply } from '../routes/handlers.ts';
import type { Store } from '../store/store.ts';
import { audited } from './audit.ts';
import { refusalOfCommit } from './commit-refusal.ts';
import { tablesAt } from './hall-calendar.ts';
import type { Proven, Publishing } from './publishing.ts';
import { sectionsOf } from './screen-lineups.ts';
import { objectsNamed } from './release-objects.ts';
import type { Collections } from './stored.ts';
import { HALL } from './stored.ts';

export interface StickDeps {
  readonly store: Store;
  readonly collections: Pick<Collections, 'screens' | 'halls'>;
  readonly objects: Pick<ObjectStore, 'read' | 'has'>;
  readonly publishing: Pick<Publishing, 'fresh'>;
  /** What a screen is answered with this release. */
  readonly stateWith: (screen: ScreenId, current: Proven) => ScreenState | undefined;
  readonly random: (bytes: number) => Uint8Array;
}

/** A file that was put together, until it is fetched or forgotten. */
interface Made {
  readonly view: StickView;
  readonly table: StickTable;
  readonly head: Uint8Array;
  readonly person: string;
}

const KEPT_MS = 10 * 60_000;
/** Tables of long sections are megabytes. */
const KEPT_MAX = 8;

/** [SK6] What screens would be answered, as a file to be carried to them. */
export function createStickHandlers(deps: StickDeps): Pick<Handlers, 'makeStick' | 'stickFile'> {
  const { store, collections, objects, publishing } = deps;
  let made: readonly Made[] = [];
  const keptAt = (t: number) => made.filter(({ view }) => t - view.madeAt < KEPT_MS);

  return {
    async makeStick(context, { screens }) {
      const may = context.require('stick.make', null);
      if (!may.ok) return may;
      const current = await publishing.fresh();
      if (current === undefined) return refused('wrong-state', 'nothing is published');
      const read = await readTable(deps, new Set(screens), current, context.now());
      if (!read.ok) return read;
      const table = read.value;
      const head = stickHead(table);
      const bytes = stickBytes(head.length, table.objects);
      if (bytes > STICK_LIMITS.bytes) return refused('too-large', 'stick');
      const committed = await store.commit({
        appends: table.states.map(({ screen }) =>
          audited({
            by: may.value.personRef,
            action: 'screen.export',
            subject: `screen:${screen}`,
            detail: String(current.document.head.version),
          }),
        ),
      });
      if (!committed.ok) return refusalOfCommit(committed);
      const view: StickView = {
        stick: toHex(deps.random(16)),
        name: nameOf(collections, table.madeAt),
        bytes,
        objects: table.objects.length,
        version: current.document.head.version,
        madeAt: table.madeAt,
      };
      made = [...keptAt(context.now()), { view, table, head, person: may.value.person }].slice(
        -KEPT_MAX,
      );
      return accepted(view);
    },

    async stickFile(context, { stick }) {
      const may = context.require('stick.read', null);
      if (!may.ok) return may;
      const file = keptAt(context.now()).find(
        ({ view, person }) => view.stick === stick && person === may.value.person,
      );
      if (file === undefined) return refused('not-found', 'stick');
      const { name, bytes } = file.view;
      const stream = streamOf(file, objects);
      return { ...accepted({}), bytes: { name, length: bytes, stream } };
    },
  };
}

async function readTable(
  { collections, objects, stateWith }: StickDeps,
  screens: ReadonlySet<ScreenId>,
  current: Proven,
  t: number,
): Promise<Reply<StickTable>> {
  const states: StickTable['states'] = [];
  const sections = new Set<string>();
  for (const screen of screens) {
    const kept = collections.screens.get(screen);
    const state = stateWith(screen, current);
    if (kept === undefined || state === undefined) return refused('not-found', screen);
    states.push({ screen, state: JSON.stringify(state) });
    for (const section of sectionsOf(kept.value.device)) sections.add(section);
  }
  const refs = await objectsNamed(objects, current.document.head.release, sections);
  // A damaged rendering is made again within a minute.
  const lost = refs.find(({ digest }) => !objects.has(digest));
  if (lost !== undefined) return refused('busy', lost.digest);
  if (refs.length > STICK_LIMITS.objects) return refused('too-large', 'objects');
  return accepted({ v: 1, madeAt: t, states, objects: [...refs] });
}

/** One object at a time, as fast as they are taken. */
function streamOf(
  { table, head }: Made,
  objects: Pick<ObjectStore, 'read'>,
): ReadableStream<Uint8Array> {
  const rest = table.objects.values();
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(head),
      async pull(controller) {
        const next = rest.next();
        if (next.done === true) return controller.close();
        const object = await objects.read(next.value.digest);
        // Broken off, the file is shorter than it says, and neither browser nor screen takes it.
        if (object === undefined) return controller.error(new Error('an object was damaged'));
        controller.enqueue(object.bytes);
      },
    },
    { highWaterMark: 1 },
  );
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `openhall-安澜县政务服务中心-2026-11-26.ohs`: letters and digits that every file system takes. */
function nameOf({ halls }: Pick<Collections, 'halls'>, t: number): string {
  const { card, zone } = present(halls.get(HALL), 'hall').value;
  const { year, month, day } = civilAt(tablesAt(zone, t).zone, t);
  const name = card.name.replace(/[^\p{L}\p{N}]+/gu, '');
  return `openhall-${name}-${year}-${two(month)}-${two(day)}.ohs`;
}
