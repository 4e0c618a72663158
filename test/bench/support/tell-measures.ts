// Loaded into a server by --import: tells the bench what the process itself knows of its costs.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Measures, MeasureOrder } from './measures.ts';

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();

process.on('message', (order: MeasureOrder | undefined) => {
  if (order?.kind !== 'measure') return;
  if (order.collect) globalThis.gc?.();
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
});
process.channel?.unref();
