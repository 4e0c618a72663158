import { useEffect } from 'preact/hooks';
import { present, unreachable } from '../../shared/kit/assert.ts';
import type { Generation } from '../../shared/sync/generation.ts';
import { TouchContext, useTouch } from './context.ts';
import type { Touch } from './context.ts';
import type { Route } from './model/route.ts';
import { Attract } from './pages/Attract.tsx';
import { Boot } from './pages/Boot.tsx';
import { Desk } from './pages/Desk.tsx';
import { Document } from './pages/Document.tsx';
import { Home } from './pages/Home.tsx';
import { Issuers, Letters } from './pages/Issuers.tsx';
import { List } from './pages/List.tsx';
import { Categories, Open } from './pages/Open.tsx';
import { SearchPage } from './pages/Search.tsx';
import { Bar } from './parts/Bar.tsx';
import { Header } from './parts/Header.tsx';
import { IdleWarning } from './parts/IdleWarning.tsx';
import './style/index.css';

/** The citizen's touch screen, drawn from its screen and nothing else. */
export function App({ touch }: { readonly touch: Touch }) {
  return (
    <TouchContext.Provider value={touch}>
      <Screen />
    </TouchContext.Provider>
  );
}

function Screen() {
  const { glass, visit, layout, words } = useTouch();
  const generation = glass.generation.value;
  const phase = visit.phase.value;
  const { language } = words.value;
  const isTouch = generation?.lineup.device.kind === 'touch';
  // [SC12] What is of another kind never stands here, whatever was fetched for it.
  usePainted(isTouch ? generation : undefined);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  if (generation === undefined || !isTouch)
    return (
      <div class="touch">
        <Boot />
      </div>
    );
  const hall = present(generation.channels.at(-1), 'channel');
  const low = visit.low.value && layout.value.reachMm !== undefined;
  return (
    <div class={`touch form-${layout.value.form} type-${visit.type.value}${low ? ' low' : ''}`}>
      <div class="frame" inert={phase.state === 'warning'}>
        <Header hall={hall} />
        {phase.state === 'attract' ? (
          <Attract since={phase.since} />
        ) : (
          <>
            <Current route={visit.route.value} />
            <Bar />
          </>
        )}
      </div>
      {phase.state === 'warning' && <IdleWarning secondsLeft={phase.secondsLeft} />}
    </div>
  );
}

/** Another page is another element, so that nothing of one person's page lives on in the next. */
function Current({ route }: { readonly route: Route }) {
  switch (route.page) {
    case 'home':
      return <Home />;
    case 'open':
      return <Open />;
    case 'categories':
      return <Categories key={route.kind} route={route} />;
    case 'list':
      return <List key={JSON.stringify(route.of)} route={route} />;
    case 'issuers':
      return <Issuers key={route.letter} route={route} />;
    case 'letters':
      return <Letters />;
    case 'document':
      return <Document key={route.record} route={route} />;
    case 'search':
      return <SearchPage />;
    case 'desk':
      return <Desk />;
    default:
      return unreachable(route);
  }
}

/** [SC2] Tells the screen once a generation has stood for two frames with what it names shown. */
function usePainted(generation: Generation | undefined): void {
  const { painted, loading } = useTouch();
  const busy = loading.count.value > 0;
  useEffect(() => {
    if (generation === undefined || busy) return;
    let frame = 0;
    let current = true;
    const nextFrame = (then: () => void) => {
      if (current) frame = requestAnimationFrame(then);
    };
    void document.fonts.ready.then(() => nextFrame(() => nextFrame(() => painted(generation))));
    return () => {
      current = false;
      cancelAnimationFrame(frame);
    };
  }, [painted, generation, busy]);
}
