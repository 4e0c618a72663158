import type { ComponentChildren } from 'preact';
import type { RecordSummary } from '../../shared/protocol/records.ts';
import { Badge } from '../parts/Badge.tsx';
import { addressOf } from '../shell/place.ts';
import { say } from '../time/say.ts';
import { words } from '../words/words.ts';
import { hasNewer, STATE_TONES, stateOf } from './states.ts';

export function RecordRow({
  record,
  note,
}: {
  readonly record: RecordSummary;
  readonly note?: ComponentChildren;
}) {
  const w = words.value.content;
  const state = stateOf(record);
  return (
    <li class="row">
      <a class="row-link" href={addressOf({ page: 'record', id: record.id, editing: false })}>
        <span class="row-title">{record.title.trim() === '' ? w.untitled : record.title}</span>
        <span class="row-facts">
          {w.kinds[record.kind]} · {record.category} · {record.department}
        </span>
        {record.latestAt !== null && (
          <span class="row-note">{w.ends(say.when(record.latestAt))}</span>
        )}
        {note !== undefined && <span class="row-note">{note}</span>}
      </a>
      <span class="row-state">
        <Badge tone={STATE_TONES[state]}>{w.states[state]}</Badge>
        {state === 'published' && hasNewer(record) && <span class="row-newer">{w.newer}</span>}
      </span>
      <span class="row-changed">
        {w.changed(record.changedBy.name, say.when(record.changedAt))}
      </span>
    </li>
  );
}
