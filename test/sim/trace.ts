import { createHash } from 'node:crypto';

/** Everything that happened, as one hash; of each screen the last lines are kept to be read. */
export interface Trace {
  note(at: number, who: string, what: string): void;
  lastOf(who: string): readonly string[];
  /** Ends the trace. */
  hash(): string;
}

const KEPT = 24;
const BLOCK = 1 << 16;

export function createTrace(): Trace {
  const hash = createHash('sha256');
  const last = new Map<string, { at: number; what: string }[]>();
  let block = '';
  return {
    note(at, who, what) {
      block += `${at} ${who} ${what}\n`;
      if (block.length > BLOCK) {
        hash.update(block);
        block = '';
      }
      const lines = last.get(who) ?? [];
      last.set(who, lines);
      if (lines.length === KEPT) lines.shift();
      lines.push({ at, what });
    },
    lastOf: (who) => (last.get(who) ?? []).map(({ at, what }) => `${stamp(at)} ${what}`),
    hash: () => hash.update(block).digest('hex'),
  };
}

/** A virtual instant as people in the hall read it. */
export function stamp(at: number): string {
  return new Date(at + HALL_OFFSET_MS).toISOString().replace('T', ' ').replace('Z', '');
}

/** Asia/Shanghai has been eight hours ahead of UTC since 1991. */
export const HALL_OFFSET_MS = 8 * 3_600_000;
