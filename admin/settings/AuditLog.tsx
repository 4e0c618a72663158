import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { OutputOf } from '../../shared/protocol/routes.ts';
import { useResource } from '../client/resource.ts';
import { Await, Empty } from '../parts/Await.tsx';
import { Button } from '../parts/Button.tsx';
import { ScrollRoom } from '../parts/ScrollRoom.tsx';
import { may } from '../session/session.ts';
import type { Place } from '../shell/place.ts';
import { addressOf, replacePlace } from '../shell/place.ts';
import { zone } from '../time/hall.ts';
import { say } from '../time/say.ts';
import { words } from '../words/words.ts';
import { AuditConditions } from './AuditConditions.tsx';
import { AuditExport } from './AuditExport.tsx';
import { AuditFinder } from './AuditFinder.tsx';
import { placeOfSubject } from './audit-links.ts';
import type { AuditSearch } from './audit-search.ts';
import { NO_SEARCH, questionOf } from './audit-search.ts';
import type { AuditEntry } from './audit-words.ts';
import { readEntry } from './audit-words.ts';

/** Who did what, newest first, searched on the server. [ST8] Entries are chained. */
export function AuditLog({ about }: { readonly about: string | null }) {
  const [search, setSearch] = useState<AuditSearch>({ ...NO_SEARCH, about });
  /** Where each page seen so far began; the last one is shown. */
  const [starts, setStarts] = useState<readonly number[]>([]);
  useEffect(() => setStarts([]), [search]);
  const question = questionOf(search, zone.value);
  const before = starts.at(-1);
  // The form lets no period through that ends before it begins.
  const asked = question === 'reversed' ? {} : question;
  const audit = useResource('audit', before === undefined ? asked : { ...asked, before }, []);
  const change = (next: AuditSearch) => {
    if (next.about === null && about !== null) replacePlace({ page: 'settings', tab: 'audit' });
    setSearch(next);
  };
  const w = words.value;
  const { loaded } = audit;
  const first = loaded.state === 'ready' ? loaded.value.entries[0] : undefined;
  return (
    <>
      <p class="field-hint">{w.settings.auditExplain}</p>
      <AuditFinder search={search} onSearch={change} />
      <AuditConditions search={search} first={first} onChange={change} />
      <AuditExport search={search} />
      <Await of={audit}>
        {(page) => (
          <Entries page={page} isSearched={Object.keys(asked).length > 0}>
            <Pager page={page} starts={starts} onStarts={setStarts} />
          </Entries>
        )}
      </Await>
    </>
  );
}

type Page = OutputOf<'audit'>;

function Entries(props: {
  readonly page: Page;
  readonly isSearched: boolean;
  readonly children: ComponentChildren;
}) {
  const { entries } = props.page;
  const w = words.value;
  if (entries.length === 0)
    return <Empty>{props.isSearched ? w.audit.find.noMatch : w.settings.auditEmpty}</Empty>;
  const { at, by, action, subject, detail, audit } = w.settings;
  return (
    <>
      <ScrollRoom look="table-room" name={audit}>
        <table class="table table-log card">
          <thead>
            <tr>
              {[at, by, action, subject, detail].map((heading) => (
                <th key={heading} scope="col">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <Row key={entry.seq} entry={entry} />
            ))}
          </tbody>
        </table>
      </ScrollRoom>
      {props.children}
    </>
  );
}

function Row({ entry }: { readonly entry: AuditEntry }) {
  const { by, action, subject, detail } = readEntry(entry, words.value);
  const to = placeOfSubject(entry);
  return (
    <tr>
      <td class="nowrap">{say.exactly(entry.at)}</td>
      <td class="nowrap">{by}</td>
      <td class="nowrap">{action}</td>
      <td>{to !== undefined && mayOpen(to) ? <a href={addressOf(to)}>{subject}</a> : subject}</td>
      <td>{detail}</td>
    </tr>
  );
}

function mayOpen({ page }: Place): boolean {
  if (page === 'settings') return may('person.read');
  return may(page === 'screens' ? 'screen.read' : 'record.read');
}

function Pager(props: {
  readonly page: Page;
  readonly starts: readonly number[];
  readonly onStarts: (starts: readonly number[]) => void;
}) {
  const { page, starts, onStarts } = props;
  const { next, total } = page;
  const w = words.value;
  return (
    <footer class="pager">
      <span>{w.audit.find.total(total)}</span>
      <span class="pager-steps">
        <Button disabled={starts.length === 0} onPress={() => onStarts(starts.slice(0, -1))}>
          {w.common.previous}
        </Button>
        <Button
          disabled={next === null}
          onPress={() => next !== null && onStarts([...starts, next])}
        >
          {w.common.next}
        </Button>
      </span>
    </footer>
  );
}
