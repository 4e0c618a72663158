/** One thing that is not as it was written. */
export interface Finding {
  readonly kind: FindingKind;
  /** Path inside the data folder. */
  readonly file: string;
  /** What exactly, for whoever repairs it: English, as in logs. */
  readonly detail: string;
}

/**
 * - `document`, `journal`, `log`: a file of the store is unreadable, or what it says does not follow.
 * - `object`: bytes that are not those the name stands for. `lost-object`: named, and not there.
 * - `key`: lost, unreadable, or another hall's. `roles`: who may sign what.
 * - `signature`: signed by nobody whom the roles trust.
 * - `report`: kept as a screen's own, and not signed by its key.
 * - `set-aside`: found damaged at an earlier start, and still waiting for somebody to look at it.
 */
export type FindingKind =
  | 'document'
  | 'journal'
  | 'log'
  | 'object'
  | 'lost-object'
  | 'key'
  | 'roles'
  | 'signature'
  | 'report'
  | 'set-aside';
