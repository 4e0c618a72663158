/** Bytes of a sample, taken in pieces from all over. */
const SAMPLE_BYTES = 4096;
const PIECES = 16;

/**
 * Bits a byte of the sample's order-0 entropy: Chinese JSON has 5 to 6.5; pictures, films, fonts and
 * archives, which are compressed already, have 7.9 in so short a sample.
 */
const DENSE_BITS = 7.5;

/** Whether compressing would hardly save a tenth, by a look at 4 KB that takes some microseconds. */
export function isDense(bytes: Uint8Array): boolean {
  const counts = new Uint32Array(256);
  const piece = SAMPLE_BYTES / PIECES;
  // Less than a sample says too little about 256 values.
  if (bytes.length < SAMPLE_BYTES) return false;
  const step = Math.floor((bytes.length - piece) / (PIECES - 1));
  for (let number = 0; number < PIECES; number++) {
    for (const byte of bytes.subarray(number * step, number * step + piece))
      counts[byte] = (counts[byte] ?? 0) + 1;
  }
  let bits = 0;
  for (const count of counts) {
    if (count > 0) bits -= (count / SAMPLE_BYTES) * Math.log2(count / SAMPLE_BYTES);
  }
  return bits >= DENSE_BITS;
}
