import type { ObjectRef } from '../../../shared/domain/release.ts';
import type { Generation } from '../../../shared/sync/generation.ts';
import type { Shelf } from '../../../shared/sync/ports.ts';
import type { Digest } from '../../../shared/trust/digest.ts';
import { spoilBytes } from './spoil.ts';

/** The simulated disk of a screen: its own database, in which bits can be turned. */
export interface Disk {
  readonly shelf: Shelf;
  /** Turns a bit of what is stored under each of these names. */
  damage(refs: readonly ObjectRef[]): Promise<void>;
  /** Objects that the screen stored though their bytes are not what their name says. */
  wrong(): number;
}

export function simulateDisk(shelf: Shelf, digest: Digest): Disk {
  let wrong = 0;
  return {
    wrong: () => wrong,
    shelf: {
      ...shelf,
      async put(objects) {
        const names = await Promise.all(objects.map(({ bytes }) => digest(bytes)));
        wrong += objects.filter((object, index) => object.digest !== names[index]).length;
        return shelf.put(objects);
      },
    },
    async damage(refs) {
      for (const { digest: name } of refs) {
        const bytes = await shelf.get(name);
        if (bytes !== undefined) await shelf.put([{ digest: name, bytes: spoilBytes(bytes) }]);
      }
    },
  };
}

/** Some of what the screen draws from: pages of its board, or what a touch on it would open. */
export function drawnFrom({ lineup, channels }: Generation, count: number): readonly ObjectRef[] {
  const { device } = lineup;
  const refs = channels.flatMap(({ touch, board }) =>
    device.kind === 'touch'
      ? touch.map(({ item }) => item.view)
      : board.flatMap(({ item }) => item.boards[device.profile]?.pages ?? []),
  );
  return [...new Map(refs.map((ref) => [ref.digest, ref])).values()].slice(0, count);
}
