import { batch, computed, effect, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import { unreachable } from '../../../shared/kit/assert.ts';
import type { TypeSize } from '../../stage/blocks/size.ts';
import { TYPES } from '../../stage/blocks/size.ts';
import type { TouchPorts } from '../ports.ts';
import { idleAt, limitMs } from './idle.ts';
import type { Route } from './route.ts';

export type Phase =
  /** Nobody is here: the screen invites. */
  | { readonly state: 'attract'; readonly since: number }
  | { readonly state: 'using' }
  /** [SC7] 您还在吗？ */
  | { readonly state: 'warning'; readonly secondsLeft: number };

/** One person's use of the screen: where they are and what they set. All of it is forgotten after. */
export interface Visit {
  readonly phase: ReadonlySignal<Phase>;
  readonly route: ReadonlySignal<Route>;
  readonly canGoBack: ReadonlySignal<boolean>;
  readonly type: ReadonlySignal<TypeSize>;
  readonly low: ReadonlySignal<boolean>;
  readonly language: ReadonlySignal<'zh' | 'en'>;
  /** What was typed into search. */
  readonly query: Signal<string>;
  /** Monotonic milliseconds when another page came: a second tap must not hit what came with it. */
  readonly turnedAt: () => number;
  begin(): void;
  go(route: Route): void;
  /** Another page of the same list: 返回 leaves the list, not the page. */
  turn(route: Route): void;
  back(): void;
  home(): void;
  growType(): void;
  toggleLow(): void;
  toggleLanguage(): void;
  /** Somebody touched, typed, scrolled, or is being read to. */
  active(): void;
  finish(): void;
  close(): void;
}

const HOME: readonly [Route] = [{ page: 'home' }];

export function createVisit({ monotonic, timer, speech, idled }: TouchPorts): Visit {
  const phase = signal<Phase>({ state: 'attract', since: monotonic() });
  const trail = signal<readonly Route[]>(HOME);
  const type = signal<TypeSize>('standard');
  const low = signal(false);
  const language = signal<'zh' | 'en'>('zh');
  const query = signal('');
  let lastActivityAt = monotonic();
  let turnedAt = -Infinity;
  let cancel = () => {};

  /** Looks at the clock at the moments when idleness means something, and at no other. */
  function watch(): void {
    cancel();
    if (phase.peek().state === 'attract') return;
    const { value, until } = idleAt(lastActivityAt, limitMs(type.peek()), monotonic());
    switch (value.state) {
      case 'using':
        if (phase.peek().state !== 'using') phase.value = { state: 'using' };
        break;
      case 'warning':
        phase.value = value;
        break;
      case 'over':
        return finish();
      default:
        unreachable(value);
    }
    cancel = timer(until, watch);
  }

  function finish(): void {
    cancel();
    speech.peek()?.stop();
    turnedAt = monotonic();
    batch(() => {
      phase.value = { state: 'attract', since: monotonic() };
      trail.value = HOME;
      type.value = 'standard';
      low.value = false;
      language.value = 'zh';
      query.value = '';
    });
    idled();
  }

  function active(): void {
    if (phase.peek().state === 'attract') return;
    lastActivityAt = monotonic();
    watch();
  }

  function setTrail(routes: readonly Route[]): void {
    turnedAt = monotonic();
    trail.value = routes;
    active();
  }

  // Large type gives more time at once, not only from the next touch.
  const stop = effect(() => {
    void type.value;
    watch();
  });

  return {
    phase,
    route: computed(() => trail.value.at(-1) ?? HOME[0]),
    canGoBack: computed(() => trail.value.length > 1),
    type,
    low,
    language,
    query,
    turnedAt: () => turnedAt,
    begin() {
      lastActivityAt = monotonic();
      turnedAt = monotonic();
      phase.value = { state: 'using' };
      watch();
    },
    go: (route) => setTrail([...trail.peek(), route]),
    turn: (route) => setTrail([...trail.peek().slice(0, -1), route]),
    back: () => setTrail(trail.peek().length > 1 ? trail.peek().slice(0, -1) : HOME),
    home: () => setTrail(HOME),
    growType() {
      type.value = TYPES[(TYPES.indexOf(type.peek()) + 1) % TYPES.length] ?? 'standard';
      active();
    },
    toggleLow() {
      low.value = !low.peek();
      active();
    },
    toggleLanguage() {
      language.value = language.peek() === 'zh' ? 'en' : 'zh';
      active();
    },
    active,
    finish,
    close() {
      stop();
      cancel();
    },
  };
}
