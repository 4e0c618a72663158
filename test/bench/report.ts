/** One figure of a benchmark; `ok` is missing where the figure has no goal (a baseline, say). */
export type Figure = {
  metric: string;
  value: number;
  unit: string;
  goal?: string;
  ok?: boolean;
};

export type Report = (figure: Figure) => void;

/** Prints each figure as one JSON object on a line of its own and remembers whether one missed. */
export function createReport(bench: string): { report: Report; hasMissed: () => boolean } {
  let missed = false;
  return {
    report: (figure) => {
      if (figure.ok === false) missed = true;
      process.stdout.write(`${JSON.stringify({ bench, ...figure })}\n`);
    },
    hasMissed: () => missed,
  };
}

/** The value below which `share` (0 to 1) of the samples lie, by the nearest-rank method. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('broken assumption: a percentile of no samples');
  return value;
}

/** The middle of several rounds: one slow round (a neighbour, a collection) does not decide. */
export const median = (samples: readonly number[]): number => percentile(samples, 0.5);
