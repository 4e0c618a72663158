import { useEffect, useState } from 'preact/hooks';
import { Search } from 'lucide';
import { Button } from '../parts/Button.tsx';
import { TextField } from '../parts/inputs.tsx';
import type { Remark } from '../parts/Field.tsx';
import { MomentField } from '../parts/MomentField.tsx';
import { now } from '../time/clock.ts';
import { zone } from '../time/hall.ts';
import { NO_MOMENT } from '../time/moment.ts';
import { auditEn } from '../words/audit-en.ts';
import { auditZh } from '../words/audit-zh.ts';
import { words } from '../words/words.ts';
import type { AuditSearch } from './audit-search.ts';
import { lastDays, periodOf } from './audit-search.ts';

const WIDE = '(width > 56rem)';
const PERIODS = [1, 7, 30] as const;

/** Fields to search by. On a telephone they are folded, so that entries are on the first glass. */
export function AuditFinder(props: {
  readonly search: AuditSearch;
  readonly onSearch: (search: AuditSearch) => void;
}) {
  const { search, onSearch } = props;
  const [draft, setDraft] = useState(search);
  const [isWide] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => setDraft(search), [search]);
  const isReversed = periodOf(draft, zone.value) === 'reversed';
  const w = words.value.audit.find;
  const submit = (next: AuditSearch) => {
    if (periodOf(next, zone.value) !== 'reversed') onSearch(next);
  };
  return (
    <search>
      <details class="audit-finder card" open={isWide}>
        <summary>{w.conditions}</summary>
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault();
            submit(draft);
          }}
        >
          <Names draft={draft} onChange={setDraft} />
          <Period draft={draft} onChange={setDraft} isReversed={isReversed} />
          <div class="buttons">
            <Button submit look="primary" icon={Search}>
              {w.find}
            </Button>
            {PERIODS.map((days) => (
              <Button
                key={days}
                look="quiet"
                onPress={() => {
                  const from = lastDays(days, now(), zone.value);
                  submit({ ...draft, from, until: NO_MOMENT });
                }}
              >
                {days === 1 ? w.today : w.days(days)}
              </Button>
            ))}
          </div>
        </form>
      </details>
    </search>
  );
}

interface Drafting {
  readonly draft: AuditSearch;
  readonly onChange: (draft: AuditSearch) => void;
}

function Names({ draft, onChange }: Drafting) {
  const w = words.value.audit.find;
  return (
    <div class="form-pair">
      <TextField
        label={w.person}
        hint={w.personHint}
        max={60}
        value={draft.person}
        onChange={(person) => onChange({ ...draft, person })}
      />
      <TextField
        label={w.record}
        hint={w.recordHint}
        max={100}
        value={draft.record}
        onChange={(record) => onChange({ ...draft, record })}
      />
      <TextField
        label={w.screen}
        hint={w.screenHint}
        max={60}
        value={draft.screen}
        onChange={(screen) => onChange({ ...draft, screen })}
      />
    </div>
  );
}

function Period({ draft, onChange, isReversed }: Drafting & { readonly isReversed: boolean }) {
  const w = words.value.audit.find;
  return (
    <div class="form-pair">
      <MomentField
        label={w.from}
        value={draft.from}
        onChange={(from) => onChange({ ...draft, from })}
      />
      <MomentField
        label={w.until}
        hint={w.untilHint}
        remarks={isReversed ? [REVERSED] : []}
        value={draft.until}
        onChange={(until) => onChange({ ...draft, until })}
      />
    </div>
  );
}

const REVERSED: Remark = {
  level: 'block',
  zh: auditZh.find.reversed,
  en: auditEn.find.reversed,
  basis: null,
};
