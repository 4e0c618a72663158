import { ChevronsDown, ChevronsUp, List, SkipBack, SkipForward, X } from 'lucide';
import type { Heading } from '../../stage/blocks/headings.ts';
import { useTouch } from '../context.ts';
import type { useReadingPlace } from '../model/reading-place.ts';
import { Icon } from './Icon.tsx';
import { Press } from './Press.tsx';

interface ReadingToolsProps {
  readonly place: ReturnType<typeof useReadingPlace>;
  readonly headings: readonly Heading[];
  /** Whether the contents are open; undefined when they are not opened from here. */
  readonly contents: boolean | undefined;
  readonly toggleContents: () => void;
}

/** Reading without drawing a finger over the glass, and how far one has come. */
export function ReadingTools({ place, headings, contents, toggleContents }: ReadingToolsProps) {
  const { document } = useTouch().words.value;
  const { percent, scrolls, section } = place.reading;
  const at = headings.findIndex(({ anchor }) => anchor === section);
  const [before, after] = [headings[at - 1], headings[at + 1]];
  return (
    <fieldset class="tools" aria-label={document.tools}>
      {scrolls && contents !== true && (
        <div class="progress">
          <progress max={100} value={percent} aria-label={document.reading} />
          <span>{document.progress(percent)}</span>
        </div>
      )}
      <div class="tools-row">
        {contents !== undefined && (
          <Press class="button" onPress={toggleContents} aria-pressed={contents}>
            <Icon of={contents ? X : List} />
            {contents ? document.closeContents : document.contents}
          </Press>
        )}
        {contents !== true && scrolls && (
          <>
            {percent > 0 && (
              <Press class="button" onPress={() => place.pageBy(-1)}>
                <Icon of={ChevronsUp} />
                {document.up}
              </Press>
            )}
            {percent < 100 && (
              <Press class="button button-strong" onPress={() => place.pageBy(1)}>
                <Icon of={ChevronsDown} />
                {document.down}
              </Press>
            )}
            {before !== undefined && (
              <Press class="button" onPress={() => place.goTo(before.anchor)}>
                <Icon of={SkipBack} />
                {document.previous}
              </Press>
            )}
            {after !== undefined && percent < 100 && (
              <Press class="button" onPress={() => place.goTo(after.anchor)}>
                <Icon of={SkipForward} />
                {document.next}
              </Press>
            )}
          </>
        )}
      </div>
    </fieldset>
  );
}
