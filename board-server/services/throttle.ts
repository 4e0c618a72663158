import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Counts tries by network address, in memory: a flood from one place is answered cheaply. */
export interface Throttle {
  /** Takes one try, or says in how many seconds the address has one again. */
  take(address: string): Promise<Taken>;
  /** Gives a try back: it was not a guess. */
  giveBack(address: string): Promise<void>;
}

export type Taken =
  | { readonly ok: true }
  | { readonly ok: false; readonly refusal: 'too-many-tries'; readonly retryAfterSeconds: number };

export function createThrottle({ tries, seconds }: { tries: number; seconds: number }): Throttle {
  const limiter = new RateLimiterMemory({ points: tries, duration: seconds });
  return {
    async take(address) {
      try {
        await limiter.consume(networkOf(address));
        return { ok: true };
      } catch (reason) {
        if (!(reason instanceof RateLimiterRes)) throw reason;
        const retryAfterSeconds = Math.ceil(reason.msBeforeNext / 1000);
        return { ok: false, refusal: 'too-many-tries', retryAfterSeconds };
      }
    },
    async giveBack(address) {
      await limiter.reward(networkOf(address));
    },
  };
}

/** An IPv4 address, or the /64 network of an IPv6 address: one household has 2^64 of those. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [left = '', right] = address.split('%')[0]?.toLowerCase().split('::') ?? [];
  const groups = left === '' ? [] : left.split(':');
  const tail = right === undefined || right === '' ? [] : right.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - tail.length) }, () => '0');
  return [...groups, ...zeros, ...tail].slice(0, 4).join(':');
}
