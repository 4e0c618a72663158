import { describe, expect, it } from 'vitest';
import { hitsPerPage, layoutOf, rowsPerPage } from '../../kiosk/touch/model/layout.ts';
import { GLASS_32 } from '../builders/touch-screen.ts';

const window = (width: number, height: number, ratio = 1) => ({ width, height, ratio });

describe('millimetres', () => {
  it('[SC6] on the glass itself a millimetre is what its diagonal says', () => {
    const layout = layoutOf(GLASS_32, window(1080, 1920));
    expect(layout.isGlass).toBe(true);
    expect(layout.mm).toBeCloseTo(2.7103, 3);
    expect(layout.heightMm).toBeCloseTo(708.4, 1);
    expect(layout.form).toBe('tall');
  });

  it('[SC6] a browser that scales its pixels still draws the same millimetres', () => {
    expect(layoutOf(GLASS_32, window(540, 960, 2)).mm).toBeCloseTo(2.7103 / 2, 3);
  });

  it('[SC6] in any other window the smallest text is at least 16 px', () => {
    for (const [width, height] of [
      [390, 844],
      [844, 390],
      [320, 568],
      [1440, 900],
    ] as const) {
      const layout = layoutOf(GLASS_32, window(width, height));
      expect(layout.isGlass).toBe(false);
      expect(layout.mm * 10.5).toBeGreaterThanOrEqual(15.999);
    }
  });

  it('[SC6] what can be reached ends 1,100 mm above the floor and begins at 380', () => {
    expect(layoutOf(GLASS_32, window(1080, 1920)).reachMm).toBe(400);
    const standing = {
      ...GLASS_32,
      kind: 'touch',
      widthPx: 1080,
      heightPx: 1920,
      diagonalInches: 55,
      bottomMm: 250,
    } as const;
    expect(layoutOf(standing, window(1080, 1920)).liftMm).toBe(130);
    const table = { ...standing, diagonalInches: 21.5, bottomMm: 600 };
    expect(layoutOf(table, window(1080, 1920)).reachMm).toBeUndefined();
  });

  it('a page has at most seven choices, in every size and place', () => {
    for (const type of ['standard', 'large', 'largest'] as const) {
      for (const low of [false, true]) {
        const layout = layoutOf(GLASS_32, window(1080, 1920));
        const rows = rowsPerPage(layout, type, low, 20);
        expect(rows).toBeGreaterThanOrEqual(1);
        expect(rows).toBeLessThanOrEqual(7);
        expect(hitsPerPage(layout, type, low)).toBeLessThanOrEqual(6);
      }
    }
  });
});
