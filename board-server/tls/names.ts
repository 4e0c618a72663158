import { isIP } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';

/** A name under which browsers reach the hall: a host name or an IP address, in its usual writing. */
export interface HallName {
  readonly kind: 'dns' | 'ip';
  readonly text: string;
}

/** Host names of letters, digits and hyphens (RFC 1123 §2.1), and IP addresses; never loopback. */
export function parseName(text: string): Result<HallName, 'bad-name'> {
  const written = text.trim().toLowerCase();
  if (isIP(written) !== 0) {
    const address = hostOf(isIP(written) === 6 ? `[${written}]` : written);
    if (address === undefined || isLoopback(address)) return refused('bad-name', text);
    return accepted({ kind: 'ip', text: address });
  }
  const labels = written.split('.');
  const isName = written.length <= 253 && labels.every((label) => LABEL.test(label));
  // Digits alone at the end would be read as an address (URL Standard, host parsing).
  const isNumber = /^(?:\d+|0x[\da-f]*)$/.test(labels.at(-1) ?? '');
  if (!isName || isNumber || labels.at(-1) === 'localhost') return refused('bad-name', text);
  return accepted({ kind: 'dns', text: written });
}

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** The host of an address as URLs write it: no leading zeros, the short form of IPv6. */
function hostOf(written: string): string | undefined {
  if (!URL.canParse(`https://${written}`)) return undefined;
  return new URL(`https://${written}`).hostname.replace(/^\[|\]$/g, '');
}

const isLoopback = (address: string) => address === '::1' || address.startsWith('127.');

/** What this machine is called on the network: addresses that others reach, then `NAME.lan`. */
export function suggestNames(
  hostname: string,
  interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>,
): readonly string[] {
  const addresses = Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
  const name = hostname.toLowerCase();
  const dotted = name.includes('.') ? name : `${name}.lan`;
  const called = parseName(dotted).ok ? [dotted] : [];
  return [...new Set([...called, ...addresses])];
}

/** How a URL writes the name. */
export function urlHost({ kind, text }: HallName): string {
  return kind === 'ip' && text.includes(':') ? `[${text}]` : text;
}

/** The bytes of an IP address: 4 or 16. */
export function addressBytes(text: string): Uint8Array {
  if (!text.includes(':')) return Uint8Array.from(text.split('.').map(Number));
  const [head = '', tail] = text.split('::');
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  const words = [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16));
  return Uint8Array.from(words.flatMap((word) => [word >> 8, word & 255]));
}

const groups = (part: string) => (part === '' ? [] : part.split(':'));

/** The writing of 4 or 16 bytes; what `addressBytes` undoes. */
export function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  const words = Array.from({ length: 8 }, (_, at) =>
    (((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0)).toString(16),
  );
  return hostOf(`[${words.join(':')}]`) ?? words.join(':');
}
