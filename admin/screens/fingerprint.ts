/** A fingerprint as people compare it: the first sixteen digits in groups of four, as on the glass. */
export function shortFingerprint(fingerprint: string): string {
  return (fingerprint.slice(0, 16).match(/.{4}/g) ?? []).join(' ');
}
