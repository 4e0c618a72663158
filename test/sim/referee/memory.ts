import type { Home } from '../box/disk.ts';
import { payloadOf } from './truth.ts';
import { orderIn, orderOf } from './order.ts';
import type { RefereeParts } from './parts.ts';
import type { LifeWatch, Watched } from './watched.ts';
import { highestOf, isLost } from './watched.ts';

/** Looks at what a box writes, and knows what of it must still be there. */
export interface MemoryReferee {
  writing(watched: Watched, home: Home, name: string, value: string): void;
  written(watched: Watched, home: Home, name: string, value: string): void;
  torn(watched: Watched, home: Home, name: string): void;
  /** A fault took or changed what was stored. */
  hurt(watched: Watched): void;
  lost(watched: Watched, home: Home): void;
}

/** As many as the engine takes its time from. */
const AGES_KEPT = 60;

export function createMemoryReferee({ world, truth, check }: RefereeParts): MemoryReferee {
  const { timeline } = world;

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

  /** Leases that count from now on: how old they were is how late the box may be. */
  function taken(life: LifeWatch, text: string): void {
    const { leases } = JSON.parse(text) as { readonly leases: Readonly<Record<string, string>> };
    for (const envelope of Object.values(leases)) {
      if (life.leases.has(envelope)) continue;
      life.ages.push(Math.max(0, timeline.now() - truth.read(envelope).signedAt));
      if (life.ages.length > AGES_KEPT) life.ages.shift();
      life.heardAt = timeline.now();
    }
    life.leases = new Set(Object.values(leases));
  }

  return {
    writing(watched, home, name, value) {
      if (watched.life === undefined) return;
      if (name === 'marks') follows(watched, orderInMarks(value));
      if (name === 'leases') taken(watched.life, value);
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
  };
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
