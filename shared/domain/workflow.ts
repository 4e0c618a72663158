import type { Sha256 } from '../kit/ids.ts';
import type { Result } from '../kit/result.ts';
import { accepted, refused } from '../kit/result.ts';

/**
 * Where a record version stands. A seal is the digest of exactly what was seen: the item's
 * renderings and limits. An approval binds a seal; any edit returns the record to `draft`.
 */
export type Standing =
  | { readonly state: 'draft' }
  | {
      readonly state: 'returned';
      readonly by: string;
      readonly at: number;
      readonly reason: string;
    }
  | { readonly state: 'submitted'; readonly by: string; readonly at: number; readonly seal: Sha256 }
  | {
      readonly state: 'approved';
      readonly by: string;
      readonly at: number;
      readonly seal: Sha256;
    };

/** A review step (审核环节): who may take it, and from whom it must differ. */
export interface ReviewStep {
  readonly role: 'reviewer';
  readonly distinctFrom: 'authors';
}

export interface Versioned {
  readonly standing: Standing;
  /** Everyone who wrote in this version. */
  readonly authors: readonly string[];
}

export type WorkflowRefusal = 'wrong-state' | 'own-work' | 'changed' | 'reason-missing';

/** [WF1] Any edit, however small, returns the record to draft and voids submission and approval. */
export function edit(version: Versioned, by: string): Versioned {
  const authors = version.authors.includes(by) ? version.authors : [...version.authors, by];
  return { standing: { state: 'draft' }, authors };
}

export function submit(
  version: Versioned,
  by: string,
  at: number,
  seal: Sha256,
): Result<Versioned, WorkflowRefusal> {
  const { state } = version.standing;
  if (state !== 'draft' && state !== 'returned') return refused('wrong-state', state);
  return accepted({ ...version, standing: { state: 'submitted', by, at, seal } });
}

/** [WF2] No author reviews; [WF3] what is approved is exactly what was submitted and seen. */
export function approve(
  version: Versioned,
  by: string,
  at: number,
  seen: Sha256,
): Result<Versioned, WorkflowRefusal> {
  const { standing, authors } = version;
  if (standing.state !== 'submitted') return refused('wrong-state', standing.state);
  if (authors.includes(by)) return refused('own-work');
  if (standing.seal !== seen) return refused('changed');
  return accepted({ ...version, standing: { state: 'approved', by, at, seal: seen } });
}

export function sendBack(
  version: Versioned,
  by: string,
  at: number,
  reason: string,
): Result<Versioned, WorkflowRefusal> {
  const { standing, authors } = version;
  if (standing.state !== 'submitted') return refused('wrong-state', standing.state);
  if (authors.includes(by)) return refused('own-work');
  if (reason.trim() === '') return refused('reason-missing');
  return accepted({ ...version, standing: { state: 'returned', by, at, reason } });
}
