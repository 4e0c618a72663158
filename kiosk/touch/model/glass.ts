import { computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Span } from '../../../shared/domain/span.ts';
import type { Condition, Generation, Pairing, Screen } from '../../../shared/sync/generation.ts';
import type { TouchPorts } from '../ports.ts';
import type { Freshness } from './freshness.ts';
import { freshnessAt } from './freshness.ts';
import type { Shown } from './visible-items.ts';
import { visibleItems } from './visible-items.ts';

/** What is on the glass, as signals that change at the very moment the content does. */
export interface Glass {
  readonly generation: ReadonlySignal<Generation | undefined>;
  readonly condition: ReadonlySignal<Condition>;
  readonly items: ReadonlySignal<readonly Shown[]>;
  readonly freshness: ReadonlySignal<Freshness | undefined>;
  /** Trusted time, cut to whole minutes. */
  readonly minuteAt: ReadonlySignal<number>;
  readonly pairing: ReadonlySignal<Pairing>;
  close(): void;
}

const MINUTE_MS = 60_000;

/** Nothing is asked again and again: it looks at the screen when told, and when a span ends. */
export function createGlass(screen: Screen, { monotonic, timer }: TouchPorts): Glass {
  const generation = signal(screen.generation());
  const condition = signal(screen.condition());
  const t = signal(screen.now());
  const pairing = signal(screen.pairing());
  let items: Span<readonly Shown[]> = { value: [], since: Infinity, until: -Infinity };
  let of: readonly [Generation | undefined, Condition] = [undefined, condition.value];

  const itemsSpan = computed(() => {
    const current = [generation.value, condition.value] as const;
    const same = of[0] === current[0] && of[1] === current[1];
    if (same && items.since <= t.value && t.value < items.until) return items;
    of = current;
    items =
      current[0] === undefined
        ? { value: [], since: -Infinity, until: Infinity }
        : visibleItems(current[0], current[1], t.value);
    return items;
  });
  const freshnessSpan = computed(() =>
    generation.value === undefined
      ? undefined
      : freshnessAt(generation.value, condition.value, t.value),
  );

  let cancel: (() => void) | undefined;
  const look = () => {
    cancel?.();
    const now = screen.now();
    generation.value = screen.generation();
    condition.value = screen.condition();
    pairing.value = screen.pairing();
    t.value = now;
    const nextMinute = (Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS;
    const until = Math.min(
      itemsSpan.value.until,
      freshnessSpan.value?.until ?? Infinity,
      nextMinute,
    );
    cancel = timer(monotonic() + (until - now), look);
  };
  const unlisten = screen.listen(look);
  look();

  return {
    generation,
    condition,
    items: computed(() => itemsSpan.value.value),
    freshness: computed(() => freshnessSpan.value?.value),
    minuteAt: computed(() => Math.floor(t.value / MINUTE_MS) * MINUTE_MS),
    pairing,
    close() {
      unlisten();
      cancel?.();
    },
  };
}
