import type { BootFailure, FailedShell } from '../protocol/shell.ts';
import { isBuild, readFailed } from '../protocol/shell.ts';

/** What a service worker remembers of its shells. Every decision about them is a function of it. */
export interface Shells {
  /** The build that pages get. */
  readonly use: string;
  /** [SH3] Kept whole until the next update; null after a first install and after a roll-back. */
  readonly previous: string | null;
  /** Addresses at which `use` has shown a first picture. */
  readonly proven: readonly string[];
  /** Boots of `use` that were begun and not proved, by address. */
  readonly tries: Readonly<Record<string, Tries>>;
  /** [SH5] Builds that were rolled back, newest first. */
  readonly failed: readonly FailedShell[];
}

interface Tries {
  readonly begun: number;
  /** What the last of them is known to have ended with. */
  readonly why: BootFailure;
}

/** [SH4] As many boots as a new shell has at one address. */
const BOOTS = 3;
const FAILED_KEPT = 8;
const ADDRESSES_KEPT = 32;

/** Nothing is remembered: `own` is used, and another shell that is there is the one before it. */
export function firstShells(own: string, kept: readonly string[]): Shells {
  const previous = kept.find((build) => build !== own) ?? null;
  return { use: own, previous, proven: [], tries: {}, failed: [] };
}

/** [SH3] The shell named `own` takes over; the one in use until now becomes the previous one. */
export function takeOver(shells: Shells, own: string): Shells {
  if (shells.use === own || isRefused(shells, own)) return shells;
  return { use: own, previous: shells.use, proven: [], tries: {}, failed: shells.failed };
}

/** [SH5] */
export function isRefused({ failed }: Shells, build: string): boolean {
  return failed.some((one) => one.build === build);
}

/** Whether a boot at this address is on trial: there is something to go back to, and no proof yet. */
export function isOnTrial({ previous, proven }: Shells, address: string): boolean {
  return previous !== null && !proven.includes(address);
}

/** [SH4] A page begins to load: it is one more boot, or the roll-back after the last allowed one. */
export function beginBoot(shells: Shells, address: string): Shells {
  const { use, previous, tries, failed } = shells;
  if (previous === null || !isOnTrial(shells, address)) return shells;
  const { begun, why } = tries[address] ?? { begun: 0, why: 'not-painted' };
  if (begun < BOOTS) return { ...shells, tries: withTries(tries, address, begun + 1, why) };
  return {
    use: previous,
    previous: null,
    proven: [],
    tries: {},
    failed: [{ build: use, why }, ...failed].slice(0, FAILED_KEPT),
  };
}

/** [SH4] A page says how its boot ended. */
export function endBoot(shells: Shells, address: string, how: 'painted' | 'threw'): Shells {
  if (!isOnTrial(shells, address)) return shells;
  const { proven, tries } = shells;
  if (how === 'threw') {
    return { ...shells, tries: withTries(tries, address, tries[address]?.begun ?? 1, 'threw') };
  }
  const { [address]: _ended, ...others } = tries;
  return { ...shells, proven: [...proven, address].slice(-ADDRESSES_KEPT), tries: others };
}

/** The build that failed, as long as the shell it was rolled back to is in use. */
export function rolledBackFrom({ previous, failed }: Shells): FailedShell | null {
  return previous === null ? (failed[0] ?? null) : null;
}

function withTries(
  tries: Shells['tries'],
  address: string,
  begun: number,
  why: BootFailure,
): Shells['tries'] {
  const others = Object.entries(tries).filter(([known]) => known !== address);
  return Object.fromEntries([...others.slice(1 - ADDRESSES_KEPT), [address, { begun, why }]]);
}

/** What was written before; undefined when it is not that. */
export function readShells(data: unknown): Shells | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { use, previous, proven, tries, failed } = data as Partial<Record<keyof Shells, unknown>>;
  if (typeof use !== 'string' || !isBuild(use)) return undefined;
  if (previous !== null && (typeof previous !== 'string' || !isBuild(previous))) return undefined;
  if (!Array.isArray(proven) || !Array.isArray(failed)) return undefined;
  return {
    use,
    previous,
    proven: proven.filter((address) => typeof address === 'string'),
    tries: readTries(tries),
    failed: failed.flatMap((one) => readFailed(one) ?? []),
  };
}

function readTries(data: unknown): Shells['tries'] {
  if (typeof data !== 'object' || data === null) return {};
  const all = Object.entries(data) as [string, unknown][];
  const tries = all.flatMap(([address, one]): [string, Tries][] => {
    if (typeof one !== 'object' || one === null || !('begun' in one)) return [];
    const why = 'why' in one && one.why === 'threw' ? 'threw' : 'not-painted';
    return typeof one.begun === 'number' ? [[address, { begun: one.begun, why }]] : [];
  });
  return Object.fromEntries(tries);
}
