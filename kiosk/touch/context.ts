import { computed, effect, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { present } from '../../shared/kit/assert.ts';
import type { Generation, Screen } from '../../shared/sync/generation.ts';
import { applySizes } from '../stage/blocks/size.ts';
import type { TouchWords } from '../words/touch-zh.ts';
import { touchZh } from '../words/touch-zh.ts';
import type { Catalogue } from './model/catalogue.ts';
import { catalogueOf } from './model/catalogue.ts';
import type { Glass } from './model/glass.ts';
import { createGlass } from './model/glass.ts';
import type { Layout, Window } from './model/layout.ts';
import { BAR_MM, layoutOf, roomMm } from './model/layout.ts';
import type { Visit } from './model/visit.ts';
import { createVisit } from './model/visit.ts';
import type { TouchPorts } from './ports.ts';
import type { Search } from './search/client.ts';
import { createSearch } from './search/client.ts';

/** Everything the parts of the touch page share. */
export interface Touch {
  readonly screen: Screen;
  readonly ports: TouchPorts;
  readonly glass: Glass;
  readonly visit: Visit;
  readonly search: Search;
  readonly catalogue: ReadonlySignal<Catalogue>;
  readonly layout: ReadonlySignal<Layout>;
  readonly words: ReadonlySignal<TouchWords>;
  /** Pages still fetching what they show: the picture is not painted before they have it. */
  readonly loading: { begin(): () => void; readonly count: ReadonlySignal<number> };
  /** A generation stands on the glass. Only then does search begin, unless somebody is there first. */
  painted(generation: Generation): void;
  close(): void;
}

export function createTouch(screen: Screen, ports: TouchPorts, root: HTMLElement): Touch {
  const glass = createGlass(screen, ports);
  const visit = createVisit(ports);
  const search = createSearch(ports.searchWorker);
  const view = signal(windowOf());
  const resize = () => {
    view.value = windowOf();
  };
  window.addEventListener('resize', resize);
  const layout = computed(() => layoutOf(glass.generation.value?.lineup.device, view.value));
  const isPainted = signal(false);
  const loads = signal(0);
  const english = signal<TouchWords | undefined>(undefined);
  const stops = [
    effect(() => fitPage(root, layout.value, visit)),
    effect(() => {
      if (isPainted.value || visit.route.value.page === 'search') search.update(glass.items.value);
    }),
    effect(() => {
      // Kept in the shell like the rest, but read only where somebody wants it.
      if (visit.language.value === 'en' && english.peek() === undefined) void readEnglish(english);
    }),
  ];
  return {
    screen,
    ports,
    glass,
    visit,
    search,
    painted(generation) {
      screen.painted(generation, null);
      isPainted.value = true;
    },
    catalogue: computed(() => catalogueOf(glass.items.value)),
    layout,
    words: computed(() => (visit.language.value === 'zh' ? touchZh : (english.value ?? touchZh))),
    loading: {
      count: loads,
      begin() {
        loads.value += 1;
        let ended = false;
        return () => {
          if (!ended) loads.value -= 1;
          ended = true;
        };
      },
    },
    close() {
      for (const stop of stops) stop();
      window.removeEventListener('resize', resize);
      search.close();
      visit.close();
      glass.close();
    },
  };
}

async function readEnglish(into: Signal<TouchWords | undefined>): Promise<void> {
  into.value = (await import('../words/touch-en.ts')).touchEn;
}

const windowOf = (): Window => ({
  width: window.innerWidth,
  height: window.innerHeight,
  ratio: window.devicePixelRatio,
});

function fitPage(root: HTMLElement, layout: Layout, visit: Visit): void {
  const [type, low] = [visit.type.value, visit.low.value];
  applySizes(root, layout.mm, type);
  const set = (name: string, mm: number) => {
    root.style.setProperty(name, `${(mm * layout.mm).toFixed(3)}px`);
  };
  set('--bar', BAR_MM[type]);
  set('--lift', layout.liftMm);
  set('--room', roomMm(layout, type, low));
}

export const TouchContext = createContext<Touch | undefined>(undefined);

export const useTouch = (): Touch => present(useContext(TouchContext), 'touch context');
