/**
 * The tables of a WOFF 1.0 file (W3C Recommendation, 2012), unpacked, by tag.
 * `inflate` undoes zlib (RFC 1950). Throws when the bytes are not WOFF 1.0.
 */
export function readWoff(
  file: Uint8Array,
  inflate: (packed: Uint8Array) => Uint8Array,
): ReadonlyMap<string, DataView> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (view.getUint32(0) !== SIGNATURE) throw new Error('the font is not a WOFF 1.0 file');
  const tables = new Map<string, DataView>();
  for (let index = 0; index < view.getUint16(12); index += 1) {
    const entry = HEADER_BYTES + ENTRY_BYTES * index;
    const tag = String.fromCharCode(...file.subarray(entry, entry + 4));
    const from = view.getUint32(entry + 4);
    const packedBytes = view.getUint32(entry + 8);
    const packed = file.subarray(from, from + packedBytes);
    const table = packedBytes < view.getUint32(entry + 12) ? inflate(packed) : packed;
    tables.set(tag, new DataView(table.buffer, table.byteOffset, table.byteLength));
  }
  return tables;
}

const SIGNATURE = 0x774f4646; // 'wOFF'
const HEADER_BYTES = 44;
const ENTRY_BYTES = 20;
