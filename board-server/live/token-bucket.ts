/** Lets `burst` through at once and `perSecond` on average. `clock` is in milliseconds and never goes back. */
export function createTokenBucket({
  burst,
  perSecond,
  clock,
}: {
  readonly burst: number;
  readonly perSecond: number;
  readonly clock: () => number;
}): () => boolean {
  let tokens = burst;
  let at = clock();
  return () => {
    const now = clock();
    tokens = Math.min(burst, tokens + ((now - at) / 1000) * perSecond);
    at = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
