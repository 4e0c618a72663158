import { ChevronLeft, ChevronRight } from 'lucide';
import { useTouch } from '../context.ts';
import { Icon } from './Icon.tsx';
import { Press } from './Press.tsx';

interface PagerProps {
  readonly number: number;
  readonly count: number;
  readonly onTurn: (number: number) => void;
}

/** 上一页 · 第2页，共5页 · 下一页; absent where there is one page. */
export function Pager({ number, count, onTurn }: PagerProps) {
  const { pager } = useTouch().words.value;
  if (count < 2) return null;
  return (
    <nav class="pager" aria-label={pager.label}>
      {number > 0 ? (
        <Press class="pager-turn" onPress={() => onTurn(number - 1)}>
          <Icon of={ChevronLeft} />
          {pager.previous}
        </Press>
      ) : (
        <span />
      )}
      <span class="pager-at" aria-live="polite">
        {pager.at(number + 1, count)}
      </span>
      {number < count - 1 && (
        <Press class="pager-turn" onPress={() => onTurn(number + 1)}>
          {pager.next}
          <Icon of={ChevronRight} />
        </Press>
      )}
    </nav>
  );
}
