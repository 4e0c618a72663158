import { formatDate, instantOf, parseDate } from '../../shared/domain/civil.ts';
import { Button } from '../parts/Button.tsx';
import { zone } from '../time/hall.ts';
import { say } from '../time/say.ts';
import { words } from '../words/words.ts';

/** From day to day, by date, or back to now. */
export function DaySteps(props: {
  readonly day: number;
  readonly onDay: (day: number) => void;
  readonly onNow: () => void;
}) {
  const { day, onDay, onNow } = props;
  const w = words.value.programme;
  return (
    <div class="day-steps">
      <Button look="quiet" onPress={() => onDay(day - 1)}>
        {w.before}
      </Button>
      <input
        class="input"
        type="date"
        aria-label={w.day}
        value={formatDate(day)}
        onInput={(event) => onDay(parseDate(event.currentTarget.value) ?? day)}
      />
      <span class="day-weekday">{say.weekday(instantOf(zone.value, day, 0))}</span>
      <Button look="quiet" onPress={() => onDay(day + 1)}>
        {w.after}
      </Button>
      <Button look="quiet" onPress={onNow}>
        {w.now}
      </Button>
    </div>
  );
}
