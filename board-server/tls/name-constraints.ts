import type { HallName } from './names.ts';
import { addressBytes, addressText } from './names.ts';

/** The extension of RFC 5280 §4.2.1.10, in DER (X.690). */
export const NAME_CONSTRAINTS = '2.5.29.30';

/**
 * Exactly these names, and below a host name what hangs on it. A kind of name that is not listed
 * would be free, so a hall without addresses is denied every address, and one without host names
 * every host name.
 */
export function encodeConstraints(names: readonly HallName[]): Uint8Array<ArrayBuffer> {
  const denied = (['dns', 'ip'] as const)
    .filter((kind) => !names.some((name) => name.kind === kind))
    .flatMap((kind) => (kind === 'dns' ? [EVERY_NAME] : [EVERY_IPV4, EVERY_IPV6]));
  const permitted = tlv(PERMITTED, ...names.map((name) => tlv(SEQUENCE, baseOf(name))));
  const excluded = tlv(EXCLUDED, ...denied.map((base) => tlv(SEQUENCE, base)));
  return tlv(SEQUENCE, permitted, denied.length === 0 ? NOTHING : excluded);
}

/** The permitted names of an extension that was written here; undefined of any other. */
export function decodeConstraints(der: Uint8Array): readonly HallName[] | undefined {
  const [outer] = split(der);
  const permitted = split(outer?.content ?? NOTHING).find(({ tag }) => tag === PERMITTED);
  if (permitted === undefined) return undefined;
  return split(permitted.content).flatMap(({ content }) =>
    split(content).flatMap(({ tag, content: name }): HallName[] => {
      if (tag === DNS_NAME) return [{ kind: 'dns', text: Buffer.from(name).toString('latin1') }];
      const address = name.subarray(0, name.length / 2);
      return tag === IP_ADDRESS ? [{ kind: 'ip', text: addressText(address) }] : [];
    }),
  );
}

const NOTHING = new Uint8Array();
const SEQUENCE = 0x30;
const PERMITTED = 0xa0;
const EXCLUDED = 0xa1;
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

/** An address counts with a mask of all ones: it alone. */
function baseOf({ kind, text }: HallName): Uint8Array<ArrayBuffer> {
  if (kind === 'dns') return tlv(DNS_NAME, Buffer.from(text, 'latin1'));
  const address = addressBytes(text);
  return tlv(IP_ADDRESS, address, new Uint8Array(address.length).fill(255));
}

const EVERY_NAME = tlv(DNS_NAME);
const EVERY_IPV4 = tlv(IP_ADDRESS, new Uint8Array(8));
const EVERY_IPV6 = tlv(IP_ADDRESS, new Uint8Array(32));

/** Tag, length and value; a length above 127 takes two bytes of its own at most here. */
function tlv(tag: number, ...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Uint8Array.from([tag, ...size]), content]);
}

interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
}

function split(der: Uint8Array): Element[] {
  const found: Element[] = [];
  for (let at = 0; at + 1 < der.length;) {
    const tag = der[at] ?? 0;
    const first = der[at + 1] ?? 0;
    const extra = first < 128 ? 0 : first - 128;
    const size = der.subarray(at + 2, at + 2 + extra);
    const length = extra === 0 ? first : size.reduce((sum, byte) => sum * 256 + byte, 0);
    const since = at + 2 + extra;
    found.push({ tag, content: der.subarray(since, since + length) });
    at = since + length;
  }
  return found;
}
