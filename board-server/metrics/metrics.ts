import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { Answered, RequestLog } from '../app.ts';
import type { Hall } from '../hall.ts';
import type { Synced } from './timed-file-system.ts';
import { createGauges } from './gauges.ts';
import { createRequestTimes } from './request-times.ts';

/** [OP1] What a monitoring system asks every quarter of a minute, in the text format of Prometheus. */
export interface Metrics {
  /** Counts what the log is told, then tells the log. */
  counting(log: RequestLog): RequestLog;
  synced(kind: Synced, milliseconds: number): void;
  /** From now on the hall's own state is read at each asking. */
  watch(hall: Hall, now: () => number): void;
  text(): Promise<string>;
}

export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  // Processor, memory, open files, garbage collection and how late the event loop runs.
  collectDefaultMetrics({ register: registry });
  const times = createRequestTimes();
  const refusals = new Counter({
    name: 'openhall_http_refusals_total',
    help: 'Requests refused, by code',
    labelNames: ['refusal'] as const,
    registers,
  });
  const syncs = new Histogram({
    name: 'openhall_store_sync_seconds',
    help: 'How long the disk took to make bytes or names durable',
    labelNames: ['kind'] as const,
    buckets: [0.0005, 0.002, 0.01, 0.05, 0.25, 1, 5],
    registers,
  });
  const publications = new Counter({
    name: 'openhall_publications_total',
    help: 'New heads that were signed and announced',
    registers,
  });

  let look = nothing;
  const count = ({ route, method, status, milliseconds, refusal }: Answered): void => {
    const known = METHODS.has(method) ? method : 'other';
    times.observe({ route: route ?? 'other', method: known, status }, milliseconds);
    if (refusal !== undefined) refusals.inc({ refusal });
  };

  return {
    counting: (log) => ({
      failed: log.failed,
      answered(line) {
        count(line);
        log.answered(line);
      },
    }),
    synced: (kind, milliseconds) => syncs.observe({ kind }, milliseconds / 1000),
    watch(hall, now) {
      hall.services.announcer.listen({
        moved: () => publications.inc(),
        leased: nothing,
        lineup: nothing,
        changed: nothing,
      });
      const show = createGauges(registry);
      look = () => show(stateOf(hall, now()));
    },
    async text() {
      look();
      return `${await registry.metrics()}\n${times.text()}\n`;
    },
  };
}

const nothing = (): void => undefined;

/** Anyone may invent methods; each would be a series of its own for ever. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']);

function stateOf({ store, objects, services, obstacles }: Hall, t: number) {
  const status = store.status();
  let stored = 0;
  for (const _name of objects.names()) stored += 1;
  return {
    ready: obstacles().length === 0 ? 1 : 0,
    connected: services.screens.connectedCount(),
    screens: services.screens.counts(t),
    store: {
      ok: status.state === 'ok' ? 1 : 0,
      full: status.state === 'full' ? 1 : 0,
      'read-only': status.state === 'read-only' ? 1 : 0,
    },
    documents: status.documents,
    journalBytes: status.journalBytes,
    damaged: status.damage.length,
    objects: stored,
    inMemory: objects.inMemory(),
    auditEntries: store.head('audit').seq,
    publishedVersion: services.publishing.current()?.document.head.version ?? 0,
  };
}

export type HallState = ReturnType<typeof stateOf>;
