import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

/** Where a reader is in a text: a block, and how far into it the upper edge lies (0 to 1). */
interface Place {
  readonly block: string;
  readonly share: number;
}

export interface Reading {
  /** 0 to 100. */
  readonly percent: number;
  /** Whether there is more than fits. */
  readonly scrolls: boolean;
  /** The heading under which the upper edge lies. */
  readonly section: string | undefined;
}

const AT_START: Reading = { percent: 0, scrolls: false, section: undefined };
/** A heading this near the edge, in its own heights, is the one being read. */
const NEAR = 1.5;

/**
 * Follows what is read in a scrolling element, and keeps the place when the text changes its size:
 * the same words stay at the upper edge in large type.
 */
export function useReadingPlace(): {
  readonly scroller: (element: HTMLElement | null) => void;
  readonly reading: Reading;
  readonly pageBy: (direction: 1 | -1) => void;
  readonly goTo: (anchor: string) => void;
} {
  const element = useRef<HTMLElement | null>(null);
  const [mounted, scroller] = useState<HTMLElement | null>(null);
  const [reading, setReading] = useState(AT_START);
  useEffect(() => {
    element.current = mounted;
    return mounted === null ? undefined : follow(mounted, setReading);
  }, [mounted]);
  const pageBy = useCallback((direction: 1 | -1) => {
    const page = element.current;
    if (page === null) return;
    // Two lines of what was read stay, so that the eye finds its place.
    const line = Number.parseFloat(getComputedStyle(page).lineHeight) || 0;
    page.scrollBy({ top: direction * (page.clientHeight - 2 * line) });
  }, []);
  const goTo = useCallback((anchor: string) => {
    const page = element.current;
    const heading = page?.querySelector<HTMLElement>(`[id="${CSS.escape(anchor)}"]`);
    if (page === null || heading === null || heading === undefined) return;
    page.scrollTo({ top: topIn(page, heading) });
  }, []);
  return { scroller, reading, pageBy, goTo };
}

function follow(page: HTMLElement, tell: (reading: Reading) => void): () => void {
  let place: Place | undefined;
  let height = page.scrollHeight;
  let frame = 0;
  const look = () => {
    // Once a frame: what is told may change the layout that is just being observed.
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => tell(readingOf(page)));
    // A scroll that the browser made because the text shrank says nothing about the reader.
    if (page.scrollHeight === height) place = placeOf(page);
  };
  const observer = new ResizeObserver(() => {
    height = page.scrollHeight;
    if (place !== undefined) restore(page, place);
    look();
  });
  observer.observe(page);
  for (const child of page.children) observer.observe(child);
  page.addEventListener('scroll', look, { passive: true });
  return () => {
    cancelAnimationFrame(frame);
    observer.disconnect();
    page.removeEventListener('scroll', look);
  };
}

const topIn = (page: HTMLElement, element: Element): number =>
  element.getBoundingClientRect().top - page.getBoundingClientRect().top + page.scrollTop;

function placeOf(page: HTMLElement): Place | undefined {
  if (page.scrollTop === 0) return undefined;
  const edge = page.getBoundingClientRect().top;
  for (const block of page.querySelectorAll<HTMLElement>('[data-block]')) {
    const { top, bottom, height } = block.getBoundingClientRect();
    if (bottom > edge)
      return {
        block: block.dataset['block'] ?? '',
        share: Math.min(0, top - edge) / -Math.max(1, height),
      };
  }
  return undefined;
}

function restore(page: HTMLElement, { block, share }: Place): void {
  const element = page.querySelector<HTMLElement>(`[data-block="${CSS.escape(block)}"]`);
  if (element === null) return;
  page.scrollTop = topIn(page, element) + share * element.getBoundingClientRect().height;
}

function readingOf(page: HTMLElement): Reading {
  const most = page.scrollHeight - page.clientHeight;
  const scrolls = most > 1;
  let section: string | undefined;
  for (const heading of page.querySelectorAll<HTMLElement>('.block-of-heading [id]')) {
    const near = page.scrollTop + heading.offsetHeight * NEAR;
    if (section !== undefined && topIn(page, heading) > near) break;
    if (topIn(page, heading) <= near) section = heading.id;
  }
  return { percent: scrolls ? Math.round((page.scrollTop / most) * 100) : 100, scrolls, section };
}
