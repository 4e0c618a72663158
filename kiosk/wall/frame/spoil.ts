/** The same bytes with one bit of the middle one the other way round. */
export function spoilBytes(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const middle = bytes.length >> 1;
  return bytes.map((byte, index) => (index === middle ? byte ^ 1 : byte));
}

/** The same of a text's characters. */
export function spoilText(text: string): string {
  const middle = text.length >> 1;
  const other = String.fromCharCode(text.charCodeAt(middle) ^ 1);
  return text.slice(0, middle) + other + text.slice(middle + 1);
}
