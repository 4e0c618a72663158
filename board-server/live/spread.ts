/** [SY8] Screens that a server feels when they all ask at once; fewer are told to ask at once. */
const AT_ONCE = 500;
const SPREAD_MS_MAX = 10_000;

/** Milliseconds over which `listeners` screens should spread their asking: about two a millisecond. */
export function spreadMs(listeners: number): number {
  return listeners <= AT_ONCE ? 0 : Math.min(SPREAD_MS_MAX, Math.ceil(listeners / 2));
}
