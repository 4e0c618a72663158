import type { Chance } from '../../sim/chance.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** One bit to turn. */
interface Toggle {
  readonly at: number;
  readonly bit: number;
}

/** How far from the end bits are turned: the effect of each is worked out to the end. */
const REACH_BYTES = 4096;

/**
 * The same text but for a few characters, with the CRC-32 it had: the last bits of Chinese characters
 * are turned, so that it stays UTF-8 and JSON. Undefined where there are too few of them.
 */
export function otherTextSameCrc(bytes: Bytes, chance: Chance): Bytes | undefined {
  const toggles: Toggle[] = [];
  for (let at = Math.max(0, bytes.length - REACH_BYTES); at + 2 < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0;
    const isChinese = lead >= 0xe4 && lead <= 0xe9;
    if (isChinese && isTrail(bytes[at + 1]) && isTrail(bytes[at + 2]))
      toggles.push({ at: at + 2, bit: 1 });
  }
  return turned(bytes, toggles, chance);
}

/** Any bits turned that leave the CRC-32 as it was. */
export function otherBitsSameCrc(bytes: Bytes, chance: Chance): Bytes | undefined {
  const toggles: Toggle[] = [];
  for (let at = Math.max(0, bytes.length - REACH_BYTES); at < bytes.length; at += 1) {
    toggles.push({ at, bit: 1 << chance.below(7) });
  }
  return turned(bytes, toggles, chance);
}

const isTrail = (byte = 0): boolean => byte >= 0x80 && byte < 0xc0;

/** CRC-32 is linear: of any 33 bits some can be turned together without a trace in its 32. */
function turned(bytes: Bytes, toggles: Toggle[], chance: Chance): Bytes | undefined {
  const basis = new Map<number, { readonly effect: number; readonly of: ReadonlySet<Toggle> }>();
  while (toggles.length > 0) {
    const [toggle] = toggles.splice(chance.below(toggles.length), 1);
    if (toggle === undefined) break;
    let effect = effectOf(toggle, bytes.length);
    let of: ReadonlySet<Toggle> = new Set([toggle]);
    for (;;) {
      const top = 31 - Math.clz32(effect);
      const known = top < 0 ? undefined : basis.get(top);
      if (known === undefined) {
        if (top >= 0) basis.set(top, { effect, of });
        break;
      }
      effect = (effect ^ known.effect) >>> 0;
      of = withoutShared(of, known.of);
    }
    if (effect !== 0) continue;
    const other = bytes.slice();
    for (const { at, bit } of of) other[at] = (other[at] ?? 0) ^ bit;
    return other;
  }
  return undefined;
}

const withoutShared = (a: ReadonlySet<Toggle>, b: ReadonlySet<Toggle>): ReadonlySet<Toggle> =>
  new Set([...a, ...b].filter((one) => a.has(one) !== b.has(one)));

/** What turning it does to the CRC-32 of so many bytes. */
function effectOf({ at, bit }: Toggle, length: number): number {
  let crc = TABLE[bit] ?? 0;
  for (let rest = length - at - 1; rest > 0; rest -= 1)
    crc = (crc >>> 8) ^ (TABLE[crc & 0xff] ?? 0);
  return crc >>> 0;
}

/** ISO-HDLC, as in gzip and PNG. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});
