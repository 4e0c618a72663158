import { History, Pencil } from 'lucide';
import type { RecordDetail } from '../../shared/protocol/records.ts';
import { Badge } from '../parts/Badge.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Message } from '../parts/Message.tsx';
import { may } from '../session/session.ts';
import { addressOf } from '../shell/place.ts';
import { say } from '../time/say.ts';
import { words } from '../words/words.ts';
import { STATE_TONES, stateOf } from './states.ts';

/** What the record is called, where it stands, and the way into the form. */
export function RecordHead({
  detail,
  writes,
}: {
  readonly detail: RecordDetail;
  readonly writes: boolean;
}) {
  const w = words.value;
  const state = stateOf(detail);
  return (
    <>
      <a class="back" href={addressOf({ page: 'content' })}>
        ‹ {w.content.title}
      </a>
      <header class="page-head">
        <div class="record-title">
          <h1>{detail.title.trim() === '' ? w.content.untitled : detail.title}</h1>
          <p class="record-facts">
            <Badge tone={STATE_TONES[state]}>{w.content.states[state]}</Badge>
            <span>{w.content.kinds[detail.kind]}</span>
            <span>{detail.department}</span>
            {detail.authors.length > 0 && (
              <span>{w.record.authors(detail.authors.map(({ name }) => name).join(w.list))}</span>
            )}
          </p>
        </div>
        {may('audit.read') && (
          <a
            class="button button-quiet"
            href={addressOf({ page: 'settings', tab: 'audit', about: `record:${detail.id}` })}
          >
            <Icon of={History} />
            <span>{w.audit.find.history}</span>
          </a>
        )}
        {!writes && detail.may.edit && (
          <a
            class="button button-plain"
            href={addressOf({ page: 'record', id: detail.id, editing: true })}
          >
            <Icon of={Pencil} />
            <span>{w.common.edit}</span>
          </a>
        )}
      </header>
      <Standing detail={detail} writes={writes} />
    </>
  );
}

/** Where it stands, in sentences: who did what last and what that means for the screens. */
function Standing({ detail, writes }: { readonly detail: RecordDetail; readonly writes: boolean }) {
  const { standing, publicity } = detail;
  const w = words.value;
  const sentences: string[] = [];
  if (publicity.state === 'published')
    sentences.push(w.record.publishedSince(say.when(publicity.at)));
  if (publicity.state === 'expired') sentences.push(w.record.expiredAt(say.when(publicity.at)));
  if (publicity.state === 'withdrawn') {
    sentences.push(w.record.withdrawnBy(publicity.by.name, say.when(publicity.at)));
    if (publicity.reason !== '') sentences.push(w.record.withdrawnBecause(publicity.reason));
  }
  if (detail.latestAt !== null) sentences.push(w.content.ends(say.when(detail.latestAt)));
  if (standing.state === 'submitted') {
    sentences.push(w.record.submittedBy(standing.by.name, say.when(standing.at)));
    if (writes) sentences.push(w.editor.voided);
  }
  if (standing.state === 'approved' && writes) sentences.push(w.editor.editPublished);
  if (standing.state === 'draft' && publicity.state === 'published')
    sentences.push(w.record.draftOverPublic);
  return (
    <>
      {sentences.length > 0 && <p class="record-standing">{sentences.join(' · ')}</p>}
      {publicity.state === 'held' && <Message tone="warn">{w.record.held[publicity.why]}</Message>}
      {publicity.state === 'withdrawing' && (
        <Message tone="warn">
          {w.record.withdrawing(publicity.by.name, say.when(publicity.at))}
        </Message>
      )}
      {standing.state === 'returned' && (
        <Message tone="warn">
          <strong>{w.record.returnedBy(standing.by.name, say.when(standing.at))}</strong>
          <p>{w.today.reason(standing.reason)}</p>
        </Message>
      )}
    </>
  );
}
