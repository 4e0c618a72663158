/** The server's time, carried on by this page's monotonic clock: the computer's own is not believed. */
let [serverAt, heardAt] = [Date.now(), performance.now()];

export function hearServerTime(at: number): void {
  [serverAt, heardAt] = [at, performance.now()];
}

export function now(): number {
  return Math.round(serverAt + performance.now() - heardAt);
}
