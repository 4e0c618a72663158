import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { unreachable } from '../../../shared/kit/assert.ts';
import type { Shown } from '../model/visible-items.ts';
import { createFeed } from './feed.ts';
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
  const questions = createQuestions();
  let items: readonly Shown[] = [];
  /** Started with the first list or question: until then nothing is there to be searched. */
  let worker: Worker | undefined;
  const tell = (message: ToWorker): void => {
    worker ??= startWorker(spawn, hear, fail);
    worker.postMessage(message, []);
  };
  let feed = createFeed(tell);

  function hear(message: FromWorker): void {
    switch (message.type) {
      case 'taken':
      case 'ready':
        if (feed.heard(message.type) === 'behind') return;
        revision.value += 1;
        state.value = 'ready';
        return;
      case 'found':
        return questions.hear(message.id, message.found);
      default:
        return unreachable(message);
    }
  }

  function fail(): void {
    state.value = 'failed';
    questions.settle(undefined);
  }

  return {
    state,
    revision,
    update(next) {
      items = next;
      if (state.peek() !== 'failed') feed.update(items);
    },
    find(query, from, count) {
      if (state.peek() === 'failed') return Promise.resolve(undefined);
      const { id, answer } = questions.ask();
      tell({ type: 'find', id, query, from, count });
      return answer;
    },
    restart() {
      if (state.peek() !== 'failed') return;
      state.value = 'preparing';
      worker = undefined;
      feed = createFeed(tell);
      feed.update(items);
    },
    close() {
      worker?.terminate();
      questions.settle(undefined);
    },
  };
}

function startWorker(
  spawn: () => Worker,
  hear: (message: FromWorker) => void,
  fail: () => void,
): Worker {
  const worker = spawn();
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => hear(data));
  worker.addEventListener('error', () => {
    worker.terminate();
    fail();
  });
  return worker;
}

/** Only the newest question is of interest: typing on overtakes the one before. */
function createQuestions() {
  let asked = 0;
  let waiting: ((found: Found | undefined) => void) | undefined;
  const settle = (found: Found | undefined): void => {
    waiting?.(found);
    waiting = undefined;
  };
  return {
    settle,
    ask(): { readonly id: number; readonly answer: Promise<Found | undefined> } {
      settle(undefined);
      asked += 1;
      const answer = new Promise<Found | undefined>((resolve) => {
        waiting = resolve;
      });
      return { id: asked, answer };
    },
    hear(id: number, found: Found): void {
      if (id === asked) settle(found);
    },
  };
}
