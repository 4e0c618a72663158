import type { RecordSummary } from '../../shared/protocol/records.ts';
import type { BadgeTone } from '../parts/Badge.tsx';

/** One word for where a record is: what the public sees first, then how the newest text stands. */
export type RecordState =
  | 'draft'
  | 'returned'
  | 'submitted'
  | 'approved'
  | 'held'
  | 'published'
  | 'expired'
  | 'withdrawing'
  | 'withdrawn';

/** Work in progress comes first, since it is what a person must deal with. */
export function stateOf({
  standing,
  publicity,
}: Pick<RecordSummary, 'standing' | 'publicity'>): RecordState {
  if (standing.state === 'submitted' || standing.state === 'returned') return standing.state;
  if (publicity.state !== 'never') return publicity.state;
  return standing.state;
}

/** Whether newer text than the published one is being written. */
export function hasNewer({
  standing,
  publicity,
}: Pick<RecordSummary, 'standing' | 'publicity'>): boolean {
  return publicity.state === 'published' && standing.state !== 'approved';
}

export const STATE_TONES: Readonly<Record<RecordState, BadgeTone>> = {
  draft: 'grey',
  returned: 'red',
  submitted: 'amber',
  approved: 'green',
  held: 'red',
  published: 'green',
  expired: 'grey',
  withdrawing: 'red',
  withdrawn: 'ink',
};
