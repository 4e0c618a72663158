import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { unreachable } from '../../../shared/kit/assert.ts';
import type { Shown } from '../model/visible-items.ts';
import type { Searched } from './index.ts';
import type { Found, FromWorker, ToWorker } from './messages.ts';

/** Exact search as the page uses it. */
export interface Search {
  readonly state: ReadonlySignal<'preparing' | 'ready' | 'failed'>;
  /** What can be found from now on, best first. */
  update(items: readonly Shown[]): void;
  /** The hits numbered [from, from + count). A later call overtakes: an overtaken one gives undefined. */
  find(query: string, from: number, count: number): Promise<Found | undefined>;
  /** Starts over after a failure. */
  restart(): void;
  close(): void;
}

/** Handing over this many characters takes about a millisecond of the page's thread. */
const SLICE_CHARACTERS = 200_000;

export function createSearch(spawn: () => Worker): Search {
  const state = signal<'preparing' | 'ready' | 'failed'>('preparing');
  let items: readonly Shown[] = [];
  let held = new Map<string, Shown>();
  let worker = start();
  /** Slices the worker has not taken; the last thing to send is the order. */
  let slices: (readonly Searched[])[] = [];
  let sending = false;
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
        return sendNext();
      case 'ordered':
        state.value = sending ? 'preparing' : 'ready';
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

  function sendNext(): void {
    const slice = slices.shift();
    sending = slice !== undefined;
    tell(slice === undefined ? { type: 'order', keys: [...held.keys()] } : { type: 'put', documents: slice });
  }

  function take(next: readonly Shown[]): void {
    items = next;
    const changed: Searched[] = [];
    const now = new Map<string, Shown>();
    for (const shown of next) {
      if (shown.entry === undefined) continue;
      const { key } = shown.entry;
      if (held.get(key)?.entry !== shown.entry) changed.push(searchedOf(shown));
      now.set(key, shown);
    }
    held = now;
    slices.push(...slicesOf(changed));
    if (!sending) sendNext();
  }

  return {
    state,
    update(next) {
      if (state.peek() === 'failed') items = next;
      else take(next);
    },
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
      [held, slices, sending] = [new Map(), [], false];
      worker = start();
      take(items);
    },
    close() {
      worker.terminate();
      settle(undefined);
    },
  };
}

function searchedOf({ item, entry }: Shown): Searched {
  const { text = '', initials = '' } = entry ?? {};
  return { key: item.record, title: item.listing.title, text, initials };
}

function slicesOf(documents: readonly Searched[]): (readonly Searched[])[] {
  const slices: Searched[][] = [];
  let room = 0;
  for (const document of documents) {
    if (room <= 0) {
      slices.push([]);
      room = SLICE_CHARACTERS;
    }
    slices.at(-1)?.push(document);
    room -= document.text.length;
  }
  return slices;
}
