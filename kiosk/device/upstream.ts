import { concat, fromUtf8 } from '../../shared/kit/bytes.ts';
import { deltaPath } from '../../shared/protocol/delta.ts';
import type { Fetched, Upstream } from '../../shared/sync/ports.ts';

/** An answer that brings nothing for so long is given up; slow lines that bring something are not. */
const STALL_MS = 15_000;

/** The hall's server over HTTP. Nothing is taken from or left in the HTTP cache: it is not verified. */
export function fetchUpstream(base: string, stallMs: number = STALL_MS): Upstream {
  return {
    async state(screen, maxBytes) {
      const bytes = await read(`${base}/api/screens/${screen}/state`, maxBytes, stallMs);
      if (!bytes.ok) return bytes;
      const text = fromUtf8(bytes.value);
      return text === undefined ? { ok: true, value: '' } : { ok: true, value: text };
    },
    object: (digest, maxBytes) => read(`${base}/objects/${digest}`, maxBytes, stallMs),
    delta: (delta, maxBytes) => read(base + deltaPath(delta), maxBytes, stallMs),
  };
}

async function read(
  address: string,
  maxBytes: number,
  stallMs: number,
): Promise<Fetched<Uint8Array<ArrayBuffer>>> {
  const controller = new AbortController();
  let stall = setTimeout(() => controller.abort(), stallMs);
  const progress = (): void => {
    clearTimeout(stall);
    stall = setTimeout(() => controller.abort(), stallMs);
  };
  try {
    const response = await fetch(address, {
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: controller.signal,
    });
    progress();
    if (response.status === 404) return { ok: false, refusal: 'missing' };
    if (!response.ok) return { ok: false, refusal: 'unreachable' };
    return await readCapped(response, maxBytes, progress);
  } catch (error) {
    if (error instanceof Error) return { ok: false, refusal: 'unreachable' }; // No line, or given up.
    throw error;
  } finally {
    clearTimeout(stall);
    controller.abort();
  }
}

/** [RL3] Reads until the end or until there is more than was promised. */
async function readCapped(
  response: Response,
  maxBytes: number,
  progress: () => void,
): Promise<Fetched<Uint8Array<ArrayBuffer>>> {
  const reader = response.body?.getReader();
  if (reader === undefined) return { ok: true, value: new Uint8Array() };
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { ok: true, value: concat(parts) };
    progress();
    bytes += value.length;
    if (bytes > maxBytes) return { ok: false, refusal: 'too-large' };
    parts.push(value);
  }
}
