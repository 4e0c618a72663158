import { createHash } from 'node:crypto';
import type { ObjectRef } from '../../../shared/domain/release.ts';
import type { Generation } from '../../../shared/sync/generation.ts';
import { HOUR, SECOND } from '../seconds.ts';
import { createDueReferee } from './due.ts';
import { endOf } from './glass-rules.ts';
import { orderIn, orderOf } from './order.ts';
import type { RefereeParts } from './parts.ts';
import { outOf } from './parts.ts';
import type { Out } from './truth.ts';
import type { LifeWatch, Lit, ShownItem, Watched } from './watched.ts';

/** Looks at what is on the glass, as the stage was given it. */
export interface GlassReferee {
  /** A board's stage drew this scene: `card`, or slot, version and page. */
  drawn(watched: Watched, scene: string): void;
  /** A touch screen lists these, as `record/version`. */
  listed(watched: Watched, keys: readonly string[]): void;
  painted(watched: Watched, generation: Generation, showing: string | null): void;
  read(watched: Watched, ref: ObjectRef, bytes: Uint8Array): void;
  /** A head was accepted: what stands there is judged by it, though no page looked again. */
  judgeAgain(watched: Watched): void;
}

/** How far a box's crystal and the hall's own clock may add to what the line delays. */
const DRIFT = 60e-6;
const HALL_CLOCK_MS = 150;
const LATE_MS = SECOND;

export function createGlassReferee(parts: RefereeParts): GlassReferee {
  const { world, truth, check } = parts;
  const { timeline } = world;
  const { classes, due } = createDueReferee(parts);

  function lightUp(
    watched: Watched,
    scene: string,
    shownIn: (out: Out) => readonly ShownItem[] | undefined,
  ): void {
    const { life } = watched;
    const screen = life?.screen;
    if (life === undefined || screen === undefined) return;
    const t = screen.now();
    watched.latestAt = Math.max(watched.latestAt, t);
    const generation = screen.generation();
    const { lit } = life;
    if (lit.scene === scene && lit.generation === generation && lit.accepted === life.accepted) {
      check('expiry', t < lit.endsAt, watched.screen, () => overdue(lit, t));
    } else {
      leave(watched, life, scene, t);
      if (lit.scene !== scene) world.note(watched.screen, `glass: ${scene}`);
      life.lit = litBy(watched, life, generation, scene, shownIn);
      for (const { key, item } of life.lit.shown) judge(watched, life, key, item, t);
      check('expiry', t < life.lit.endsAt, watched.screen, () => overdue(life.lit, t));
    }
    truly(watched, life, life.lit);
    proved(watched, life.lit, Object.values(screen.condition().freshAt)[0] ?? -Infinity);
    [life.lit.trustedAt, life.lit.trueAt] = [t, timeline.now()];
  }

  /** What is on the glass now, as far as the hall ever said it. */
  function litBy(
    watched: Watched,
    life: LifeWatch,
    generation: Generation | undefined,
    scene: string,
    shownIn: (out: Out) => readonly ShownItem[] | undefined,
  ): Lit {
    const out = generation === undefined ? undefined : outOf(parts, watched, generation);
    const older = life.painted === undefined ? undefined : truth.of(orderIn(life.painted.order));
    const shown = (out && shownIn(out)) ?? (older && shownIn(older));
    const isKnown = shown !== undefined || (out === undefined && scene !== '');
    check('signed-release', isKnown, watched.screen, () => `shows ${scene}`);
    return {
      scene,
      shown: shown ?? [],
      endsAt: Math.min(Infinity, ...(shown ?? []).map(({ endsAt }) => endsAt)),
      generation,
      out,
      accepted: life.accepted,
      trustedAt: 0,
      trueAt: 0,
    };
  }

  function proved(watched: Watched, { out }: Lit, freshAt: number): void {
    if (out === undefined) return;
    check(
      'proof',
      freshAt <= out.provenAt,
      watched.screen,
      () => `version ${out.version} counts as fresh at ${freshAt}, proved until ${out.provenAt}`,
    );
  }

  /** One item that is on the glass now. */
  function judge(
    watched: Watched,
    life: LifeWatch,
    key: string,
    item: ShownItem['item'],
    t: number,
  ): void {
    const who = watched.screen;
    check('staff', item.audience === 'public', who, () => `${key} is for ${item.audience}`);
    check(
      'expiry',
      item.earliestAt === null || t >= item.earliestAt,
      who,
      () => `${key} is shown ${(item.earliestAt ?? 0) - t} ms before its start`,
    );
    check('returns', !watched.ended.has(key), who, () => `${key} had ended on this glass`);
    const heads = [life.accepted, watched.pointers.accepted];
    for (const order of heads) {
      if (order === 0) continue;
      check(
        'withdrawn',
        truth.of(orderIn(order))?.revoked.has(key) !== true,
        who,
        () => `${key} was withdrawn by version ${orderIn(order).version}`,
      );
    }
  }

  /** What was on the glass goes: what ended is remembered, and must not have stayed longer. */
  function leave(watched: Watched, life: LifeWatch, scene: string, t: number): void {
    const { lit } = life;
    if (lit.endsAt > t) return;
    const stood = timeline.now() - lit.trueAt;
    const hasJumped = Math.abs(t - lit.trustedAt - stood) > 500;
    check(
      'expiry',
      hasJumped || t < lit.endsAt + LATE_MS,
      watched.screen,
      () => `${overdue(lit, t)}, then came ${scene}`,
    );
    if (!hasJumped) truly(watched, life, lit);
    for (const { key, item } of lit.shown) {
      if (item.latestAt !== null && item.latestAt <= t) watched.ended.add(key);
    }
  }

  /** By true time, as far as the box has a confirmed clock. */
  function truly(watched: Watched, life: LifeWatch, lit: Lit): void {
    const screen = life.screen;
    if (screen === undefined || lit.shown.length === 0 || life.ages.length === 0) return;
    if (screen.condition().clock !== 'confirmed') return;
    const now = timeline.now();
    const drifted = (now - life.heardAt + HOUR) * DRIFT;
    const lateMs = LATE_MS + Math.min(...life.ages) + drifted + HALL_CLOCK_MS;
    check(
      'true-time',
      now < lit.endsAt + lateMs,
      watched.screen,
      () => `${lit.scene} is shown ${now - lit.endsAt} ms after its end by true time`,
    );
    for (const { key, item } of lit.shown) {
      if (item.earliestAt === null) continue;
      const early = item.earliestAt - now;
      check(
        'true-time',
        early <= drifted + HALL_CLOCK_MS,
        watched.screen,
        () => `${key} is shown ${early} ms before its start by true time`,
      );
    }
  }

  return {
    drawn(watched, scene) {
      const [slot, version] = scene.split('/');
      lightUp(watched, scene, (out) => {
        if (scene === 'card') return [];
        const placed = out.slots(watched.profile ?? '').get(slot ?? '');
        if (placed === undefined || String(placed.item.version) !== version) return undefined;
        return [{ key: placed.key, item: placed.item, endsAt: endOf(placed.item, placed) }];
      });
      classes(watched, scene);
    },

    listed(watched, keys) {
      lightUp(watched, keys.length === 0 ? 'nothing' : keys.join(' '), (out) => {
        const shown: ShownItem[] = [];
        for (const key of keys) {
          const item = out.items.get(key);
          if (item === undefined) return undefined;
          shown.push({ key, item, endsAt: endOf(item, undefined) });
        }
        return shown;
      });
      if (keys.length === 0) due(watched);
    },

    painted(watched, generation, showing) {
      const head = generation.channels[0]?.head;
      if (watched.life !== undefined && head !== undefined)
        watched.life.painted = { order: orderOf(head), showing };
    },

    read(watched, ref, bytes) {
      const name = createHash('sha256').update(bytes).digest('hex');
      check('bytes', name === ref.digest, watched.screen, () => `${ref.digest} is ${name}`);
    },

    judgeAgain(watched) {
      const { life } = watched;
      if (life?.screen === undefined || life.lit.accepted === life.accepted) return;
      const t = life.screen.now();
      for (const { key, item } of life.lit.shown) judge(watched, life, key, item, t);
    },
  };
}

const overdue = ({ scene, endsAt }: Lit, t: number): string =>
  `${scene} is shown ${t - endsAt} ms after its end`;
