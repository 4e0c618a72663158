import { useTouch } from '../context.ts';
import { dateParts } from '../model/dates.ts';
import type { Shown } from '../model/visible-items.ts';
import { dateOf } from '../model/visible-items.ts';
import type { Excerpt, Range } from '../search/locate.ts';
import { Icon } from './Icon.tsx';
import { lookOf } from './looks.ts';
import { Press } from './Press.tsx';

interface RecordRowProps {
  readonly shown: Shown;
  /** What search found in the title. */
  readonly range?: Range | undefined;
  /** What search found in the text. */
  readonly excerpt?: Excerpt | undefined;
}

/** A record in a list: its title, when and by whom, and how long it is valid. */
export function RecordRow({ shown: { item }, range, excerpt }: RecordRowProps) {
  const { visit, words } = useTouch();
  const { listing, record, version, latestAt } = item;
  const look = lookOf(item.kind);
  const date = dateParts(dateOf(item));
  const until = listing.validUntil === null ? undefined : dateParts(listing.validUntil);
  const open = () =>
    visit.go({ page: 'document', record, opened: { version, title: listing.title, latestAt } });
  return (
    <li>
      <Press class={`row hue-${look.hue}`} onPress={open}>
        <span class="row-icon">
          <Icon of={look.icon} />
        </span>
        <span class="row-words">
          <span class="row-title" lang="zh-CN">
            <Marked text={listing.title} range={range} />
          </span>
          {excerpt !== undefined && (
            <span class="row-excerpt" lang="zh-CN">
              {excerpt.before}
              <mark>{excerpt.match}</mark>
              {excerpt.after}
            </span>
          )}
          {listing.summary !== '' && (
            <span class="row-summary" lang="zh-CN">
              {listing.summary}
            </span>
          )}
          <span class="row-meta">
            <span lang="zh-CN">
              {[listing.issuers.join(words.value.list), listing.category]
                .filter((text) => text !== '')
                .join(' · ')}
            </span>
            {date !== undefined && <span class="row-date">{words.value.date(date)}</span>}
            {until !== undefined && (
              <span class="row-until">{words.value.records.until(until)}</span>
            )}
          </span>
        </span>
      </Press>
    </li>
  );
}

function Marked({ text, range }: { readonly text: string; readonly range: Range | undefined }) {
  if (range === undefined) return <>{text}</>;
  const [start, end] = range;
  return (
    <>
      {text.slice(0, start)}
      <mark>{text.slice(start, end)}</mark>
      {text.slice(end)}
    </>
  );
}
