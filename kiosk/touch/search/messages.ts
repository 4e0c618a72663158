import type { Searched } from './index.ts';
import type { Excerpt } from './locate.ts';

/** Between the page and its search worker; both come from one build, so nothing here is parsed. */
export type ToWorker =
  /** A list of documents begins, best first. */
  | { readonly type: 'begin' }
  /**
   * The next of the list, and those of them that are new or changed. Answered, so that the page
   * hands over a slice at a time and never stands still.
   */
  | {
      readonly type: 'put';
      readonly keys: readonly string[];
      readonly documents: readonly Searched[];
    }
  /** The list is whole: what is not on it is forgotten. */
  | { readonly type: 'end' }
  | {
      readonly type: 'find';
      readonly id: number;
      readonly query: string;
      readonly from: number;
      readonly count: number;
    };

export type FromWorker =
  | { readonly type: 'taken' }
  | { readonly type: 'ready' }
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
