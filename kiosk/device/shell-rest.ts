/** [SH2] What was published by mistake can be taken back before a screen runs it. */
export const REST_MS = 10 * 60_000;

/** Whether a shell that waits since `since` may be used at `m`, both monotonic milliseconds. */
export const hasRested = (since: number, m: number): boolean => m - since >= REST_MS;
