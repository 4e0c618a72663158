import type { Searched } from './index.ts';
import type { Excerpt } from './locate.ts';

/** Between the page and its search worker; both come from one build, so nothing here is parsed. */
export type ToWorker =
  /** New or changed documents. Answered, so that the page hands over the next slice when idle. */
  | { readonly type: 'put'; readonly documents: readonly Searched[] }
  /** All documents there are now, best first; others are forgotten. */
  | { readonly type: 'order'; readonly keys: readonly string[] }
  | {
      readonly type: 'find';
      readonly id: number;
      readonly query: string;
      readonly from: number;
      readonly count: number;
    };

export type FromWorker =
  | { readonly type: 'taken' }
  | { readonly type: 'ordered' }
  | { readonly type: 'found'; readonly id: number; readonly found: Found };

export interface Found {
  readonly query: string;
  readonly total: number;
  readonly hits: readonly Hit[];
}

export interface Hit {
  readonly key: string;
  /** The words around the first hit in the text; undefined when only initials were hit. */
  readonly excerpt: Excerpt | undefined;
}
