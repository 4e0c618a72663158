const MEGABYTE = 1_000_000;

/** Bytes as people say them. */
export function inMegabytes(bytes: number): string {
  const megabytes = bytes / MEGABYTE;
  return megabytes < 10 ? `${megabytes.toFixed(1)} MB` : `${Math.round(megabytes)} MB`;
}

/** An instant as an operator compares it, `2026-11-26 08:00 UTC`. */
export function inUtc(t: number): string {
  return `${new Date(t).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
