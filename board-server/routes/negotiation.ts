import type { StoredObject } from '../objects/object-store.ts';

/** Whether the client takes brotli (RFC 9110 §12.5.3); `q=0` means that it does not. */
export function acceptsBrotli(acceptEncoding: string | undefined): boolean {
  return (acceptEncoding ?? '').split(',').some((entry) => {
    const [coding = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
    return coding === 'br' && !parameters.some((parameter) => /^q=0(?:\.0{0,3})?$/.test(parameter));
  });
}

/** Whether a person is looking: browsers ask for HTML when they open an address. */
export function wantsPage(accept: string | undefined): boolean {
  return (accept ?? '').includes('text/html');
}

/** The bytes as this client takes them, with what has to be said of them. */
export function encodedFor(
  acceptEncoding: string | undefined,
  { bytes, brotli }: StoredObject,
): { readonly body: Buffer<ArrayBuffer>; readonly headers: Readonly<Record<string, string>> } {
  const isShort = brotli !== undefined && acceptsBrotli(acceptEncoding);
  const body = isShort ? brotli : bytes;
  return {
    body,
    headers: {
      vary: 'accept-encoding',
      'content-length': String(body.length),
      ...(isShort ? { 'content-encoding': 'br' } : {}),
    },
  };
}
