/** Sizes of text on a touch screen, in millimetres of the glass: [SC6]. */
export const TYPES = ['standard', 'large', 'largest'] as const;
export type TypeSize = (typeof TYPES)[number];

/** Smallest and body text by type size. 0.7° at 600 mm asks for 10.5 mm; 大字 for 14 and 18 mm. */
const MILLIMETRES: Readonly<
  Record<TypeSize, { readonly small: number; readonly body: number; readonly title: number }>
> = {
  standard: { small: 10.5, body: 12, title: 18 },
  large: { small: 14, body: 15.5, title: 21 },
  largest: { small: 18, body: 18, title: 24 },
};

/** What a glass of this size has of its pixels to each millimetre. */
export function pixelsPerMm(glass: Glass): number {
  return Math.hypot(glass.widthPx, glass.heightPx) / (glass.diagonalInches * 25.4);
}

export interface Glass {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly diagonalInches: number;
}

/**
 * Gives a page its sizes as custom properties, through the object model because inline styles are
 * barred by the content security policy.
 *
 * @param mm CSS pixels to a millimetre
 */
export function applySizes(element: HTMLElement, mm: number, type: TypeSize): void {
  const { small, body, title } = MILLIMETRES[type];
  const set = (name: string, millimetres: number) => {
    element.style.setProperty(name, `${(millimetres * mm).toFixed(3)}px`);
  };
  set('--mm', 1);
  set('--small', small);
  set('--text', body);
  set('--title', title);
}
