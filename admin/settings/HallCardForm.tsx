import { useState } from 'preact/hooks';
import { Plus } from 'lucide';
import type { HallCard } from '../../shared/domain/release.ts';
import { useAction } from '../client/action.ts';
import { Button } from '../parts/Button.tsx';
import { FieldGroup } from '../parts/Field.tsx';
import { TextField } from '../parts/inputs.tsx';
import { FailureMessage, Message } from '../parts/Message.tsx';
import type { Hall } from '../time/hall.ts';
import { askHall, hall } from '../time/hall.ts';
import { minutesOf, timeOf } from '../time/moment.ts';
import { words } from '../words/words.ts';

/** What screens say of the hall itself. */
export function HallCardForm() {
  const now = hall.value;
  return now === null ? null : <Loaded now={now} />;
}

type Hours = HallCard['hours'];

function Loaded({ now }: { readonly now: Hall }) {
  const [card, setCard] = useState(now.card);
  const [done, setDone] = useState(false);
  const action = useAction();
  const w = words.value.settings;
  const set = (changed: Partial<HallCard>) => setCard({ ...card, ...changed });
  const submit = async () => {
    const answer = await action.run('editHall', { card, revision: now.revision });
    setDone(answer.ok);
    await askHall();
  };
  return (
    <form
      class="card form form-hall"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div class="form-pair">
        <TextField
          label={w.hallName}
          max={40}
          value={card.name}
          onChange={(name) => set({ name })}
        />
        <TextField
          label={w.county}
          max={20}
          value={card.county}
          onChange={(county) => set({ county })}
        />
        <TextField label={w.desk} max={60} value={card.desk} onChange={(desk) => set({ desk })} />
        <TextField
          label={w.phone}
          type="tel"
          max={40}
          value={card.phone}
          onChange={(phone) => set({ phone })}
        />
      </div>
      <HoursFields hours={card.hours} onChange={(hours) => set({ hours })} />
      <FailureMessage failure={action.failure} />
      {done && <Message tone="good">{w.hallSaved}</Message>}
      <div class="buttons">
        <Button look="primary" submit busy={action.busy}>
          {words.value.common.save}
        </Button>
      </div>
    </form>
  );
}

/** As many as fit on the line of a touch screen. */
const MOST_HOURS = 4;

/** The usual morning, then the usual afternoon, which people correct. */
function nextHours(hours: Hours): Hours[number] {
  return hours.length === 0
    ? { fromMinute: 8 * 60 + 30, untilMinute: 12 * 60 }
    : { fromMinute: 13 * 60 + 30, untilMinute: 17 * 60 + 30 };
}

function HoursFields({
  hours,
  onChange,
}: {
  readonly hours: Hours;
  readonly onChange: (hours: Hours) => void;
}) {
  const w = words.value;
  const set = (index: number, edge: 'fromMinute' | 'untilMinute', time: string) => {
    const minutes = minutesOf(time);
    if (minutes === undefined) return;
    onChange(hours.map((each, i) => (i === index ? { ...each, [edge]: minutes } : each)));
  };
  return (
    <FieldGroup label={w.settings.hours} hint={w.settings.hoursHint}>
      {hours.map((each, index) => {
        const name = each.fromMinute < 720 ? w.settings.morning : w.settings.afternoon;
        return (
          <div key={index} class="moment">
            <span>{name}</span>
            {(['fromMinute', 'untilMinute'] as const).map((edge) => (
              <input
                key={edge}
                class="input"
                type="time"
                aria-label={`${name} ${edge === 'fromMinute' ? w.schedule.from : w.schedule.until}`}
                value={timeOf(each[edge])}
                onInput={(event) => set(index, edge, event.currentTarget.value)}
              />
            ))}
            <Button look="quiet" onPress={() => onChange(hours.filter((_, i) => i !== index))}>
              {w.common.remove}
              <span class="unseen"> {name}</span>
            </Button>
          </div>
        );
      })}
      {hours.length < MOST_HOURS && (
        <div class="buttons">
          <Button icon={Plus} onPress={() => onChange([...hours, nextHours(hours)])}>
            {w.settings.addHours}
          </Button>
        </div>
      )}
    </FieldGroup>
  );
}
