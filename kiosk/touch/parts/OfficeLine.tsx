import { unreachable } from '../../../shared/kit/assert.ts';
import type { TouchWords } from '../../words/touch-zh.ts';
import { useTouch } from '../context.ts';
import { clockOf } from '../model/dates.ts';
import type { Office } from '../model/office.ts';
import { officeAt } from '../model/office.ts';

/** 已下班，明天08:30开门。Nothing where the calendar does not reach. */
export function OfficeLine() {
  const { glass, words } = useTouch();
  const hall = glass.generation.value?.channels.at(-1)?.release;
  if (hall === undefined || glass.condition.value.clock === 'lost') return null;
  const text = sentence(
    officeAt(hall.hall, hall.zone, hall.calendar, glass.minuteAt.value),
    words.value,
  );
  return text === undefined ? null : <p class="office">{text}</p>;
}

function sentence(office: Office, { office: words }: TouchWords): string | undefined {
  switch (office.state) {
    case 'unknown':
      return undefined;
    case 'open':
      return words.open(clockOf(office.untilMinute));
    case 'break':
      return words.break(clockOf(office.opensMinute));
    case 'closed': {
      if (office.opens === undefined) return words.closed;
      const { inDays, minute } = office.opens;
      if (inDays === 0) return words.closedToday(clockOf(minute));
      return inDays === 1
        ? words.closedTomorrow(clockOf(minute))
        : words.closedUntil(inDays, clockOf(minute));
    }
    default:
      return unreachable(office);
  }
}
