import { useState } from 'preact/hooks';
import { Download } from 'lucide';
import type { Failure } from '../client/client.ts';
import { download } from '../client/download.ts';
import { Button } from '../parts/Button.tsx';
import { FailureMessage, Message } from '../parts/Message.tsx';
import { zone } from '../time/hall.ts';
import { words } from '../words/words.ts';
import type { AuditSearch } from './audit-search.ts';
import { periodOf } from './audit-search.ts';

type Outcome =
  | { readonly state: 'none' | 'busy' | 'broken' }
  | { readonly state: 'done'; readonly file: string }
  | { readonly state: 'failed'; readonly failure: Failure };

/** [AD2] Takes the log, or the period asked for, out as a signed file. */
export function AuditExport({ search }: { readonly search: AuditSearch }) {
  const [outcome, setOutcome] = useState<Outcome>({ state: 'none' });
  const period = periodOf(search, zone.value);
  if (period === 'reversed') return null;
  const w = words.value.audit.export;
  const isBusy = outcome.state === 'busy';
  const run = async () => {
    setOutcome({ state: 'busy' });
    const answer = await download('auditExport', period);
    if (answer === 'broken') setOutcome({ state: 'broken' });
    else if (answer.ok) setOutcome({ state: 'done', file: answer.value });
    else setOutcome({ state: 'failed', failure: answer });
  };
  const isWhole = Object.keys(period).length === 0;
  return (
    <div class="audit-export">
      <Button icon={Download} busy={isBusy} onPress={() => void run()}>
        {isBusy ? w.busy : isWhole ? w.all : w.period}
      </Button>
      <p class="field-hint">{w.hint}</p>
      {outcome.state === 'failed' && <FailureMessage failure={outcome.failure} />}
      {outcome.state === 'broken' && <Message tone="bad">{w.broken}</Message>}
      {outcome.state === 'done' && (
        <Message tone="good">
          {w.done(outcome.file)}
          <p class="mono">npm run hall -- verify-audit {outcome.file}</p>
        </Message>
      )}
    </div>
  );
}
