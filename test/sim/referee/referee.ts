import type { ChannelDocument } from '../../../board-server/services/stored.ts';
import { createHash } from 'node:crypto';
import type { ObjectRef } from '../../../shared/domain/release.ts';
import type { Generation } from '../../../shared/sync/generation.ts';
import type { ReportBody } from '../../../shared/sync/reporting.ts';
import type { Disk, Home } from '../box/disk.ts';
import type { HallProcess } from '../hall/process.ts';
import type { Tally } from '../tally.ts';
import { createTally } from '../tally.ts';
import type { World } from '../world.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../seconds.ts';
import { classDue, endOf, isDue } from './glass-rules.ts';
import type { Broken, Invariant } from './invariants.ts';
import { orderIn, orderOf } from './order.ts';
import { payloadOf } from './truth.ts';
import type { Out, Truth } from './truth.ts';
import type { Lit, LifeWatch, ShownItem, Watched } from './watched.ts';
import { DARK, highestOf, isLost } from './watched.ts';

/** Looks at everything and knows what really happened. Decides nothing. */
export interface Referee {
  readonly checks: Tally;
  broken(): Broken | undefined;
  switchedOn(watched: Watched): LifeWatch;
  /** The engine has opened what the box held. */
  booted(watched: Watched, disk: Disk): void;
  /** Generation, condition or clock changed. */
  changed(watched: Watched, disk: Disk): void;
  drawn(watched: Watched, scene: string): void;
  listed(watched: Watched, keys: readonly string[]): void;
  painted(watched: Watched, generation: Generation, showing: string | null): void;
  read(watched: Watched, ref: ObjectRef, bytes: Uint8Array): void;
  reported(watched: Watched, body: ReportBody): void;
  heard(watched: Watched, leases: readonly string[]): void;
  asked(watched: Watched): void;
  writing(watched: Watched, home: Home, name: string, value: string): void;
  written(watched: Watched, home: Home, name: string, value: string): void;
  torn(watched: Watched, home: Home, name: string): void;
  /** A fault took or changed what was stored. */
  hurt(watched: Watched): void;
  lost(watched: Watched, home: Home): void;
  /** The hall gave this to a screen, or announced it. */
  out(document: ChannelDocument): Out;
  leased(envelope: string): void;
  check(invariant: Invariant, holds: boolean, who: string, detail: () => string): void;
}

/** How far a box's crystal and the hall's own clock may add to what the line delays. */
const DRIFT = 60e-6;
const HALL_CLOCK_MS = 150;
const LATE_MS = SECOND;
const AGES_KEPT = 60;
/** Questions a minute: a first release is some eighty objects. */
const ASKED_MAX = 400;
const NEAR_MS = 30 * DAY;
/** [TR10] A step of ten minutes stops the signer; a little more for the moment of looking. */
const HALL_STEP_MS = 10 * MINUTE + SECOND;

export function createReferee(world: World, truth: Truth, process: HallProcess): Referee {
  const checks = createTally();
  const { timeline } = world;
  let broken: Broken | undefined;

  const check: Referee['check'] = (invariant, holds, who, detail) => {
    checks.add(invariant);
    if (holds || broken !== undefined) return;
    broken = { invariant, at: timeline.now(), who, detail: detail() };
    world.note(who, `BROKEN ${invariant}: ${broken.detail}`);
    timeline.stop();
  };

  /** The head that a generation stands on, as the hall said it. */
  function outOf(watched: Watched, generation: Generation): Out | undefined {
    const head = generation.channels[0]?.head;
    const out = head === undefined ? undefined : truth.of(head);
    check(
      'signed-release',
      out !== undefined && out.release === head?.release.digest,
      watched.screen,
      () => `a generation of head ${head?.epoch}.${head?.version} that the hall never gave`,
    );
    return out;
  }

  function flipped(watched: Watched, life: LifeWatch, disk: Disk): void {
    const generation = life.screen?.generation();
    if (generation === undefined || generation === life.generation) return;
    const before = life.generation?.channels[0]?.head;
    life.generation = generation;
    const out = outOf(watched, generation);
    if (out === undefined) return;
    watched.shown = orderOf(out);
    world.note(watched.screen, `shows version ${out.version}`);
    if (before !== undefined) {
      check(
        'order',
        orderOf(out) >= orderOf(before),
        watched.screen,
        () => `went from version ${before.version} to ${out.version}`,
      );
    }
    const missing = out.objects(watched.sections).find(({ digest }) => !disk.objects.has(digest));
    check(
      'whole-switch',
      missing === undefined || watched.hurt !== 'no',
      watched.screen,
      () => `version ${out.version} is shown without ${missing?.digest}`,
    );
  }

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
    const out = generation === undefined ? undefined : outOf(watched, generation);
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
    checks,
    broken: () => broken,
    check,
    switchedOn(watched) {
      if (watched.hurt === 'in this life') watched.hurt = 'in an earlier life';
      const life: LifeWatch = {
        startedAt: timeline.now(),
        screen: undefined,
        accepted: 0,
        generation: undefined,
        painted: undefined,
        lit: { ...DARK },
        asked: { minute: 0, count: 0 },
        ages: [],
        heardAt: timeline.now(),
      };
      watched.life = life;
      return life;
    },

    booted(watched, disk) {
      const { life } = watched;
      const screen = life?.screen;
      if (life === undefined || screen === undefined) return;
      const { current } = watched.pointers;
      const head = screen.generation()?.channels[0]?.head;
      const order = head === undefined ? 0 : orderOf(head);
      const due = Math.max(current, watched.shown);
      check(
        'power-cut',
        watched.hurt !== 'no' || order >= due,
        watched.screen,
        () =>
          `had version ${orderIn(due).version} and came back with ` +
          (head === undefined ? 'nothing' : `version ${head.version}`),
      );
      watched.shown = order;
      const floor = Math.max(...disk.notes.map((notes) => floorIn(notes.get('clock'))));
      const t = screen.now();
      const isNear = Math.abs(t - floor) <= NEAR_MS;
      check(
        'clock',
        screen.condition().clock !== 'unconfirmed' || isNear,
        watched.screen,
        () => `an unconfirmed clock ${Math.round((t - floor) / DAY)} days from its floor`,
      );
      flipped(watched, life, disk);
    },

    changed(watched, disk) {
      const { life } = watched;
      if (life?.screen === undefined) return;
      flipped(watched, life, disk);
      // A page need not look again, so what it shows is judged by what was accepted meanwhile.
      const { shown, accepted } = life.lit;
      if (accepted === life.accepted) return;
      for (const { key, item } of shown) judge(watched, life, key, item, life.screen.now());
    },

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

    reported(watched, body) {
      const { life } = watched;
      const [channel] = body.channels;
      if (life === undefined || channel === undefined) return;
      const said = channel.painted === null ? 0 : orderOf(channel.painted);
      const stands = life.painted?.order ?? 0;
      check(
        'report',
        said === stands,
        watched.screen,
        () =>
          `says it painted version ${orderIn(said).version}, painted ${orderIn(stands).version}`,
      );
      check(
        'report',
        body.showing === (life.painted?.showing ?? null),
        watched.screen,
        () => `says it shows ${body.showing}, shows ${life.painted?.showing}`,
      );
      const showing = life.lit.shown[0]?.key ?? null;
      const isBoard = watched.profile !== undefined && life.painted !== undefined;
      check(
        'report',
        !isBoard || body.showing === showing,
        watched.screen,
        () => `says it shows ${body.showing}, the stage drew ${showing}`,
      );
    },

    heard(watched, leases) {
      const { life } = watched;
      if (life === undefined) return;
      for (const envelope of leases) {
        life.ages.push(Math.max(0, timeline.now() - truth.learnLease(envelope).signedAt));
        if (life.ages.length > AGES_KEPT) life.ages.shift();
        life.heardAt = timeline.now();
      }
    },

    asked(watched) {
      const { life } = watched;
      if (life === undefined) return;
      const minute = Math.floor(timeline.now() / MINUTE);
      if (minute !== life.asked.minute) life.asked = { minute, count: 0 };
      life.asked.count += 1;
      check(
        'pace',
        life.asked.count <= ASKED_MAX,
        watched.screen,
        () => `asks for the ${life.asked.count}th time in a minute`,
      );
    },

    writing(watched, home, name, value) {
      if (watched.life === undefined) return;
      if (name === 'marks') follows(watched, orderInMarks(value));
      if (home !== 0 || name !== 'accepted') return;
      const order = orderInPointer(value);
      follows(watched, order);
      check(
        'signed-release',
        truth.of(orderIn(order)) !== undefined,
        watched.screen,
        () => `accepts head ${orderIn(order).version} that the hall never gave`,
      );
      watched.life.accepted = Math.max(watched.life.accepted, order);
      world.note(watched.screen, `accepts version ${orderIn(order).version}`);
    },

    written(watched, home, name, value) {
      if (name === 'marks') watched.marks[home] = orderInMarks(value);
      if (home !== 0) return;
      if (name === 'accepted' || name === 'current') watched.pointers[name] = orderInPointer(value);
      // What was settled was read back whole; an older one says nothing of the one before it.
      const isWhole = name === 'settled' && orderInPointer(value) >= watched.pointers.current;
      if (isWhole && watched.hurt === 'in an earlier life') watched.hurt = 'no';
    },

    torn(watched, home, name) {
      world.note(watched.screen, `torn: ${name}`);
      if (name === 'marks') watched.marks[home] = 0;
      if (name === 'current' && home === 0) watched.pointers.current = 0;
    },

    hurt(watched) {
      watched.hurt = watched.life === undefined ? 'in an earlier life' : 'in this life';
    },

    lost(watched, home) {
      watched.marks[home] = 0;
      if (home === 0) {
        watched.pointers = { accepted: 0, current: 0 };
        watched.shown = 0;
        watched.hurt = watched.life === undefined ? 'in an earlier life' : 'in this life';
      }
      if (isLost(watched)) watched.ended.clear();
    },

    out(document) {
      const { head } = document;
      const before = truth.newest();
      const { out, isNew } = truth.learn(document);
      check(
        'server-order',
        out.text === document.envelope,
        'hall',
        () => `version ${head.version} has two meanings`,
      );
      if (!isNew) return out;
      check(
        'server-order',
        before === undefined || orderOf(head) > orderOf(before),
        'hall',
        () => `version ${head.version} follows ${before?.version}`,
      );
      const staff = [...out.items.values()].find(({ audience }) => audience !== 'public');
      check(
        'staff',
        staff === undefined,
        'hall',
        () => `version ${head.version} holds ${staff?.record} for ${staff?.audience}`,
      );
      rightly('hall', head.activateAt, `version ${head.version}`);
      return out;
    },

    leased(envelope) {
      const lease = truth.learnLease(envelope);
      if (process.running()?.signer.suspicion() === undefined)
        rightly('hall', lease.signedAt, 'a lease');
    },
  };

  /** [TR4] [TR5] Not older than anything that its disk still knows. */
  function follows(watched: Watched, order: number): void {
    const highest = Math.max(highestOf(watched), watched.life?.accepted ?? 0);
    check(
      'order',
      order >= highest,
      watched.screen,
      () => `accepts version ${orderIn(order).version} after ${orderIn(highest).version}`,
    );
  }

  /** [TR10] Signed by a clock that can be right. */
  function rightly(who: string, signedAt: number, what: string): void {
    const off = Math.abs(signedAt - timeline.now());
    check(
      'server-clock',
      off <= HALL_STEP_MS,
      who,
      () => `${what} was signed ${Math.round(off / MINUTE)} minutes from true time`,
    );
  }

  /**
   * [PB2] Class first, and no card while something is due. A page that was mended is drawn once more
   * without it before it has been read again: what still stands when the instant is over counts.
   */
  function classes(watched: Watched, scene: string): void {
    const wrong = wrongClass(watched, scene);
    const name = scene === 'card' ? 'blank' : 'class-order';
    if (wrong === undefined) return check(name, true, watched.screen, () => '');
    const { life } = watched;
    timeline.at(timeline.now(), () => {
      if (watched.life !== life || life?.lit.scene !== scene) return;
      const still = wrongClass(watched, scene);
      check(name, still === undefined, watched.screen, () => still ?? '');
    });
  }

  function wrongClass({ life, profile }: Watched, scene: string): string | undefined {
    const screen = life?.screen;
    const head = life?.generation?.channels[0]?.head;
    const out = head === undefined ? undefined : truth.of(head);
    if (screen === undefined || profile === undefined || out === undefined) return undefined;
    // A page that is still loading the new generation shows the one before, at first its card.
    if (life?.painted?.order !== orderOf(out)) return undefined;
    const { revoked, freshAt } = screen.condition();
    const withheld = Object.values(revoked)[0] ?? new Set<string>();
    const fresh = Object.values(freshAt)[0] ?? -Infinity;
    const due = classDue(out, profile, withheld, screen.now(), fresh);
    const [slot = ''] = scene.split('/');
    const shown = scene === 'card' ? undefined : out.slots(profile).get(slot)?.class;
    return shown === due ? undefined : `${shown ?? 'the card'}, while ${due ?? 'nothing'} is due`;
  }

  function due(watched: Watched): void {
    const { life } = watched;
    const head = life?.generation?.channels[0]?.head;
    const out = head === undefined ? undefined : truth.of(head);
    if (life?.screen === undefined || out === undefined) return;
    const { screen } = life;
    const { revoked, freshAt } = screen.condition();
    const withheld = Object.values(revoked)[0] ?? new Set<string>();
    const fresh = Object.values(freshAt)[0] ?? -Infinity;
    const waiting = [...out.items].find(
      ([key, item]) =>
        item.carriers.includes('touch') && !withheld.has(key) && isDue(item, screen.now(), fresh),
    );
    check(
      'blank',
      waiting === undefined,
      watched.screen,
      () => `nothing is listed while ${waiting?.[0]} is due`,
    );
  }
}

const overdue = ({ scene, endsAt }: Lit, t: number): string =>
  `${scene} is shown ${t - endsAt} ms after its end`;

function floorIn(text: string | undefined): number {
  try {
    return (JSON.parse(text ?? '') as { readonly floor: number }).floor;
  } catch {
    return -Infinity; // Torn or lost: this home knows no floor.
  }
}

function orderInPointer(text: string): number {
  const { heads } = JSON.parse(text) as { readonly heads: readonly { readonly head: string }[] };
  const [first] = heads;
  if (first === undefined) return 0;
  return orderOf(payloadOf(first.head) as { readonly epoch: number; readonly version: number });
}

function orderInMarks(text: string): number {
  const { marks } = JSON.parse(text) as {
    readonly marks: Readonly<Record<string, { readonly epoch: number; readonly version: number }>>;
  };
  const head = Object.entries(marks).find(([name]) => name.startsWith('head/'))?.[1];
  return head === undefined ? 0 : orderOf(head);
}
