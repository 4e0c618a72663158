import { useState } from 'preact/hooks';
import { Plus } from 'lucide';
import { useAction } from '../client/action.ts';
import { Button } from '../parts/Button.tsx';
import { FieldGroup } from '../parts/Field.tsx';
import { TextField } from '../parts/inputs.tsx';
import { FailureMessage, Message } from '../parts/Message.tsx';
import type { Hall } from '../time/hall.ts';
import { askHall, hall } from '../time/hall.ts';
import { words } from '../words/words.ts';
import type { CardFields, HoursFields } from './hall-card-form.ts';
import { cardOf, fieldsOf } from './hall-card-form.ts';
import { Missing } from './PersonMessages.tsx';

/** What screens say of the hall itself. */
export function HallCardForm() {
  const now = hall.value;
  return now === null ? null : <Loaded now={now} />;
}

function Loaded({ now }: { readonly now: Hall }) {
  const [card, setCard] = useState(() => fieldsOf(now.card));
  const [outcome, setOutcome] = useState<'saved' | readonly string[]>([]);
  const action = useAction();
  const w = words.value.settings;
  const set = (changed: Partial<CardFields>) => {
    setCard({ ...card, ...changed });
    setOutcome([]);
  };
  const submit = async () => {
    const meant = cardOf(card, words.value);
    if (!('name' in meant)) return setOutcome(meant);
    const answer = await action.run('editHall', { card: meant, revision: now.revision });
    setOutcome(answer.ok ? 'saved' : []);
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
      <OfficeHours hours={card.hours} onChange={(hours) => set({ hours })} />
      <FailureMessage failure={action.failure} />
      <Outcome of={outcome} />
      <div class="buttons">
        <Button look="primary" submit busy={action.busy}>
          {words.value.common.save}
        </Button>
      </div>
    </form>
  );
}

function Outcome({ of: outcome }: { readonly of: 'saved' | readonly string[] }) {
  if (outcome === 'saved') return <Message tone="good">{words.value.settings.hallSaved}</Message>;
  return <Missing sentences={outcome} />;
}

/** As many as fit on the line of a touch screen. */
const MOST_HOURS = 4;

/** The usual morning, then the usual afternoon, which people correct. */
function nextHours(hours: CardFields['hours']): HoursFields {
  return hours.length === 0 ? { from: '08:30', until: '12:00' } : { from: '13:30', until: '17:30' };
}

function OfficeHours({
  hours,
  onChange,
}: {
  readonly hours: CardFields['hours'];
  readonly onChange: (hours: CardFields['hours']) => void;
}) {
  const w = words.value;
  const set = (index: number, edge: keyof HoursFields, time: string) =>
    onChange(hours.map((each, i) => (i === index ? { ...each, [edge]: time } : each)));
  return (
    <FieldGroup label={w.settings.hours} hint={w.settings.hoursHint}>
      {hours.map((each, index) => {
        const name = each.from < '12' ? w.settings.morning : w.settings.afternoon;
        return (
          <div key={index} class="moment">
            <span>{name}</span>
            {(['from', 'until'] as const).map((edge) => (
              <input
                key={edge}
                class="input"
                type="time"
                aria-label={`${name} ${edge === 'from' ? w.schedule.from : w.schedule.until}`}
                value={each[edge]}
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
