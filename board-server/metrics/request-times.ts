/** Which series an answered request counts in. */
export interface Answering {
  /** Of closed lists, as every label of ours: each other value would be a series of its own. */
  readonly route: string;
  readonly method: string;
  readonly status: number;
}

/** How long answers took, as a histogram in Prometheus's text format. */
export interface RequestTimes {
  observe(answering: Answering, milliseconds: number): void;
  text(): string;
}

const NAME = 'openhall_http_request_seconds';
const HELP = 'Answered requests by route and class of status';
const BUCKETS_MS = [5, 25, 100, 500, 2500, 10_000];

interface Series {
  readonly labels: string;
  /** How many fell into each bucket, and past the last; not into those before it. */
  readonly counts: number[];
  sumMs: number;
}

/**
 * [OP1] The registry's own histogram checks and joins labels at each observation, which takes a tenth of
 * what an object's answer takes; here a request is a look-up and two additions.
 */
export function createRequestTimes(): RequestTimes {
  const series = new Map<string, Series>();
  /** The one counted last: most requests are of one kind. */
  let last: { readonly answering: Answering; readonly series: Series } | undefined;

  function seriesOf(answering: Answering): Series {
    if (last !== undefined && isAlike(last.answering, answering)) return last.series;
    last = { answering, series: lookUp(answering) };
    return last.series;
  }

  function lookUp({ route, method, status }: Answering): Series {
    const kind = `${Math.floor(status / 100)}xx`;
    const labels = `route="${route}",method="${method}",status="${kind}"`;
    const known = series.get(labels);
    if (known !== undefined) return known;
    const counts = Array.from({ length: BUCKETS_MS.length + 1 }, () => 0);
    const made = { labels, counts, sumMs: 0 };
    series.set(labels, made);
    return made;
  }

  return {
    observe(answering, milliseconds) {
      const found = seriesOf(answering);
      const past = BUCKETS_MS.findIndex((most) => milliseconds <= most);
      const bucket = past === -1 ? BUCKETS_MS.length : past;
      found.counts[bucket] = (found.counts[bucket] ?? 0) + 1;
      found.sumMs += milliseconds;
    },
    text: () =>
      [`# HELP ${NAME} ${HELP}`, `# TYPE ${NAME} histogram`]
        .concat([...series.values()].flatMap(linesOf))
        .join('\n'),
  };
}

function isAlike(one: Answering, other: Answering): boolean {
  return one.route === other.route && one.status === other.status && one.method === other.method;
}

function linesOf({ labels, counts, sumMs }: Series): string[] {
  let count = 0;
  const buckets = counts.map((within, at) => {
    count += within;
    const most = BUCKETS_MS[at];
    const le = most === undefined ? '+Inf' : String(most / 1000);
    return `${NAME}_bucket{le="${le}",${labels}} ${count}`;
  });
  return [
    ...buckets,
    `${NAME}_sum{${labels}} ${sumMs / 1000}`,
    `${NAME}_count{${labels}} ${count}`,
  ];
}
