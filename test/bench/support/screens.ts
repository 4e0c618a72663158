import { setTimeout as rest } from 'node:timers/promises';
import type { ScreenId } from '../../../shared/kit/ids.ts';
import { id, isProfileId, isScreenId } from '../../../shared/kit/ids.ts';
import type { InputOf, ScreenView } from '../../../shared/protocol/routes.ts';
import type { PublicKey } from '../../../shared/trust/digest.ts';
import type { ConsoleClient } from './console-client.ts';

type NewScreen = InputOf<'putScreen'>;

/** As many touch screens as told, and boards of every profile in turn. */
export function screensFor(
  touch: number,
  boards: number,
  profiles: readonly string[],
): NewScreen[] {
  return [
    ...Array.from({ length: touch }, (_, index) => ({
      ...named('touch', index),
      device: {
        kind: 'touch' as const,
        widthPx: 1080,
        heightPx: 1920,
        diagonalInches: 43,
        bottomMm: 800,
      },
    })),
    ...Array.from({ length: boards }, (_, index) => ({
      ...named('board', index),
      device: {
        kind: 'board' as const,
        profile: id(isProfileId, profiles[index % profiles.length] ?? ''),
      },
    })),
  ];
}

const named = (kind: string, index: number) => ({
  id: id(isScreenId, `${kind}-bench-${index}`),
  name: `${kind} ${index}`,
});

/** Offers a screen's key and approves it, as the person who stands before it does. */
export async function pair(
  manager: ConsoleClient,
  screen: ScreenId,
  key: PublicKey,
  address: string,
): Promise<void> {
  await manager.call('pairScreen', { screen, key }, address);
  await approveKey(manager, screen);
}

/** Approves the key that a screen has offered, or will within half a minute. */
export async function approveKey(manager: ConsoleClient, screen: ScreenId): Promise<void> {
  const fingerprint = await seen(
    manager,
    screen,
    `the key of ${screen}`,
    ({ waiting }) => waiting?.fingerprint,
  );
  await manager.call('approveScreen', { id: screen, fingerprint });
}

/** Resolves once the server has the screen's own word that it painted something. */
export async function untilPainted(manager: ConsoleClient, screen: ScreenId): Promise<void> {
  await seen(
    manager,
    screen,
    `a picture of ${screen}`,
    ({ channels }) => channels[0]?.painted ?? undefined,
  );
}

/** Looks at the screen as the console does until there is what is looked for. */
async function seen<Value>(
  manager: ConsoleClient,
  screen: ScreenId,
  what: string,
  find: (view: ScreenView) => Value | undefined,
): Promise<Value> {
  for (let tries = 0; tries < 300; tries++) {
    const { screens } = await manager.call('screens', { search: screen });
    const view = screens.find(({ id: name }) => name === screen);
    const found = view === undefined ? undefined : find(view);
    if (found !== undefined) return found;
    await rest(100);
  }
  throw new Error(`no ${what} within half a minute`);
}
