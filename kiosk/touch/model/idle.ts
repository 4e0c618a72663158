import type { Span } from '../../../shared/domain/span.ts';
import type { TypeSize } from '../../stage/blocks/size.ts';

/** [SC7] What an idle screen does, as a function of monotonic milliseconds. */
export type Idle =
  | { readonly state: 'using' }
  | { readonly state: 'warning'; readonly secondsLeft: number }
  | { readonly state: 'over' };

export const WARNING_SECONDS = 30;

/** Who reads in large type reads more slowly. */
export const limitMs = (type: TypeSize): number => (type === 'standard' ? 60_000 : 120_000);

export function idleAt(lastActivityAt: number, limit: number, m: number): Span<Idle> {
  const warnsAt = lastActivityAt + limit;
  const overAt = warnsAt + WARNING_SECONDS * 1000;
  if (m < warnsAt) return { value: { state: 'using' }, since: lastActivityAt, until: warnsAt };
  if (m >= overAt) return { value: { state: 'over' }, since: overAt, until: Infinity };
  const gone = Math.floor((m - warnsAt) / 1000);
  return {
    value: { state: 'warning', secondsLeft: WARNING_SECONDS - gone },
    since: warnsAt + gone * 1000,
    until: warnsAt + (gone + 1) * 1000,
  };
}

const CARD_MS = 8000;

/** Which of `count` cards invites people over, each for eight seconds. */
export function cardAt(since: number, count: number, m: number): Span<number> {
  const turn = Math.floor((m - since) / CARD_MS);
  return {
    value: turn % count,
    since: since + turn * CARD_MS,
    until: since + (turn + 1) * CARD_MS,
  };
}
