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

/** A line of the glass around the item: the stage sets it in its box, and cuts what does not fit. */
export interface BoxedLine extends FrameLine {
  readonly width: number;
  readonly align: 'start' | 'centre' | 'end';
}

/** Everything on a board at one moment. `scene` changes when the main zone shows something else. */
export interface Frame {
  readonly scene: string;
  readonly main: readonly (FrameLine | BoxedLine)[];
  readonly around: readonly BoxedLine[];
}

/** Draws frames. It never breaks a line and never decides. */
export interface Stage {
  readonly element: HTMLElement;
  readonly profile: BoardProfile;
  /** Resolves when every character of `text` can be drawn. */
  prepare(text: string): Promise<void>;
  draw(frame: Frame): void;
}
