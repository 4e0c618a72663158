import type { FailedShell, PageToWorker } from '../../shared/protocol/shell.ts';
import { readWorkerMessage, shellText } from '../../shared/protocol/shell.ts';
import { rolledBackFrom } from '../../shared/sync/shells.ts';
import { shellBuild } from './boot-word.ts';
import { clocks, timer } from './clocks.ts';
import { hasRested, REST_MS } from './shell-rest.ts';
import { notedShells } from './shells-note.ts';
import { abandonWorker, registerWorker } from './worker-registration.ts';

/** The shell that runs, kept by the service worker, and the next one when it has come. */
export interface Shell {
  /**
   * Called at an idle boundary: a next shell that has waited long enough takes over, and the page
   * is loaded anew. Whether it does.
   */
  swapWhenIdle(): boolean;
  close(): void;
}

export interface ShellPorts {
  /** Whether the hall's server is in reach, by another way than the worker's. */
  readonly isConnected: () => boolean;
  /** [SH2] A next shell has sat long enough, or has taken over: is nobody here, it may go on at once. */
  readonly rested: () => void;
}

/** A page that never navigates never asks for a new shell by itself. */
const LOOK_EVERY_MS = 15 * 60_000;
/** [SH8] Longer than a worker of ours takes: one that leaves its page waiting so long is dead. */
const ANSWER_MS = 30_000;

/** Keeps this shell for reloads without a server. Does nothing while developing. */
export async function openShell(ports: ShellPorts): Promise<Shell | undefined> {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return undefined;
  const registration = await registerWorker();
  return registration === undefined ? undefined : keepShell(registration, ports);
}

function keepShell(registration: ServiceWorkerRegistration, ports: ShellPorts): Shell {
  let next: { readonly worker: ServiceWorker; readonly since: number } | undefined;
  let state: 'open' | 'swapping' | 'taken-over' | 'closed' = 'open';
  const cancels = new Map<'look' | 'rest', () => void>();

  const after = (name: 'look' | 'rest', ms: number, run: () => void): void => {
    cancels.get(name)?.();
    cancels.set(name, timer(clocks.monotonic() + ms, run));
  };

  /** Notes which shell waits, and since when this page has known of it. */
  function note(worker: ServiceWorker | null): void {
    // The first one of a box takes over by itself: nothing waits for it.
    if (registration.active === null) return;
    if (worker === null || worker.state !== 'installed' || worker === next?.worker) return;
    next = { worker, since: clocks.monotonic() };
    after('rest', REST_MS, ports.rested);
  }

  function look(): void {
    after('look', LOOK_EVERY_MS, look);
    // Unreachable is no news: it looks again later.
    registration.update().catch(() => undefined);
    if (navigator.serviceWorker.controller !== null) void leaveWhenDead();
  }

  /** [SH8] Whether the worker that controls this page answers; one that does not is left. */
  async function leaveWhenDead(): Promise<'answers' | 'dead'> {
    if (await isAnswered()) return 'answers';
    // Without the server a reload would find nothing: the page that runs is better than none.
    if (state !== 'closed' && ports.isConnected()) await abandonWorker(registration);
    return 'dead';
  }

  async function swapTo(worker: ServiceWorker): Promise<void> {
    tellWorker(worker, { kind: 'take-over' });
    await isActive(worker);
    if ((await leaveWhenDead()) === 'dead' || state !== 'swapping') return;
    // The browser may have taken minutes: whoever came meanwhile is not disturbed.
    state = 'taken-over';
    ports.rested();
  }

  note(registration.waiting);
  after('look', LOOK_EVERY_MS, look);
  registration.addEventListener('updatefound', () => {
    // The registration may name it as waiting a moment later than it says itself that it is.
    const { installing } = registration;
    installing?.addEventListener('statechange', () => note(installing));
  });

  return {
    swapWhenIdle() {
      if (state === 'taken-over') location.reload();
      const rested = next !== undefined && hasRested(next.since, clocks.monotonic());
      if (next === undefined || !rested || state !== 'open') return false;
      state = 'swapping';
      void swapTo(next.worker);
      return true;
    },
    close() {
      state = 'closed';
      for (const cancel of cancels.values()) cancel();
    },
  };
}

/** [SH4] [SH5] The boot is proved to the worker; what this shell was taken back for is told. */
export function sayBooted(tell: (shell: string) => void): void {
  const worker = 'serviceWorker' in navigator ? navigator.serviceWorker.controller : null;
  if (worker === null) return;
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const rolledBackFrom = readWorkerMessage(data)?.rolledBackFrom ?? null;
    if (rolledBackFrom !== null) tell(shellText({ build: shellBuild, rolledBackFrom }));
    port1.close();
  });
  port1.start();
  tellWorker(worker, { kind: 'painted' }, [port2]);
}

/** [SH11] The build that this one was taken back for, as the worker noted it. */
export async function failedBefore(): Promise<FailedShell | null> {
  const shells = 'caches' in window ? await notedShells() : undefined;
  // A page that is no shell of this box, or was left over by another, has no part in it.
  return shells === undefined || shells.use !== shellBuild ? null : rolledBackFrom(shells);
}

function tellWorker(
  worker: ServiceWorker,
  message: PageToWorker,
  ports: Transferable[] = [],
): void {
  worker.postMessage(message, ports);
}

function isActive(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (worker.state === 'activated' || worker.state === 'redundant') resolve();
    };
    worker.addEventListener('statechange', look);
    look();
  });
}

/** Whether the worker answers for this page's address, with whatever it has. */
async function isAnswered(): Promise<boolean> {
  const late = new AbortController();
  const cancel = timer(clocks.monotonic() + ANSWER_MS, () => late.abort());
  try {
    const response = await fetch(location.href, { signal: late.signal });
    // Left unread, it would keep that worker busy, and its successor from taking over.
    await response.arrayBuffer();
    return true;
  } catch (error) {
    if (error instanceof Error) return !late.signal.aborted; // "No line" is an answer.
    throw error;
  } finally {
    cancel();
  }
}
