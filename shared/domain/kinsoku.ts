/** What a break before a cluster costs, cheapest first. A line takes the cheapest in its reach. */
export const BREAK = {
  /** Between words, or between two Han characters. */
  free: 0,
  /** Inside a run that is kept whole while it fits a line. */
  inRun: 1,
  /** Leaves a mark where it may not stand. */
  forbidden: 2,
  /** Before a space, which belongs to the line it ends. */
  never: 3,
} as const;

/** Cost of a break before each cluster of one paragraph; rules of CLREQ's basic level. */
export function breakCosts(clusters: readonly string[]): Uint8Array {
  const costs = new Uint8Array(clusters.length);
  let beforeSpaces = '';
  for (const [index, cluster] of clusters.entries()) {
    if (isSpace(cluster)) costs[index] = BREAK.never;
    else if (mayNotStart(cluster) || mayNotEnd(beforeSpaces)) costs[index] = BREAK.forbidden;
    if (!isSpace(cluster)) beforeSpaces = cluster;
  }
  keepRunsWhole(clusters, costs);
  return costs;
}

/** Spaces that vanish at the edge of a line; a no-break space does not. */
export function isSpace(cluster: string): boolean {
  return (
    cluster === ' ' || cluster === '\u3000' || /^[\u2000-\u2006\u2008-\u200b\t]$/u.test(cluster)
  );
}

/** [LB2] ECMA-376 part 1, 17.15.1.58, simplified Chinese, with the joining and dividing marks of CLREQ. */
export function mayNotStart(cluster: string): boolean {
  return NO_START.has(cluster);
}

/** [LB3] ECMA-376 part 1, 17.15.1.59, simplified Chinese. */
export function mayNotEnd(cluster: string): boolean {
  return NO_END.has(cluster);
}

const NO_START = new Set(
  '!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞！＂％＇），．：；？］｀｜｝～–‧•・／/',
);
/** `·` ends no line in ECMA-376 and starts none in CLREQ; here it may end one, or nothing could. */
const NO_END = new Set('$([{£¥‘“〈《「『【〔〖〝＄（．［｛￡￥'.replace('．', ''));

/** [LB4] [LB5] Runs that stay whole while they fit a line. */
function keepRunsWhole(clusters: readonly string[], costs: Uint8Array): void {
  const text = clusters.join('');
  const indexAt = clusterIndex(clusters);
  for (const run of RUNS) {
    for (const match of text.matchAll(run)) {
      const until = match.index + match[0].length;
      for (let offset = match.index + 1; offset < until; offset += 1) {
        const index = indexAt[offset] ?? -1;
        if (index >= 0 && costs[index] === BREAK.free) costs[index] = BREAK.inRun;
      }
    }
  }
}

/** The index of the cluster that starts at each offset of the text, -1 inside one. */
function clusterIndex(clusters: readonly string[]): Int32Array {
  const indexAt = new Int32Array(clusters.reduce((sum, cluster) => sum + cluster.length, 0)).fill(
    -1,
  );
  let offset = 0;
  for (const [index, cluster] of clusters.entries()) {
    indexAt[offset] = index;
    offset += cluster.length;
  }
  return indexAt;
}

/** Letters and digits of alphabets, full-width ones too, and the marks drawn over them. */
const WORD = String.raw`(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}\p{Script=Yi}])[\p{L}\p{Nd}\p{M}])`;
/** What holds a word, number, time, telephone number or address together. */
const JOIN = String.raw`[.,:/\-–_@#&+~'’=?%*\u00a0\u2060\u2011]`;
const NUMBER = String.raw`[+\-−±]?\p{Nd}+(?:[.,:/\-–—~：～－×][+\-−]?\p{Nd}+)*`;
const LONG_UNITS =
  '个工作日|个自然日|工作日|自然日|平方公里|平方千米|立方米|平方米|千瓦时|公里|公顷|公斤|公分|千米|千克|千瓦|毫米|毫升|厘米|分钟|小时|个月|周岁|周年|号楼|号窗口|号线';
const UNIT = String.raw`(?:${LONG_UNITS}|\p{Script=Han}|[%‰℃°′″])`;

const RUNS = [
  new RegExp(`${WORD}+(?:${JOIN}+${WORD}+)*`, 'gu'),
  new RegExp(String.raw`第?${NUMBER}(?:[余多几]?[十百千万亿]{0,4}[余多几]?${UNIT})?`, 'gu'),
  /[〔［[（(【]\d{4}[〕］\])）】]第?\d+号/gu,
  /——+|⸺+|……+|\.{3,6}/gu,
];
