import { useState } from 'preact/hooks';
import type { Heading } from '../../stage/blocks/headings.ts';
import { useTouch } from '../context.ts';
import { rowsPerPage } from '../model/layout.ts';
import { pageOf } from '../model/paging.ts';
import { Pager } from './Pager.tsx';
import { Press } from './Press.tsx';

interface ContentsProps {
  readonly headings: readonly Heading[];
  /** Anchor of the section being read. */
  readonly current: string | undefined;
  readonly goTo: (anchor: string) => void;
}

/** 目录: at most seven sections a page, beginning with the page of the one being read. */
export function Contents({ headings, current, goTo }: ContentsProps) {
  const { visit, layout, words } = useTouch();
  const type = visit.type.value;
  const one = { ...layout.value, form: 'tall' as const };
  const size = rowsPerPage(one, type, visit.low.value, ROW_MM[type]);
  const at = Math.max(
    0,
    headings.findIndex(({ anchor }) => anchor === current),
  );
  const [turned, setTurned] = useState<{ readonly at: number; readonly number: number }>();
  // Whoever leafs through the contents stays there until they read on.
  const wanted = turned !== undefined && turned.at === at ? turned.number : Math.floor(at / size);
  const { entries, number, count } = pageOf(headings, size, wanted);
  return (
    <nav class="contents" aria-label={words.value.document.contents}>
      <h2>{words.value.document.contents}</h2>
      <ol class="contents-list" lang="zh-CN">
        {entries.map(({ anchor, text, depth }) => (
          <li key={anchor} class={`contents-depth-${Math.min(depth, 3)}`}>
            <Press
              class="contents-item"
              onPress={() => goTo(anchor)}
              {...(anchor === current ? { 'aria-current': 'location' as const } : {})}
            >
              <span>{text}</span>
            </Press>
          </li>
        ))}
      </ol>
      <Pager number={number} count={count} onTurn={(to) => setTurned({ at, number: to })} />
    </nav>
  );
}

const ROW_MM = { standard: 36, large: 46, largest: 60 };
