import type { BoardProfile } from '../../shared/domain/profile.ts';

/** Ranks of text on a board. A single colour board draws all alike and says rank in words. */
export type Tone = 'title' | 'body' | 'quiet' | 'alert';

/** A drawn line: whole dots from the board's top left. */
export interface FrameLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly tone: Tone;
}

/** Everything on a board at one moment. `scene` changes when the main zone shows something else. */
export interface Frame {
  readonly scene: string;
  readonly main: readonly FrameLine[];
  readonly around: readonly FrameLine[];
}

/** Draws frames. It never measures, wraps or decides. */
export interface Stage {
  readonly element: HTMLElement;
  readonly profile: BoardProfile;
  /** Resolves when every character of `text` can be drawn. */
  prepare(text: string): Promise<void>;
  draw(frame: Frame): void;
}
