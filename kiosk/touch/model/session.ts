import { batch, computed, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { TypeSize } from '../../stage/blocks/size.ts';
import { TYPES } from '../../stage/blocks/size.ts';
import type { Route } from './route.ts';

/** Where one person is and what they set: all that is forgotten after them. */
export interface Session {
  readonly route: ReadonlySignal<Route>;
  readonly canGoBack: ReadonlySignal<boolean>;
  readonly type: ReadonlySignal<TypeSize>;
  readonly low: ReadonlySignal<boolean>;
  readonly language: ReadonlySignal<'zh' | 'en'>;
  /** What was typed into search. */
  readonly query: Signal<string>;
  go(route: Route): void;
  /** Another page of the same list: 返回 leaves the list, not the page. */
  turn(route: Route): void;
  back(): void;
  home(): void;
  growType(): void;
  toggleLow(): void;
  toggleLanguage(): void;
}

const HOME: readonly [Route] = [{ page: 'home' }];

/** @param moved called after each step, with whether another page came */
export function createSession(
  moved: (page: 'another page' | 'same page') => void,
): Session & { forget(): void } {
  const trail = signal<readonly Route[]>(HOME);
  const type = signal<TypeSize>('standard');
  const low = signal(false);
  const language = signal<'zh' | 'en'>('zh');
  const query = signal('');

  const walk = (routes: readonly Route[]): void => {
    trail.value = routes;
    moved('another page');
  };
  const change = <Value>(setting: Signal<Value>, value: Value): void => {
    setting.value = value;
    moved('same page');
  };
  return {
    route: computed(() => trail.value.at(-1) ?? HOME[0]),
    canGoBack: computed(() => trail.value.length > 1),
    type,
    low,
    language,
    query,
    go: (route) => walk([...trail.peek(), route]),
    turn: (route) => walk([...trail.peek().slice(0, -1), route]),
    back: () => walk(trail.peek().length > 1 ? trail.peek().slice(0, -1) : HOME),
    home: () => walk(HOME),
    growType: () =>
      change(type, TYPES[(TYPES.indexOf(type.peek()) + 1) % TYPES.length] ?? 'standard'),
    toggleLow: () => change(low, !low.peek()),
    toggleLanguage: () => change(language, language.peek() === 'zh' ? 'en' : 'zh'),
    forget: () =>
      batch(() => {
        trail.value = HOME;
        type.value = 'standard';
        low.value = false;
        language.value = 'zh';
        query.value = '';
      }),
  };
}
