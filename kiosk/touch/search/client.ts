import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { SearchEntry } from '../../../shared/domain/release.ts';
import { unreachable } from '../../../shared/kit/assert.ts';
import type { Shown } from '../model/visible-items.ts';
import type { Searched } from './index.ts';
import type { Found, FromWorker, ToWorker } from './messages.ts';

/** Exact search as the page uses it. */
export interface Search {
  readonly state: ReadonlySignal<'preparing' | 'ready' | 'failed'>;
  /** Grows whenever other records can be found than before: answers are to be asked for again. */
  readonly revision: ReadonlySignal<number>;
  /** What can be found from now on, best first. */
  update(items: readonly Shown[]): void;
  /** The hits numbered [from, from + count). A later call overtakes: an overtaken one gives undefined. */
  find(query: string, from: number, count: number): Promise<Found | undefined>;
  /** Starts over after a failure. */
  restart(): void;
  close(): void;
}

export function createSearch(spawn: () => Worker): Search {
  const state = signal<'preparing' | 'ready' | 'failed'>('preparing');
  const revision = signal(0);
  let worker = start();
  let handover = createHandover([], new Map());
  let items: readonly Shown[] = [];
  /** Whether the worker owes an answer to what it was handed. */
  let owed = false;
  let asked = 0;
  let waiting: ((found: Found | undefined) => void) | undefined;

  function start(): Worker {
    const started = spawn();
    started.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => hear(data));
    started.addEventListener('error', fail);
    return started;
  }

  function fail(): void {
    worker.terminate();
    state.value = 'failed';
    settle(undefined);
  }

  function tell(message: ToWorker): void {
    worker.postMessage(message);
  }

  function hear(message: FromWorker): void {
    switch (message.type) {
      case 'taken':
        return handOn();
      case 'ready':
        // Something newer may have begun meanwhile; that will end with a `ready` of its own.
        owed = !handover.isDone();
        if (owed) handOn();
        else {
          revision.value += 1;
          state.value = 'ready';
        }
        return;
      case 'found':
        if (message.id === asked) settle(message.found);
        return;
      default:
        return unreachable(message);
    }
  }

  function settle(found: Found | undefined): void {
    waiting?.(found);
    waiting = undefined;
  }

  function handOn(): void {
    owed = true;
    tell(handover.next());
  }

  function take(next: readonly Shown[]): void {
    items = next;
    if (state.peek() === 'failed') return;
    handover = createHandover(next, handover.held());
    if (!owed) handOn();
  }

  return {
    state,
    revision,
    update: take,
    find(query, from, count) {
      settle(undefined);
      if (state.peek() === 'failed') return Promise.resolve(undefined);
      asked += 1;
      tell({ type: 'find', id: asked, query, from, count });
      return new Promise((resolve) => {
        waiting = resolve;
      });
    },
    restart() {
      if (state.peek() !== 'failed') return;
      state.value = 'preparing';
      owed = false;
      handover = createHandover([], new Map());
      worker = start();
      take(items);
    },
    close() {
      worker.terminate();
      settle(undefined);
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
