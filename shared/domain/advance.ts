import { bitmapAdvance, isInvisible } from './cells.ts';
import type { BoardProfile } from './profile.ts';

/**
 * How far the pen moves for one grapheme cluster, in thousandths of an em, and whether half of its
 * square is blank. Whole numbers, so that every machine breaks a text into the same lines.
 */
export interface Metrics {
  advance(cluster: string): number;
  /** The half of a full-width mark that carries no ink in either font: [LB6] squeezes it out. */
  blankHalf(cluster: string): 'before' | 'after' | undefined;
}

export function metricsOf(profile: BoardProfile): Metrics {
  return profile.glyphs === 'bitmap' ? bitmapMetrics : vectorMetrics;
}

/** Cells of a dot board: 8 dots or 16 in every 16. */
export const bitmapMetrics: Metrics = {
  advance: (cluster) => bitmapAdvance(baseOf(cluster)),
  blankHalf,
};

/** Noto Sans SC at weight 500; a test compares this table with the font itself. */
export const vectorMetrics: Metrics = {
  advance: (cluster) => vectorAdvance(baseOf(cluster)),
  blankHalf,
};

function vectorAdvance(codePoint: number): number {
  if (isInvisible(codePoint)) return 0;
  return latinAdvances.get(codePoint) ?? 1000;
}

/** A cluster is as wide as its first code point: what follows is drawn over it. */
function baseOf(cluster: string): number {
  return cluster.codePointAt(0) ?? 0x200b;
}

/** Marks whose ink lies in one half of the square in the dot font and in Noto Sans SC alike. */
function blankHalf(cluster: string): 'before' | 'after' | undefined {
  if ('（「【〔〈［｛“‘'.includes(cluster)) return 'before';
  if ('，、。．）」】〕〉］｝”’'.includes(cluster)) return 'after';
  return undefined;
}

/** Runs of advances from a code point on, thousandths of an em; what is not here is one em. */
const latinAdvances = table(`
20: 225 343 518 570 570 939 706 298 356 356 484 570 298 357 298 390
30: 570 570 570 570 570 570 570 570 570 570 298 298 570 570 570 492
40: 972 622 667 646 699 600 566 701 741 309 549 664 558 830 734 754
50: 648 754 656 608 611 733 594 894 596 553 607 356 390 356 570 562
60: 615 575 629 517 630 566 346 578 621 288 289 575 298 943 624 615
70: 630 630 409 480 396 620 545 829 526 544 491 356 281 356 570
a0: 225 343 570 570 570 570 281
a8: 615 840 393 501 570
ae: 490 615 385
b2: 417 417 615 644
b8: 615 417 413 501 889 922 903 492 622 622 622 622 622 622 933 646
c8: 600 600 600 600 309 309 309 309 725 734 754 754 754 754 754
d8: 754 733 733 733 733 553 668 668 575 575 575 575 575 575 883 517
e8: 566 566 566 566 288 288 288 288 618 624 615 615 615 615 615
f8: 615 620 620 620 620 544 630 544 622 575 622 575
110: 725 630 600 566
11a: 600 566
128: 309 288 309 288
143: 734 624
147: 734 624
14c: 754 615 754 615
152: 962 938
168: 733 620 733 620
192: 570
1cd: 622 575 309 288 754 615 733 620 733 620 733 620 733 620 733 620
1f8: 734 624
401: 600
410: 622 660 667 569 729 600 927 627 745 745 667 718 830 741 754 732
420: 648 646 611 593 834 596 732 684 989 1001 814 917 660 646 1036 667
430: 575 618 578 469 617 566 794 520 642 642 577 612 722 640 615 630
440: 630 517 529 544 841 526 638 590 862 877 680 782 561 517 844 589
451: 566
2002: 500
2011: 357 540 540 900
201a: 298
201e: 518
2032: 298 518
2039: 312 312
2116: 1030
2122: 733
20a9: 570
20ab: 570 570
`);

function table(lines: string): ReadonlyMap<number, number> {
  const advances = new Map<number, number>();
  for (const line of lines.trim().split('\n')) {
    const [first, widths] = line.split(': ');
    for (const [step, width] of (widths ?? '').split(' ').entries()) {
      advances.set(Number.parseInt(first ?? '', 16) + step, Number(width));
    }
  }
  return advances;
}
