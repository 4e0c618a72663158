import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { openObjectStore } from '../../board-server/objects/file-objects.ts';
import { nodeFileSystem } from '../../board-server/store/node-file-system.ts';
import { assert } from '../../shared/kit/assert.ts';
import type { Report } from './report.ts';
import { median } from './report.ts';
import { makeLargeHall } from './support/large-hall.ts';
import type { MeasuredServer } from './support/measures.ts';
import { startMeasured, startMeasuredBoardServer } from './support/measures.ts';

const OBJECT_BYTES = 64 * 1024;
const ROUNDS = 7;
/** Requests of one kind in a round. */
const REQUESTS = 6000;
const COLD_REQUESTS = 500;
const AT_A_TIME = 8;

// CPU that the server spends on a 64 KB object: warm, one range of it, and for the first time after a
// start; beside it Node serving a Buffer, and for the first time also Node reading the file at each
// request. Garbage is collected before each count. That costs plain Node what it had compiled, and the
// hall nothing, so the ratios are also told to Node that holds its newest response as the hall does.
// What reading ahead takes the server after its start stands in a row of its own, and so does an object
// that is asked for before it was read ahead: then it is read and hashed in between.
export async function bench(report: Report): Promise<void> {
  const hall = await makeLargeHall(0);
  const names = await addObjects(`${hall.folder}/objects`, 1 + (2 + ROUNDS) * COLD_REQUESTS);
  const [warm = '', ...rest] = names;
  const [unread, others] = [rest.slice(0, COLD_REQUESTS), rest.slice(COLD_REQUESTS)];
  const start = (HOLD: 'none' | 'newest') =>
    startMeasured('test/bench/support/buffer-server.ts', {
      OBJECTS: `${hall.folder}/objects`,
      HOLD,
    });
  const [bare, holding] = [await start('none'), await start('newest')];
  const server = await startMeasuredBoardServer(hall.folder);
  try {
    await costOf(server, Array<string>(COLD_REQUESTS).fill(warm));
    const early = await costOf(server, unread);
    const readAhead = await costOfReadingAhead(server);
    const range = { range: 'bytes=1024-2047' };
    const rounds: Costs[] = [];
    for (let round = -1; round < ROUNDS; round++) {
      const cold = others.slice((round + 1) * COLD_REQUESTS, (round + 2) * COLD_REQUESTS);
      const costs = {
        buffer: await costOf(bare, Array<string>(REQUESTS).fill('/')),
        warm: await costOf(server, Array<string>(REQUESTS).fill(warm)),
        bufferRange: await costOf(bare, Array<string>(REQUESTS).fill('/'), range),
        range: await costOf(server, Array<string>(REQUESTS).fill(warm), range),
        heldBuffer: await costOf(holding, Array<string>(REQUESTS).fill('/')),
        heldRange: await costOf(holding, Array<string>(REQUESTS).fill('/'), range),
        // As many as there are cold ones: what a burst costs besides its requests is the same.
        fewBuffers: await costOf(bare, Array<string>(COLD_REQUESTS).fill('/')),
        fewHeldBuffers: await costOf(holding, Array<string>(COLD_REQUESTS).fill('/')),
        files: await costOf(bare, cold),
        cold: await costOf(server, cold),
      };
      if (round >= 0) rounds.push(costs); // The first warms up.
    }
    tell(report, rounds);
    const us = (metric: string, value: number) =>
      report({ metric: `CPU of ${metric}`, value: Math.round(value * 10) / 10, unit: 'µs' });
    us('a 64 KB object, read ahead after the start, at most a tenth of a core', readAhead);
    us('a 64 KB object, asked for before it was read ahead', early);
  } finally {
    await Promise.all([server.close(), bare.close(), holding.close()]);
    await hall.remove();
  }
}

/** Microseconds of the server's CPU for each request. */
interface Costs {
  readonly buffer: number;
  readonly warm: number;
  readonly bufferRange: number;
  readonly range: number;
  readonly heldBuffer: number;
  readonly heldRange: number;
  readonly fewBuffers: number;
  readonly fewHeldBuffers: number;
  readonly files: number;
  readonly cold: number;
}

/** Until the server holds all of its objects: whatever it did meanwhile, for each that it read. */
async function costOfReadingAhead(server: MeasuredServer): Promise<number> {
  const [before, since] = [await server.measure(), await objectsOf(server)];
  for (let tries = 0; tries < READ_AHEAD_SECONDS; tries++) {
    await setTimeout(1000);
    const { kept, inMemory } = await objectsOf(server);
    if (inMemory < kept) continue;
    const { cpuMs } = await server.measure();
    return ((cpuMs - before.cpuMs) * 1000) / (inMemory - since.inMemory);
  }
  throw new Error('the objects did not come into memory');
}

const READ_AHEAD_SECONDS = 300;

async function objectsOf({ url }: MeasuredServer) {
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = (name: string): number =>
    Number(new RegExp(`^openhall_${name} (\\d+)$`, 'm').exec(text)?.[1]);
  return { kept: value('objects'), inMemory: value('objects_in_memory') };
}

/** Objects that no compression makes smaller, as media are; their addresses. */
async function addObjects(folder: string, count: number): Promise<readonly string[]> {
  const store = await openObjectStore({ folder, fileSystem: nodeFileSystem, clock: Date.now });
  const objects = Array.from({ length: count }, () => ({ bytes: randomBytes(OBJECT_BYTES) }));
  const kept = await store.put(objects);
  assert(kept.ok, 'room for objects');
  return kept.value.map((digest) => `/objects/${digest}`);
}

async function costOf(
  server: MeasuredServer,
  paths: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_A_TIME });
  const before = await server.measure({ collect: true });
  const queue = [...paths];
  const workers = Array.from({ length: AT_A_TIME }, async () => {
    for (let path = queue.pop(); path !== undefined; path = queue.pop())
      await get(`${server.url}${path}`, agent, headers);
  });
  await Promise.all(workers);
  const after = await server.measure();
  agent.destroy();
  return ((after.cpuMs - before.cpuMs) * 1000) / paths.length;
}

function get(url: string, agent: Agent, headers: Readonly<Record<string, string>>): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, headers }, (response) => {
      let bytes = 0;
      response.on('data', (part: Buffer) => (bytes += part.length));
      response.on('end', () => {
        const wanted = headers['range'] === undefined ? OBJECT_BYTES : 1024;
        if (bytes === wanted) resolve();
        else reject(new Error(`${bytes} bytes of ${url}`));
      });
    });
    asked.on('error', reject);
    asked.end();
  });
}

function tell(report: Report, rounds: readonly Costs[]): void {
  const cost = (metric: string, what: keyof Costs) => {
    const value = Math.round(median(rounds.map((costs) => costs[what])) * 10) / 10;
    report({ metric: `CPU of ${metric}`, value, unit: 'µs' });
  };
  cost('a Buffer from Node', 'buffer');
  cost('a range of a Buffer from Node', 'bufferRange');
  cost(`a Buffer from Node, ${COLD_REQUESTS} of them`, 'fewBuffers');
  cost('a file that Node reads and serves unchecked', 'files');
  const ratio = (what: keyof Costs, base: keyof Costs): number =>
    Math.round(median(rounds.map((costs) => costs[what] / costs[base])) * 100) / 100;
  for (const [what, base, heldBase] of [
    ['warm', 'buffer', 'heldBuffer'],
    ['range', 'bufferRange', 'heldRange'],
    ['cold', 'fewBuffers', 'fewHeldBuffers'],
  ] as const) {
    cost(`a 64 KB object, ${what}`, what);
    const value = ratio(what, base);
    report({ metric: `${what}, to a Buffer`, value, unit: 'x', goal: '<= 1.3', ok: value <= 1.3 });
    const held = ratio(what, heldBase);
    report({ metric: `${what}, to a Buffer where a response is held`, value: held, unit: 'x' });
  }
  const metric = 'cold, to a file read and served';
  report({ metric, value: ratio('cold', 'files'), unit: 'x' });
}
