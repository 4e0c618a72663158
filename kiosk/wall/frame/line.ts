import type { Fetched, Upstream } from '../../../shared/sync/ports.ts';
import { clocks, timer } from '../../device/clocks.ts';
import { spoilBytes, spoilText } from './spoil.ts';
import type { Trouble } from './trouble.ts';

/** The simulated line between a screen and the hall's server: cut, slow, or spoiling what it brings. */
export interface Line {
  readonly upstream: Upstream;
  /** What arrives by any way, as it arrives. */
  readonly pass: <Value>(value: Value, spoil: (value: Value) => Value) => Value;
  /** Answers and words that were spoilt. */
  spoilt(): number;
  /** How long the newest answer took; null before the first. */
  answerMs(): number | null;
}

/** Each answer and each word of the socket takes so much longer. */
const SLOW_MS = 3000;

export function simulateLine(upstream: Upstream, trouble: Trouble): Line {
  let spoilt = 0;
  let answerMs: number | null = null;
  let brought = 0;

  /** Of two things that such a line brings, the first is spoilt. */
  function pass<Value>(value: Value, spoil: (value: Value) => Value): Value {
    if (!trouble.now.corrupt) return value;
    brought += 1;
    if (brought % 2 === 0) return value;
    spoilt += 1;
    return spoil(value);
  }

  /** Notes how long this takes, unless the line is cut meanwhile. */
  async function timed<Value>(ask: () => Promise<Value>): Promise<Value> {
    const since = clocks.monotonic();
    const value = await ask();
    if (!trouble.now.offline) answerMs = clocks.monotonic() - since;
    return value;
  }

  async function through<Value>(
    ask: () => Promise<Fetched<Value>>,
    spoil: (value: Value) => Value,
  ): Promise<Fetched<Value>> {
    const answer = await timed(async () => {
      if (!trouble.now.offline) await slowly(trouble);
      return trouble.now.offline ? CUT : ask();
    });
    // Cut while the answer was on its way.
    if (trouble.now.offline) return CUT;
    return answer.ok ? { ok: true, value: pass(answer.value, spoil) } : answer;
  }

  return {
    pass,
    spoilt: () => spoilt,
    answerMs: () => answerMs,
    upstream: {
      state: (screen, max) => through(() => upstream.state(screen, max), spoilText),
      object: (digest, max) => through(() => upstream.object(digest, max), spoilBytes),
      delta: (delta, max) => through(() => upstream.delta(delta, max), spoilBytes),
    },
  };
}

const CUT = { ok: false, refusal: 'unreachable' } as const;

/** Ends when the line lets something through. */
export function slowly(trouble: Trouble): Promise<void> {
  return new Promise((resolve) => {
    if (trouble.now.slow) timer(clocks.monotonic() + SLOW_MS, resolve);
    else resolve();
  });
}
