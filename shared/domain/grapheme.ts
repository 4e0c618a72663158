/**
 * Splits a text into grapheme clusters: what a reader takes for one character. Own rules rather than
 * Intl.Segmenter, whose tables differ between the server and the screens: lines are made on one and
 * compared by digest on the other. Joined, the clusters are the text. A lone surrogate is a cluster.
 */
export function segment(text: string): string[] {
  const clusters: string[] = [];
  let flags = 0;
  for (const character of text) {
    const last = clusters.at(-1);
    const flag = REGIONAL.test(character);
    flags = flag ? flags + 1 : 0;
    const joined = last !== undefined && (EXTENDS.test(character) || last.endsWith(JOINER));
    const pairsFlag = flag && flags % 2 === 0;
    if (last !== undefined && (joined || pairsFlag) && !CONTROL.test(last)) {
      clusters[clusters.length - 1] = last + character;
    } else {
      clusters.push(character);
    }
  }
  return clusters;
}

const JOINER = '\u200d';
const REGIONAL = /^[\u{1f1e6}-\u{1f1ff}]$/u;
/** Marks, joiners, skin tones and the tags of flags: UAX #29, GB9 and GB9a. */
const EXTENDS = /^(?:[\p{M}\p{Emoji_Modifier}\u{e0020}-\u{e007f}]|\u200c|\u200d)$/u;
/** Nothing joins a control or a space. */
const CONTROL = /^[\p{Cc}\p{Zl}\p{Zp}\p{Zs}\u200b]$/u;
