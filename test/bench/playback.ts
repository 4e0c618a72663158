import { playback } from '../../shared/domain/playback.ts';
import type { Layer } from '../../shared/domain/programme.ts';
import { HOUR, layer, MINUTE, SECOND, slot } from '../builders/layers.ts';
import type { Report } from './report.ts';
import { percentile } from './report.ts';

const ROUNDS = 9;
/** Enough evaluations in a round for the clock to measure. */
const MORNINGS = 40;
const T0 = Date.UTC(2026, 10, 23);

/** One evaluation on a board's own path, span after span over six hours: 500 slots against 10. */
export function bench(report: Report): void {
  const [small, large] = [stackOf(1, 10), stackOf(5, 100)];
  const rounds = Array.from({ length: ROUNDS + 2 }, () => ({
    small: microsecondsEach(small),
    large: microsecondsEach(large),
  })).slice(2);
  const evaluation = middle(rounds.map(({ large: value }) => value));
  const ratio = middle(rounds.map((round) => round.large / round.small));
  report({
    metric: 'evaluation, 500 slots in 5 layers',
    value: round(evaluation),
    unit: 'µs',
    goal: '<= 50',
    ok: evaluation <= 50,
  });
  report({
    metric: 'ratio to 10 slots',
    value: round(ratio),
    unit: 'x',
    goal: '<= 2',
    ok: ratio <= 2,
  });
  const cold = middle(Array.from({ length: ROUNDS }, () => coldMicroseconds(large)));
  report({ metric: 'first evaluation after a flip', value: round(cold), unit: 'µs' });
}

/** Slots as a busy hall has them: some always, some by the hour, some on working hours. */
function stackOf(layers: number, slotsEach: number): Layer[] {
  return Array.from({ length: layers }, (_, level) =>
    layer(
      Array.from({ length: slotsEach }, (_unused, index) =>
        slot(`s${level}-${index}`, {
          dwellSeconds: [6, 8, 10],
          turnSeconds: 24,
          order: index,
          class: level === layers - 1 || index % 10 === 0 ? 'default' : 'weekly',
          window:
            index % 3 === 0
              ? { kind: 'always' }
              : index % 3 === 1
                ? {
                    kind: 'during',
                    from: T0 + (index % 24) * HOUR,
                    until: T0 + (index % 24) * HOUR + 90 * MINUTE,
                  }
                : {
                    kind: 'weekly',
                    days: [1, 2, 3, 4, 5],
                    fromMinute: 480 + index,
                    untilMinute: 1020,
                    whenUnknown: 'hide',
                    from: 0,
                    until: T0 + 1000 * 24 * HOUR,
                  },
        }),
      ),
    ),
  );
}

function microsecondsEach(layers: readonly Layer[]): number {
  const started = performance.now();
  let evaluations = 0;
  for (let morning = 0; morning < MORNINGS; morning++) {
    for (let t = T0 + 6 * HOUR; t < T0 + 12 * HOUR; evaluations++) t = playback(layers, t).until;
  }
  return ((performance.now() - started) * SECOND) / evaluations;
}

function coldMicroseconds(layers: readonly Layer[]): number {
  const copies = Array.from({ length: 50 }, () => [...layers]);
  const started = performance.now();
  for (const copy of copies) playback(copy, T0 + 9 * HOUR);
  return ((performance.now() - started) * SECOND) / copies.length;
}

const middle = (values: readonly number[]): number => percentile(values, 0.5);
const round = (value: number): number => Math.round(value * 100) / 100;
