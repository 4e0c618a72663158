import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { isDense } from './dense.ts';

const compress = promisify(brotliCompress);

/** Larger objects are media, compressed already. */
const LARGEST_BYTES = 4 << 20;
const SMALLEST_BYTES = 128;
/** On Chinese JSON 7 takes half a millisecond for 5 KB; 9 takes ten times that and saves nothing. */
const QUALITY = 7;

/** The bytes compressed, or undefined where that saves less than a tenth. */
export async function compressed(bytes: Uint8Array): Promise<Buffer<ArrayBuffer> | undefined> {
  if (bytes.length < SMALLEST_BYTES || bytes.length > LARGEST_BYTES) return undefined;
  if (isDense(bytes)) return undefined;
  const brotli = await compress(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      [constants.BROTLI_PARAM_LGWIN]: windowFor(bytes.length),
    },
  });
  if (brotli.length > bytes.length * 0.9) return undefined;
  // What zlib gives is the beginning of 16 KB that it took, and would hold all of them.
  const exact = Buffer.allocUnsafeSlow(brotli.length);
  brotli.copy(exact);
  return exact;
}

/** Bits of a window over all of it (RFC 7932 §9.1): the usual 22 take four megabytes for any object. */
function windowFor(bytes: number): number {
  const { BROTLI_MIN_WINDOW_BITS: least, BROTLI_MAX_WINDOW_BITS: most } = constants;
  return Math.min(most, Math.max(least, Math.ceil(Math.log2(bytes + WINDOW_GAP_BYTES))));
}

const WINDOW_GAP_BYTES = 16;
