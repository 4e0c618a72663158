/** Bytes of each of the two numbers of a signature on P-256. */
const NUMBER_BYTES = 32;

/**
 * An ECDSA signature on P-256 as WebCrypto makes it (IEEE P1363: r and s, 32 bytes each) in the form
 * that OpenSSL reads (RFC 3279 §2.2.3: a DER sequence of two integers); undefined when it is none.
 */
export function ecdsaDer(signature: Uint8Array): Uint8Array | undefined {
  if (signature.length !== 2 * NUMBER_BYTES) return undefined;
  const r = trimmed(signature.subarray(0, NUMBER_BYTES));
  const s = trimmed(signature.subarray(NUMBER_BYTES));
  const der = new Uint8Array(2 + sizeOf(r) + sizeOf(s));
  der[0] = SEQUENCE;
  der[1] = der.length - 2;
  putInteger(der, 2, r);
  putInteger(der, 2 + sizeOf(r), s);
  return der;
}

const SEQUENCE = 0x30;
const INTEGER = 0x02;

/** DER numbers are as short as they can be, and a leading bit would be their sign. */
function trimmed(number: Uint8Array): Uint8Array {
  const first = number.findIndex((byte) => byte !== 0);
  return number.subarray(first === -1 ? NUMBER_BYTES - 1 : first);
}

const isSigned = (number: Uint8Array): boolean => (number[0] ?? 0) > 127;
const sizeOf = (number: Uint8Array): number => 2 + number.length + (isSigned(number) ? 1 : 0);

function putInteger(der: Uint8Array, at: number, number: Uint8Array): void {
  der[at] = INTEGER;
  der[at + 1] = sizeOf(number) - 2;
  der.set(number, at + sizeOf(number) - number.length);
}
