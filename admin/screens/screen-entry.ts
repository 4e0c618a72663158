import type { ScreenView } from '../../shared/protocol/routes.ts';

/** One screen in a list, as a card or a row. */
export interface ScreenEntry {
  readonly screen: ScreenView;
  /** Fingerprint of the key that everything on screens descends from. */
  readonly root: string;
  readonly onChanged: () => void;
  readonly onEdit: () => void;
}
