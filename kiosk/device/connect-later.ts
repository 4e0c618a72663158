import { clocks, timer } from './clocks.ts';
import type { Connect, Connection } from './connection.ts';

/** The line went while its program was being fetched; kept with the shell, it comes at once. */
const AGAIN_MS = 10_000;

/** Connects once the socket's program is there, which no picture needs. */
export const connectLater: Connect = (base, screen, listener) => {
  let connection: Connection | undefined;
  let isClosed = false;

  async function bring(): Promise<void> {
    const program = await import('./connection.ts').catch(() => undefined);
    if (isClosed) return;
    if (program === undefined) timer(clocks.monotonic() + AGAIN_MS, () => void bring());
    else connection = program.connect(base, screen, listener);
  }

  void bring();
  return {
    report: (envelope) => connection?.report(envelope),
    close() {
      isClosed = true;
      connection?.close();
    },
  };
};
