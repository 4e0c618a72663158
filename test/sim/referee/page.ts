import type { ReportBody } from '../../../shared/sync/reporting.ts';
import type { Disk } from '../box/disk.ts';
import { DAY, MINUTE } from '../seconds.ts';
import type { GlassReferee } from './glass.ts';
import { orderIn, orderOf } from './order.ts';
import type { RefereeParts } from './parts.ts';
import { outOf } from './parts.ts';
import type { LifeWatch, Watched } from './watched.ts';
import { DARK } from './watched.ts';

/** Looks at one page from its start to its end: what it takes up, asks and says. */
export interface PageReferee {
  switchedOn(watched: Watched): LifeWatch;
  /** The engine has opened what the box held. */
  booted(watched: Watched, disk: Disk): void;
  /** Generation, condition or clock changed. */
  changed(watched: Watched, disk: Disk): void;
  reported(watched: Watched, body: ReportBody): void;
  asked(watched: Watched): void;
}

const NEAR_MS = 30 * DAY;
/** Questions a minute: a first release is some eighty objects. */
const ASKED_MAX = 400;

export function createPageReferee(
  parts: RefereeParts,
  { judgeAgain }: Pick<GlassReferee, 'judgeAgain'>,
): PageReferee {
  const { world, check } = parts;
  const { timeline } = world;

  function flipped(watched: Watched, life: LifeWatch, disk: Disk): void {
    const generation = life.screen?.generation();
    if (generation === undefined || generation === life.generation) return;
    const before = life.generation?.channels[0]?.head;
    life.generation = generation;
    const out = outOf(parts, watched, generation);
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

  return {
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
        leases: new Set(),
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
      if (watched.life?.screen === undefined) return;
      flipped(watched, watched.life, disk);
      judgeAgain(watched);
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
  };
}

function floorIn(text: string | undefined): number {
  try {
    return (JSON.parse(text ?? '') as { readonly floor: number }).floor;
  } catch {
    return -Infinity; // Torn or lost: this home knows no floor.
  }
}
