import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setTimeout as rest } from 'node:timers/promises';
import { Agent, request } from 'node:http';
import type { Report } from './report.ts';
import { median, percentile } from './report.ts';
import { makeLargeHall } from './support/large-hall.ts';
import { heard, startMeasuredBoardServer } from './support/measures.ts';
import { within } from './support/moments.ts';
import type { SlowNews, SlowOrder } from './support/slow-senders.ts';

const SENDERS = 5000;
const ROUNDS = 5;
const REQUESTS_EVERY_MS = 10;
const IDLE_MS = 6000;

// 5,000 senders begin a request and never finish it, a byte each second: how long the server holds
// them, and how normal requests fare meanwhile, against the same requests before.
export async function bench(report: Report): Promise<void> {
  const hall = await makeLargeHall(0);
  const server = await startMeasuredBoardServer(hall.folder);
  const url = `${server.url}/api/screens/led-hall/state`;
  try {
    await whileAsking(url, rest(IDLE_MS)); // Warms up.
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const idle = await whileAsking(url, rest(IDLE_MS));
      const attack = startAttack(Number(new URL(server.url).port));
      const busy = await whileAsking(url, attack.over);
      rounds.push({
        freedMs: await attack.over,
        idle: percentile(idle, 0.99),
        busy: percentile(busy, 0.99),
      });
      attack.close();
    }
    tell(report, rounds);
  } finally {
    await server.close();
    await hall.remove();
  }
}

interface Round {
  readonly freedMs: number;
  /** Milliseconds of a normal request, p99. */
  readonly idle: number;
  readonly busy: number;
}

function startAttack(port: number): { readonly over: Promise<number>; close(): void } {
  const child = fork(fileURLToPath(new URL('./support/slow-senders.ts', import.meta.url)));
  const freed = heard<Extract<SlowNews, { readonly kind: 'freed' }>>(child, 'freed');
  child.send({ port, senders: SENDERS } satisfies SlowOrder);
  return {
    over: within(
      120,
      'slow senders let go',
      freed.then(({ afterMs }) => afterMs),
    ),
    close: () => child.disconnect(),
  };
}

/** Milliseconds of each of the normal requests that are made until `over`. */
async function whileAsking(url: string, over: Promise<unknown>): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 6 });
  const times: number[] = [];
  const state = { isOver: false };
  void over.finally(() => {
    state.isOver = true;
  });
  while (!state.isOver) {
    const began = performance.now();
    await get(url, agent);
    times.push(performance.now() - began);
    await rest(REQUESTS_EVERY_MS);
  }
  agent.destroy();
  return times;
}

function get(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent }, (response) => {
      response.resume();
      response.on('end', resolve);
    });
    asked.on('error', reject);
    asked.end();
  });
}

const figure = (metric: string, values: readonly number[], unit: string) => ({
  metric,
  value: Math.round(median(values) * 100) / 100,
  unit,
});

function tell(report: Report, rounds: readonly Round[]): void {
  const freed = Math.round(Math.max(...rounds.map(({ freedMs }) => freedMs)) / 10) / 100;
  report({
    metric: '5,000 slow senders, the last let go after, most',
    value: freed,
    unit: 's',
    goal: '<= 10',
    ok: freed <= 10,
  });
  report(
    figure(
      'normal request, p99, idle',
      rounds.map(({ idle }) => idle),
      'ms',
    ),
  );
  report(
    figure(
      'normal request, p99, meanwhile',
      rounds.map(({ busy }) => busy),
      'ms',
    ),
  );
  const ratio = figure(
    'p99 meanwhile to idle',
    rounds.map(({ idle, busy }) => busy / idle),
    'x',
  );
  report({ ...ratio, goal: '<= 3', ok: ratio.value <= 3 });
}
