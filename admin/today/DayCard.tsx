import { useState } from 'preact/hooks';
import type { DayView } from '../../shared/protocol/routes.ts';
import { useAction } from '../client/action.ts';
import { Badge } from '../parts/Badge.tsx';
import type { BadgeTone } from '../parts/Badge.tsx';
import { Button } from '../parts/Button.tsx';
import { FailureMessage, Message } from '../parts/Message.tsx';
import { may } from '../session/session.ts';
import { addressOf } from '../shell/place.ts';
import { now } from '../time/clock.ts';
import { say } from '../time/say.ts';
import { words } from '../words/words.ts';
import { CloseEarly } from './CloseEarly.tsx';
import type { DayState } from './day-state.ts';
import { canCloseEarly, dayState } from './day-state.ts';
import { Duty } from './Duty.tsx';

/** 开厅和闭厅: whether the windows are open, until when, who is on duty, and closing early. */
export function DayCard(props: { readonly day: DayView; readonly onChanged: () => void }) {
  const { day, onChanged } = props;
  const t = now();
  const state = dayState(day, t);
  const w = words.value.day;
  return (
    <section class="card day" aria-labelledby="day-title">
      <div class="day-now">
        <h2 id="day-title">{w.title}</h2>
        <p class="day-state">
          <Badge tone={TONES[state.state]}>{w.names[state.state]}</Badge>
          <span>{sentenceOf(state)}</span>
        </p>
        {day.unusual && <p class="field-hint">{w.unusual[day.workday === 'yes' ? 'on' : 'off']}</p>}
        {day.spans.length > 0 && (
          <p class="field-hint">
            {w.hours}
            {words.value.colon}
            {day.spans
              .map(({ opensAt, closesAt }) => w.span(say.time(opensAt), say.time(closesAt)))
              .join(words.value.list)}
          </p>
        )}
        {state.state === 'no-hours' && may('hall.edit') && (
          <a href={addressOf({ page: 'settings', tab: 'hall' })}>{w.fillHours} ›</a>
        )}
      </div>
      <Duty day={day} onChanged={onChanged} />
      <Closing day={day} onChanged={onChanged} closable={canCloseEarly(day, t)} />
    </section>
  );
}

const TONES: Readonly<Record<DayState['state'], BadgeTone>> = {
  unknown: 'amber',
  off: 'grey',
  'no-hours': 'amber',
  before: 'amber',
  open: 'green',
  break: 'amber',
  over: 'ink',
};

function sentenceOf(day: DayState): string {
  const w = words.value.day;
  switch (day.state) {
    case 'unknown':
      return w.unknown;
    case 'no-hours':
      return w.noHours;
    case 'open':
      return w.open(say.time(day.closesAt));
    case 'before':
    case 'break':
      return w.opensToday(say.time(day.opensAt));
    case 'off':
    case 'over':
      return day.opensAt === null ? w.opensUnknown : w.opens(say.when(day.opensAt));
  }
}

/** What was closed early says so, and can be taken back while the day lasts. */
function Closing(props: {
  readonly day: DayView;
  readonly closable: boolean;
  readonly onChanged: () => void;
}) {
  const { day, closable, onChanged } = props;
  const [asking, setAsking] = useState(false);
  const action = useAction();
  const w = words.value.day;
  if (day.closing !== null) {
    const { at, by, reason } = day.closing;
    const undo = async () => {
      await action.run('reopen', { date: day.date });
      onChanged();
    };
    return (
      <div class="day-closing">
        <Message tone="warn">
          <p>
            {w.closedEarly(say.time(at), by.name)}
            {words.value.colon}
            {reason}
          </p>
          <p>{w.tomorrow}</p>
        </Message>
        <FailureMessage failure={action.failure} />
        {may('hall.day') && (
          <div class="buttons">
            <Button busy={action.busy} onPress={() => void undo()}>
              {w.reopen}
            </Button>
          </div>
        )}
      </div>
    );
  }
  if (!may('hall.day') || !closable) return null;
  return (
    <div class="day-closing">
      {asking ? (
        <CloseEarly
          date={day.date}
          onClosed={() => {
            setAsking(false);
            onChanged();
          }}
          onCancel={() => setAsking(false)}
        />
      ) : (
        <div class="buttons">
          <Button onPress={() => setAsking(true)}>{w.closeEarly}</Button>
        </div>
      )}
    </div>
  );
}
