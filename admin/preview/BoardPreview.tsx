import { useMemo, useState } from 'preact/hooks';
import { ChevronLeft, ChevronRight } from 'lucide';
import type { Pages } from '../../shared/domain/pages.ts';
import { id, isProfileId } from '../../shared/kit/ids.ts';
import type { PreviewMessage } from '../../shared/protocol/preview.ts';
import { Button } from '../parts/Button.tsx';
import { hall } from '../time/hall.ts';
import { words } from '../words/words.ts';
import { boardName, boardSize } from './devices.ts';
import { Frame } from './Frame.tsx';

/** A record's pages on one board, stepped through by hand. */
export function BoardPreview({
  profile,
  pages,
}: {
  readonly profile: string;
  readonly pages: Pages;
}) {
  const [wanted, setPage] = useState(0);
  const last = pages.pages.length - 1;
  const page = Math.min(wanted, last);
  const message = usePagesMessage(profile, pages, page);
  const w = words.value.preview;
  const seconds = pages.pages[page]?.dwellSeconds ?? 0;
  return (
    <figure class="preview">
      <figcaption class="preview-head">
        <span class="preview-name">{boardName(profile)}</span>
        <output class="preview-page">
          {w.page(page + 1, last + 1)} · {w.seconds(seconds)}
        </output>
        {last > 0 && (
          <span class="preview-steps">
            <Button
              look="quiet"
              icon={ChevronLeft}
              disabled={page === 0}
              onPress={() => setPage(page - 1)}
            >
              <span class="unseen">
                {boardName(profile)} {w.earlier}
              </span>
            </Button>
            <Button
              look="quiet"
              icon={ChevronRight}
              disabled={page === last}
              onPress={() => setPage(page + 1)}
            >
              <span class="unseen">
                {boardName(profile)} {w.later}
              </span>
            </Button>
          </span>
        )}
      </figcaption>
      <div class="glass">
        {message !== null && (
          <Frame name={w.frame(boardName(profile))} size={boardSize(profile)} message={message} />
        )}
      </div>
    </figure>
  );
}

/** Made anew only when something changed: each message draws the board again. */
function usePagesMessage(profile: string, pages: Pages, page: number): PreviewMessage | null {
  const known = hall.value;
  return useMemo<PreviewMessage | null>(
    () =>
      known === null
        ? null
        : {
            v: 1,
            kind: 'pages',
            hall: known.card,
            zone: known.zone,
            profile: id(isProfileId, profile),
            pages,
            page,
          },
    [known, profile, pages, page],
  );
}
