import { useState } from 'preact/hooks';
import type { Block } from '../../../shared/records/block.ts';
import { Blocks } from '../../stage/blocks/Blocks.tsx';
import { headingsOf } from '../../stage/blocks/headings.ts';
import { useTouch } from '../context.ts';
import { absenceOf } from '../model/absence.ts';
import { useReadingPlace } from '../model/reading-place.ts';
import type { Route } from '../model/route.ts';
import { useView } from '../model/view.ts';
import type { Shown } from '../model/visible-items.ts';
import { Contents } from '../parts/Contents.tsx';
import { Page } from '../parts/Page.tsx';
import { ReadingTools } from '../parts/ReadingTools.tsx';
import { Failed, Gone } from './Gone.tsx';

type DocumentRoute = Extract<Route, { page: 'document' }>;

/** One record in full; when its time is over it goes, even while it is read. [SC9] */
export function Document({ route }: { readonly route: DocumentRoute }) {
  const { glass, screen } = useTouch();
  const shown = glass.items.value.find(({ item }) => item.record === route.record);
  const [loaded, retry] = useView(shown?.item.view);
  const generation = glass.generation.value;
  if (loaded.state === 'damaged') return <Failed retry={retry} />;
  if (shown === undefined || generation === undefined) {
    const absence = generation && absenceOf(route, generation, glass.condition.value, screen.now());
    return <Gone absence={absence ?? 'withdrawn'} title={route.opened.title} />;
  }
  return (
    <Reader
      key={shown.item.view.digest}
      route={route}
      shown={shown}
      blocks={loaded.state === 'ready' ? loaded.blocks : undefined}
    />
  );
}

interface ReaderProps {
  readonly route: DocumentRoute;
  readonly shown: Shown;
  /** Undefined while they are fetched. */
  readonly blocks: readonly Block[] | undefined;
}

function Reader({ route, shown: { item }, blocks = [] }: ReaderProps) {
  const { words, layout } = useTouch();
  const { document } = words.value;
  const place = useReadingPlace();
  const [contents, setContents] = useState(false);
  const headings = headingsOf(blocks);
  const hasContents = headings.length > 1;
  const isBeside = hasContents && layout.value.form === 'wide';
  const goTo = (anchor: string) => {
    setContents(false);
    place.goTo(anchor);
  };
  const list = <Contents headings={headings} current={place.reading.section} goTo={goTo} />;
  return (
    <Page kind="document" title={item.listing.title} titleLang="zh-CN">
      <div class={isBeside ? 'reader reader-beside' : 'reader'}>
        {isBeside && list}
        <section
          class="scroller"
          ref={place.scroller}
          aria-label={document.reading}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- Whoever has keys only must be able to scroll it.
          tabIndex={0}
          inert={contents && !isBeside}
        >
          <div class="sheet">
            {item.version !== route.opened.version && (
              <output class="band">{document.updated}</output>
            )}
            {blocks.length === 0 ? (
              <output>{document.loading}</output>
            ) : (
              <Blocks blocks={blocks} words={words.value.blocks} />
            )}
          </div>
        </section>
        {contents && !isBeside && <div class="contents-over">{list}</div>}
      </div>
      <ReadingTools
        place={place}
        headings={headings}
        contents={hasContents && !isBeside ? contents : undefined}
        toggleContents={() => setContents(!contents)}
      />
    </Page>
  );
}
