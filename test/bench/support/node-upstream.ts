import { brotliDecompressSync } from 'node:zlib';
import { fromUtf8 } from '../../../shared/kit/bytes.ts';
import { deltaPath } from '../../../shared/protocol/delta.ts';
import type { Moved } from '../../../shared/protocol/screen.ts';
import type { Fetched, Upstream } from '../../../shared/sync/ports.ts';
import { createGetter } from './getter.ts';

/** The hall's server over HTTP as a browser asks it: six connections kept open, brotli taken. */
export interface CountedUpstream extends Upstream {
  /** Counts the objects that came with a hint, which are sent as they are. */
  heard(hint: Moved): void;
  /** What came since the last call, objects and bodies only: `wire` as sent, `raw` as read. */
  take(): Traffic;
}

export interface Traffic {
  readonly requests: number;
  readonly wire: number;
  readonly raw: number;
}

export function countedUpstream(base: string): CountedUpstream {
  const get = createGetter(base);
  let traffic: Traffic = { requests: 0, wire: 0, raw: 0 };

  async function read(path: string): Promise<Fetched<Uint8Array<ArrayBuffer>>> {
    const answer = await get(path);
    if (answer === undefined) return { ok: false, refusal: 'unreachable' };
    if (answer.status !== 200) return { ok: false, refusal: 'missing' };
    const body = answer.isBrotli ? brotliDecompressSync(answer.body) : answer.body;
    traffic = {
      requests: traffic.requests + 1,
      wire: traffic.wire + answer.body.length,
      raw: traffic.raw + body.length,
    };
    return { ok: true, value: new Uint8Array(body) };
  }

  return {
    heard({ added }) {
      const sizes = (added?.objects ?? []).map((text) => Buffer.byteLength(text));
      const bytes = sizes.reduce((sum, size) => sum + size, 0);
      const { requests, wire, raw } = traffic;
      traffic = { requests, wire: wire + bytes, raw: raw + bytes };
    },
    async state(screen) {
      const answer = await read(`/api/screens/${screen}/state`);
      return answer.ok ? { ok: true, value: fromUtf8(answer.value) ?? '' } : answer;
    },
    object: (digest) => read(`/objects/${digest}`),
    delta: (delta) => read(deltaPath(delta)),
    take() {
      const taken = traffic;
      traffic = { requests: 0, wire: 0, raw: 0 };
      return taken;
    },
  };
}
