/** What part of `size` bytes a `Range` header asks for (RFC 9110 §14.1.2 and §14.2). */
export type ByteRange =
  | { readonly kind: 'whole' }
  /** `first` to `last`, both included. */
  | { readonly kind: 'part'; readonly first: number; readonly last: number }
  | { readonly kind: 'unsatisfiable' };

const WHOLE: ByteRange = { kind: 'whole' };

/** One range is answered; several, or what is no range of bytes, are answered with the whole. */
export function byteRange(header: string | undefined, size: number): ByteRange {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return WHOLE;
  if (from === '') return part(Math.max(0, size - Number(to)), size - 1, size);
  if (to !== '' && Number(to) < Number(from)) return WHOLE;
  return part(Number(from), to === '' ? size - 1 : Math.min(Number(to), size - 1), size);
}

function part(first: number, last: number, size: number): ByteRange {
  return first < size && first <= last ? { kind: 'part', first, last } : { kind: 'unsatisfiable' };
}
