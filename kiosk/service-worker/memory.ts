import type { Shells } from '../../shared/sync/shells.ts';
import { firstShells } from '../../shared/sync/shells.ts';
import { notedShells, noteShells } from '../device/shells-note.ts';
import { keptBuilds } from './shell-files.ts';

/** What the worker remembers of its shells. Pages that start together change it one after another. */
export interface Memory {
  read(): Promise<Shells>;
  /** Written before it is acted on, so that what ends now was counted. */
  change(decide: (shells: Shells) => Shells): Promise<Shells>;
}

export function openMemory(own: string): Memory {
  let known: Shells | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const read = async (): Promise<Shells> =>
    (known ??= (await notedShells()) ?? firstShells(own, await keptBuilds()));

  async function changeNow(decide: (shells: Shells) => Shells): Promise<Shells> {
    const before = await read();
    const next = decide(before);
    known = next;
    if (next !== before) await noteShells(next);
    return next;
  }

  return {
    read,
    change(decide) {
      const mine = turn.then(() => changeNow(decide));
      turn = mine.catch(() => undefined); // Whoever asked for it hears of it.
      return mine;
    },
  };
}
