import { Agent, request } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { fromUtf8 } from '../../../shared/kit/bytes.ts';
import type { Fetched, Upstream } from '../../../shared/sync/ports.ts';

/** The hall's server over HTTP as a browser asks it: six connections kept open, brotli taken. */
export interface CountedUpstream extends Upstream {
  /** What came since the last call, bodies only: `wire` as sent, `raw` as read. */
  take(): Traffic;
}

export interface Traffic {
  readonly requests: number;
  readonly wire: number;
  readonly raw: number;
}

const decompress = promisify(brotliDecompress);

export function countedUpstream(base: string): CountedUpstream {
  const get = createGetter(base);
  let traffic: Traffic = { requests: 0, wire: 0, raw: 0 };

  async function read(path: string): Promise<Fetched<Uint8Array<ArrayBuffer>>> {
    const answer = await get(path);
    if (answer === undefined) return { ok: false, refusal: 'unreachable' };
    if (answer.status !== 200) return { ok: false, refusal: 'missing' };
    const body = answer.encoding === 'br' ? await decompress(answer.body) : answer.body;
    traffic = {
      requests: traffic.requests + 1,
      wire: traffic.wire + answer.body.length,
      raw: traffic.raw + body.length,
    };
    return { ok: true, value: new Uint8Array(body) };
  }

  return {
    async state(screen) {
      const answer = await read(`/api/screens/${screen}/state`);
      return answer.ok ? { ok: true, value: fromUtf8(answer.value) ?? '' } : answer;
    },
    object: (digest) => read(`/objects/${digest}`),
    take() {
      const taken = traffic;
      traffic = { requests: 0, wire: 0, raw: 0 };
      return taken;
    },
  };
}

interface Answer {
  readonly status: number;
  readonly encoding: string | undefined;
  readonly body: Buffer;
}

/** GETs whole bodies over connections of its own; undefined when there is no server. */
export function createGetter(base: string): (path: string) => Promise<Answer | undefined> {
  const agent = new Agent({ keepAlive: true, maxSockets: 6 });
  const headers = { 'accept-encoding': 'gzip, deflate, br' };
  return (path) =>
    new Promise((resolve) => {
      const asked = request(`${base}${path}`, { agent, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', () => resolve(undefined));
        response.on('end', () => {
          const encoding = response.headers['content-encoding'];
          resolve({ status: response.statusCode ?? 0, encoding, body: Buffer.concat(parts) });
        });
      });
      asked.on('error', () => resolve(undefined));
      asked.end();
    });
}
