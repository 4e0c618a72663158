import type { SlotView } from '../../shared/protocol/routes.ts';
import { addressOf } from '../shell/place.ts';
import { words } from '../words/words.ts';
import type { Day } from './day-spans.ts';
import { byClass, daySpans } from './day-spans.ts';
import { sayWindow } from './say-window.ts';

const HOURS = [0, 3, 6, 9, 12, 15, 18, 21, 24];
/** Drawing units of a day: one a minute. */
const WIDTH = 1440;
const LANE = 20;

/** One day of the boards: a row of lanes for each class, a bar wherever a slot is open. */
export function Timeline(props: {
  readonly slots: readonly SlotView[];
  readonly day: Day;
  /** Fraction of the day at which the slider stands. */
  readonly at: number;
}) {
  const { slots, day, at } = props;
  const w = words.value.programme;
  return (
    <div class="timeline">
      <div class="timeline-hours" aria-hidden="true">
        {HOURS.map((hour) => (
          <span key={hour}>{hour}</span>
        ))}
      </div>
      {byClass(slots).map((group) => (
        <div key={group.class} class={`timeline-class timeline-${group.class}`}>
          <h3>{w.classes[group.class]}</h3>
          <ul>
            {group.slots.map((slot) => (
              <li key={slot.id} class="timeline-lane">
                <a
                  title={slot.title}
                  href={addressOf({ page: 'record', id: slot.record, editing: false })}
                >
                  {slot.title}
                  <span class="unseen"> {sayWindow(slot.window)}</span>
                </a>
                <Lane slot={slot} day={day} at={at} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function Lane({
  slot,
  day,
  at,
}: {
  readonly slot: SlotView;
  readonly day: Day;
  readonly at: number;
}) {
  return (
    <svg
      class="lane"
      viewBox={`0 0 ${WIDTH} ${LANE}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect class="lane-ground" x="0" y="0" width={WIDTH} height={LANE} />
      {HOURS.slice(1, -1).map((hour) => (
        <line key={hour} class="lane-hour" x1={hour * 60} x2={hour * 60} y1="0" y2={LANE} />
      ))}
      {daySpans(slot.window, day).map(({ from, until }) => (
        <rect
          key={from}
          class={slot.ready ? 'lane-open' : 'lane-open lane-waits'}
          x={from * WIDTH}
          width={Math.max(2, (until - from) * WIDTH)}
          y="3"
          height={LANE - 6}
        />
      ))}
      <line class="lane-at" x1={at * WIDTH} x2={at * WIDTH} y1="0" y2={LANE} />
    </svg>
  );
}
