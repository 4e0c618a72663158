/** One drawn line: whole dots from the main zone's top left, and the size of its glyphs in dots. */
export interface PageLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly role: 'title' | 'body' | 'foot';
}

export interface Page {
  readonly lines: readonly PageLine[];
  /** Whole seconds this page stays, from reading speed. */
  readonly dwellSeconds: number;
}

/** A record broken into board pages for one profile; the stage draws it as it stands. */
export interface Pages {
  readonly v: 1;
  readonly profile: string;
  readonly pages: readonly Page[];
}
