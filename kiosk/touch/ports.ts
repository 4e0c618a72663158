import type { ReadonlySignal } from '@preact/signals';
import type { Timer } from '../../shared/sync/ports.ts';
import type { Speech } from './speech.ts';

/** What the touch page needs beside its screen. Tests step these; `main.tsx` gives the browser's. */
export interface TouchPorts {
  /** Milliseconds since some fixed moment of this page's life; never goes back. */
  readonly monotonic: () => number;
  readonly timer: Timer;
  /** Reads aloud, where the box has a Chinese voice of its own. */
  readonly speech: ReadonlySignal<Speech | undefined>;
  /** Starts the search worker. */
  readonly searchWorker: () => Worker;
  /** Nobody is here: a moment at which the program may be replaced. */
  readonly idled: () => void;
}
