import type { RefereeParts } from './parts.ts';
import { classDue, isDue } from './glass-rules.ts';
import { orderOf } from './order.ts';
import type { Watched } from './watched.ts';

/** What ought to be on the glass and is not. */
export interface DueReferee {
  /** A board shows this scene. */
  classes(watched: Watched, scene: string): void;
  /** A touch screen lists nothing. */
  due(watched: Watched): void;
}

export function createDueReferee({ world, truth, check }: RefereeParts): DueReferee {
  const { timeline } = world;

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

  return { classes, due };

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
