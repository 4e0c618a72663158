import { useState } from 'preact/hooks';
import { dayAt, minuteAt } from '../../shared/domain/civil.ts';
import { id, isProfileId } from '../../shared/kit/ids.ts';
import type { OutputOf, SlotView } from '../../shared/protocol/routes.ts';
import { useResource } from '../client/resource.ts';
import { Await, Empty } from '../parts/Await.tsx';
import { Select } from '../parts/inputs.tsx';
import { boardName } from '../preview/devices.ts';
import { now } from '../time/clock.ts';
import { hall, zone } from '../time/hall.ts';
import { say } from '../time/say.ts';
import { words } from '../words/words.ts';
import { BoardAt } from './BoardAt.tsx';
import type { Day } from './day-spans.ts';
import { activeAt, instantAt } from './day-spans.ts';
import { DaySteps } from './DaySteps.tsx';
import { Timeline } from './Timeline.tsx';

const MINUTES = 1440;

interface Moment {
  readonly day: number;
  /** Minutes after midnight. */
  readonly minute: number;
}

const momentNow = (): Moment => ({
  day: dayAt(zone.peek(), now()),
  minute: Math.floor(minuteAt(zone.peek(), now())),
});

/** One day of the boards, with a slider that shows the board itself at any minute. */
export function DayOfBoards({ slots }: { readonly slots: readonly SlotView[] }) {
  const profiles = hall.value?.profiles ?? [];
  const [profile, setProfile] = useState<string>(profiles[0] ?? '');
  const [moment, setMoment] = useState(momentNow);
  const layers = useResource('boardLayers', { profile: id(isProfileId, profile) }, [
    'programme',
    'records',
    'hall',
  ]);
  const w = words.value.programme;
  return (
    <section class="card day-of-boards" aria-labelledby="day-title">
      <h2 id="day-title" class="unseen">
        {w.timeline}
      </h2>
      <div class="day-head">
        <DaySteps
          day={moment.day}
          onDay={(day) => setMoment({ ...moment, day })}
          onNow={() => setMoment(momentNow())}
        />
        {profiles.length > 1 && (
          <Select
            label={w.board}
            value={profile}
            options={profiles.map(boardOption)}
            onChange={setProfile}
          />
        )}
      </div>
      <Await of={layers}>
        {(value) => (
          <DayBody
            {...{ slots, profile, moment }}
            layers={value}
            onMinute={(minute) => setMoment({ ...moment, minute })}
          />
        )}
      </Await>
    </section>
  );
}

const boardOption = (value: string) => ({ value, label: boardName(value) });

function DayBody(props: {
  readonly slots: readonly SlotView[];
  readonly profile: string;
  readonly layers: OutputOf<'boardLayers'>;
  readonly moment: Moment;
  readonly onMinute: (minute: number) => void;
}) {
  const { slots, profile, layers, moment, onMinute } = props;
  const { zone: place, calendar } = layers.release;
  const day: Day = { number: moment.day, zone: place, calendar };
  const share = moment.minute / MINUTES;
  const t = instantAt(day, share);
  const w = words.value.programme;
  return (
    <div class="day-body">
      <div class="day-chart">
        <Timeline slots={slots} day={day} at={share} />
        <label class="day-slider">
          <span>
            {w.at} <output>{say.time(t)}</output>
          </span>
          <input
            type="range"
            min={0}
            max={MINUTES - 1}
            step={1}
            value={moment.minute}
            aria-valuetext={say.time(t)}
            onInput={(event) => onMinute(event.currentTarget.valueAsNumber)}
          />
        </label>
      </div>
      <div class="day-board">
        <h3>{w.playing}</h3>
        <BoardAt profile={profile} layers={layers} t={t} running={false} />
        <h3>{w.active}</h3>
        <Active slots={activeAt(slots, day, t)} />
      </div>
    </div>
  );
}

function Active({ slots }: { readonly slots: readonly SlotView[] }) {
  if (slots.length === 0) return <Empty>{words.value.programme.nothing}</Empty>;
  return (
    <ol class="day-active">
      {slots.map((slot) => (
        <li key={slot.id}>{slot.title}</li>
      ))}
    </ol>
  );
}
