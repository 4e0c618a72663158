/** How the boot of this page goes. */
export interface FirstPicture {
  /** [SH4] Ends once the boot is proved: what there is to show stands on the glass. */
  readonly stands: Promise<void>;
  /** Ends with the picture, or a moment later than it is due: the line is not kept waiting. */
  readonly soon: Promise<void>;
  /** Ends with the picture, or when it has been waited for long enough. */
  readonly over: Promise<void>;
  painted(): void;
}

const PICTURE_WAIT_MS = 10_000;
const LINE_WAIT_MS = 1000;

/** @param isCard whether nothing is held yet, so that the bundled card is all there is to show */
export function firstPicture(isCard: () => boolean): FirstPicture {
  let painted = nothing;
  const stands = new Promise<void>((resolve) => {
    painted = resolve;
  });
  const late = new Promise<void>((resolve) => {
    setTimeout(() => {
      if (isCard()) painted();
      resolve();
    }, PICTURE_WAIT_MS);
  });
  const due = new Promise<void>((resolve) => void setTimeout(resolve, LINE_WAIT_MS));
  return { stands, soon: Promise.race([stands, due]), over: Promise.race([stands, late]), painted };
}

const nothing = (): void => undefined;
