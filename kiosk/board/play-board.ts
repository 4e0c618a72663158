import { fromUtf8 } from '../../shared/kit/bytes.ts';
import { parseJson } from '../../shared/kit/json.ts';
import type { ProfileId, Sha256 } from '../../shared/kit/ids.ts';
import { id, isProfileId } from '../../shared/kit/ids.ts';
import { layersOf } from '../../shared/domain/layers.ts';
import type { Page, Pages } from '../../shared/domain/pages.ts';
import type { BoardProfile } from '../../shared/domain/profile.ts';
import type { Layer, Scene } from '../../shared/domain/programme.ts';
import { itemKey } from '../../shared/domain/programme.ts';
import type { ObjectRef } from '../../shared/domain/release.ts';
import { pages as pagesSchema } from '../../shared/protocol/objects.ts';
import type { ChannelContent, Generation, Screen } from '../../shared/sync/generation.ts';
import type { Stage } from '../stage/stage.ts';
import type { GlassInput } from './glass.ts';
import type { Showing } from './show.ts';
import { showAt } from './show.ts';

/** Port: calls back after a delay in milliseconds; returns how to cancel. */
export type Later = (delayMs: number, callback: () => void) => () => void;

/**
 * Plays a board: at every moment the frame that playback and the glass name, drawn once for each
 * span. Sleeps until the span ends; wakes when the screen has something new. `between` is called at
 * idle boundaries: when another page has come on, and each minute of one that stays. [SH2]
 */
export function playBoard(
  screen: Screen,
  stage: Stage,
  later: Later,
  between: () => void = nothing,
): { close(): void } {
  const repertoire = createRepertoire(screen, stage, () => tick());
  let cancel = nothing;
  let told = '';
  let standing = '';
  let standsSince = -Infinity;

  function tick(): void {
    cancel();
    const t = screen.now();
    const { generation, layers, pageOf } = repertoire.current();
    const glass = glassInput(screen, stage.profile);
    const scene = showAt(stage, { layers, pageOf, glass }, t);
    if (generation !== undefined) tell(generation, scene.value);
    if (isBoundary(scene.value, t)) between();
    cancel = later(Math.min(LONGEST_SLEEP_MS, Math.max(0, scene.until - t)), tick);
  }

  function tell(generation: Generation, scene: Scene): void {
    const showing = scene.kind === 'page' ? itemKey(scene.record, scene.version) : null;
    const heads = generation.channels.map(({ head }) => `${head.epoch}.${head.version}`);
    const next = `${heads.join(' ')} ${showing}`;
    if (next === told) return;
    told = next;
    screen.painted(generation, showing);
  }

  function isBoundary(scene: Scene, t: number): boolean {
    const name = JSON.stringify(scene);
    if (name === standing) return t - standsSince >= STANDING_MS;
    standing = name;
    standsSince = t;
    return true;
  }

  const stop = screen.listen(() => {
    repertoire.refresh();
    tick();
  });
  repertoire.refresh();
  tick();
  return {
    close: () => {
      stop();
      cancel();
    },
  };
}

const nothing = (): void => undefined;

/** A picture that has stood for so long has no edge to wait for. */
const STANDING_MS = 10 * 60_000;

/** Timers drift and machines sleep; a minute is the longest a wrong wake-up can last. */
const LONGEST_SLEEP_MS = 60_000;

interface Repertoire {
  current(): Pick<Showing, 'layers' | 'pageOf'> & { readonly generation: Generation | undefined };
  /** Looks for a new generation or condition; pages are loaded before anything is switched. */
  refresh(): void;
}

/** The generation whose pages are decoded and whose glyphs are at hand: what can be shown at once. */
function createRepertoire(screen: Screen, stage: Stage, changed: () => void): Repertoire {
  const profile = id(isProfileId, stage.profile.id);
  let ready: Ready = { generation: undefined, pages: new Map() };
  let layers: readonly Layer[] = [];
  let loading: Generation | undefined;

  function rebuild(): void {
    const channels = (ready.generation?.channels ?? []).map((channel) => ({
      ...channel,
      // [SY3] An item whose pages are damaged leaves the rotation until they are whole again.
      board: channel.board.filter(({ item }) => {
        const rendering = item.boards[profile];
        return rendering !== undefined && ready.pages.has(rendering.pages.digest);
      }),
    }));
    layers = layersOf(channels, screen.condition(), profile);
  }

  async function load(generation: Generation): Promise<void> {
    const pages = await loadPages(screen, stage, pagesNamed(generation, profile), ready.pages);
    if (loading !== generation) return;
    loading = undefined;
    ready = { generation, pages };
    rebuild();
    changed();
  }

  return {
    current: () => ({
      generation: ready.generation,
      layers,
      pageOf: (scene) => pageIn(ready.generation?.channels ?? [], ready.pages, profile, scene),
    }),
    refresh: () => {
      const generation = screen.generation();
      const complete = ready.pages.size === pagesNamed(ready.generation, profile).size;
      if (generation !== undefined && (generation !== ready.generation || !complete)) {
        if (loading !== generation) {
          loading = generation;
          load(generation).catch((error: unknown) => reportError(error));
        }
      }
      rebuild();
    },
  };
}

/** The page that a scene names, among the channels' items. */
export function pageIn(
  channels: readonly Pick<ChannelContent, 'channel' | 'board'>[],
  pages: ReadonlyMap<string, Pages>,
  profile: ProfileId,
  scene: Scene,
): Page | undefined {
  if (scene.kind === 'card') return undefined;
  const content = channels.find(({ channel }) => channel === scene.channel);
  const playing = content?.board.find(
    ({ entry, item }) => entry.key === scene.slot && item.version === scene.version,
  );
  const digest = playing?.item.boards[profile]?.pages.digest;
  return digest === undefined ? undefined : pages.get(digest)?.pages[scene.page];
}

interface Ready {
  readonly generation: Generation | undefined;
  readonly pages: ReadonlyMap<Sha256, Pages>;
}

function pagesNamed(
  generation: Generation | undefined,
  profile: ProfileId,
): ReadonlyMap<Sha256, ObjectRef> {
  const items = generation?.channels.flatMap(({ board }) => board.map(({ item }) => item)) ?? [];
  const refs = items.flatMap(({ boards }) => boards[profile]?.pages ?? []);
  return new Map(refs.map((ref) => [ref.digest, ref]));
}

async function loadPages(
  screen: Screen,
  stage: Stage,
  refs: ReadonlyMap<Sha256, ObjectRef>,
  known: ReadonlyMap<Sha256, Pages>,
): Promise<ReadonlyMap<Sha256, Pages>> {
  const loaded = await Promise.all(
    [...refs].map(async ([digest, ref]): Promise<readonly [Sha256, Pages][]> => {
      const pages = known.get(digest) ?? parsePages(await screen.object(ref));
      return pages === undefined ? [] : [[digest, pages]];
    }),
  );
  const all = new Map(loaded.flat());
  const text = [...all.values()].flatMap(({ pages }) => pages.flatMap(({ lines }) => lines));
  await stage.prepare([...new Set(text.map((line) => line.text).join(''))].join(''));
  return all;
}

function parsePages(bytes: Uint8Array | undefined): Pages | undefined {
  const text = bytes === undefined ? undefined : fromUtf8(bytes);
  const result = text === undefined ? undefined : pagesSchema.safeParse(parseJson(text));
  return result?.success === true ? result.data : undefined;
}

function glassInput(screen: Screen, profile: BoardProfile): GlassInput {
  const { freshAt, carriedAt, clock } = screen.condition();
  const channels = screen.generation()?.channels ?? [];
  const release = channels.at(-1)?.release;
  // The oldest proof of the channels played: nothing on the glass is staler than it says.
  const provedAt = Math.min(...channels.map(({ channel }) => freshAt[channel] ?? -Infinity));
  return {
    profile,
    hall: release?.hall,
    zone: release?.zone,
    calendar: release?.calendar,
    freshAt: channels.length === 0 ? -Infinity : provedAt,
    carried: provedAt === carriedAt,
    clock,
    pairing: screen.pairing(),
  };
}
