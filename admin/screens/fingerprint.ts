/**
 * A fingerprint as people compare it: the first twelve digits in two groups. A small board has room
 * for the first group only, other screens show both.
 */
export function shortFingerprint(fingerprint: string): string {
  return `${fingerprint.slice(0, 6)} ${fingerprint.slice(6, 12)}`;
}
