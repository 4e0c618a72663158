import type { SearchEntry } from '../../../shared/domain/release.ts';
import type { Shown } from '../model/visible-items.ts';
import type { Searched } from './index.ts';
import type { ToWorker } from './messages.ts';

/** Keeps the worker's list level with the page's, a slice at a time. */
export interface Feed {
  update(items: readonly Shown[]): void;
  /** The worker has taken what it was handed. Gives `level` once it holds the newest list. */
  heard(answer: 'taken' | 'ready'): 'level' | 'behind';
}

export function createFeed(tell: (message: ToWorker) => void): Feed {
  let handover = createHandover([], new Map());
  /** Whether the worker owes an answer to what it was handed. */
  let owed = false;
  const handOn = (): void => {
    owed = true;
    tell(handover.next());
  };
  return {
    update(items) {
      handover = createHandover(items, handover.held());
      if (!owed) handOn();
    },
    heard(answer) {
      // Something newer may have begun meanwhile; that will end with a `ready` of its own.
      owed = answer === 'taken' || !handover.isDone();
      if (owed) handOn();
      return owed ? 'behind' : 'level';
    },
  };
}

/** Handing over this much takes about a millisecond of the page's thread. */
const SLICE_CHARACTERS = 100_000;
const SLICE_RECORDS = 256;

type Held = Map<string, SearchEntry>;

/** A list on its way to the worker, which already holds some of it. */
function createHandover(items: readonly Shown[], before: Held) {
  const held: Held = before;
  const kept: Held = new Map();
  let at = -1;

  function slice(): ToWorker {
    const keys: string[] = [];
    const documents: Searched[] = [];
    let room = SLICE_CHARACTERS;
    for (; at < items.length && keys.length < SLICE_RECORDS && room > 0; at++) {
      const shown = items[at];
      if (shown?.entry === undefined) continue;
      const { key, text, initials } = shown.entry;
      keys.push(key);
      kept.set(key, shown.entry);
      // The screen keeps what did not change: the same entry is the same object.
      if (held.get(key) === shown.entry) continue;
      held.set(key, shown.entry);
      documents.push({ key, title: shown.item.listing.title, text, initials });
      room -= text.length;
    }
    return { type: 'put', keys, documents };
  }

  return {
    next(): ToWorker {
      if (at === -1) {
        at = 0;
        return { type: 'begin' };
      }
      if (at < items.length) return slice();
      at = items.length + 1;
      return { type: 'end' };
    },
    isDone: () => at > items.length,
    /** What the worker holds: after the end only what was listed. */
    held: (): Held => (at > items.length ? kept : held),
  };
}
