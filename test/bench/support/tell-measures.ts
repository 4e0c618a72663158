// Loaded into a server by --import: tells the bench what the process itself knows of its costs.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Measures, MeasureOrder } from './measures.ts';

/** Looking 200 times a second would itself be a percent of what is measured. */
const delay = monitorEventLoopDelay({ resolution: 20 });
delay.enable();

process.on('message', (order: MeasureOrder | undefined) => {
  if (order?.kind !== 'measure') return;
  if (!order.collect) return tell();
  globalThis.gc?.();
  setTimeout(tell, SWEPT_AFTER_MS);
});
process.channel?.unref();

/** A collection that was asked for goes on in threads of its own: its cost is nobody's request. */
const SWEPT_AFTER_MS = 100;

function tell(): void {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  const measures: Measures = {
    kind: 'measures',
    cpuMs: (user + system) / 1000,
    rss,
    held: heapUsed + external,
    longestStallMs: delay.max / 1e6,
  };
  delay.reset();
  process.send?.(measures);
}
