import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { dayAt, formatDate, minuteAt, parseDate } from '../../shared/domain/civil.ts';
import { id, isProfileId } from '../../shared/kit/ids.ts';
import type { OutputOf, SlotView } from '../../shared/protocol/routes.ts';
import { useResource } from '../client/resource.ts';
import { Await, Empty } from '../parts/Await.tsx';
import { Button } from '../parts/Button.tsx';
import { Select } from '../parts/inputs.tsx';
import { boardName } from '../preview/devices.ts';
import { now } from '../time/clock.ts';
import { hall, zone } from '../time/hall.ts';
import { say } from '../time/say.ts';
import { words } from '../words/words.ts';
import { BoardAt } from './BoardAt.tsx';
import type { Day } from './day-spans.ts';
import { activeAt, instantAt } from './day-spans.ts';
import { Timeline } from './Timeline.tsx';

const MINUTES = 1440;

/** One day of the boards, with a slider that shows the board itself at any minute. */
export function DayOfBoards({ slots }: { readonly slots: readonly SlotView[] }) {
  const profiles = hall.value?.profiles ?? [];
  const [profile, setProfile] = useState(profiles[0] ?? '');
  const layers = useResource('boardLayers', { profile: id(isProfileId, profile) }, ['programme', 'records', 'hall']);
  const w = words.value.programme;
  return (
    <section class="card day" aria-labelledby="day-title">
      <h2 id="day-title" class="unseen">
        {w.timeline}
      </h2>
      <Await of={layers}>
        {(value) => (
          <DayWith slots={slots} profile={profile} layers={value}>
            {profiles.length > 1 && (
              <Select
                label={w.board}
                value={profile}
                options={profiles.map((each) => ({ value: each as string, label: boardName(each) }))}
                onChange={setProfile}
              />
            )}
          </DayWith>
        )}
      </Await>
    </section>
  );
}

function DayWith(props: {
  readonly slots: readonly SlotView[];
  readonly profile: string;
  readonly layers: OutputOf<'boardLayers'>;
  readonly children: ComponentChildren;
}) {
  const { slots, profile, layers } = props;
  const today = dayAt(zone.value, now());
  const [number, setDay] = useState(today);
  const [minute, setMinute] = useState(() => Math.floor(minuteAt(zone.peek(), now())));
  const { zone: place, calendar } = layers.release;
  const day: Day = { number, zone: place, calendar };
  const t = instantAt(day, minute / MINUTES);
  const active = activeAt(slots, day, t);
  const w = words.value.programme;
  const toNow = () => {
    setDay(dayAt(zone.value, now()));
    setMinute(Math.floor(minuteAt(zone.value, now())));
  };
  return (
    <>
      <div class="day-head">
        <div class="day-steps">
          <Button look="quiet" onPress={() => setDay(number - 1)}>
            {w.before}
          </Button>
          <input
            class="input"
            type="date"
            aria-label={w.day}
            value={formatDate(number)}
            onInput={(event) => setDay(parseDate(event.currentTarget.value) ?? number)}
          />
          <span class="day-weekday">{say.weekday(t)}</span>
          <Button look="quiet" onPress={() => setDay(number + 1)}>
            {w.after}
          </Button>
          <Button look="quiet" onPress={toNow}>
            {w.now}
          </Button>
        </div>
        {props.children}
      </div>
      <div class="day-body">
        <div class="day-chart">
          <Timeline slots={slots} day={day} at={minute / MINUTES} />
          <label class="day-slider">
            <span>
              {w.at} <output>{say.time(t)}</output>
            </span>
            <input
              type="range"
              min={0}
              max={MINUTES - 1}
              step={1}
              value={minute}
              aria-valuetext={say.time(t)}
              onInput={(event) => setMinute(event.currentTarget.valueAsNumber)}
            />
          </label>
        </div>
        <div class="day-board">
          <h3>{w.playing}</h3>
          <BoardAt profile={profile} layers={layers} t={t} running={false} />
          <h3>{w.active}</h3>
          {active.length === 0 ? (
            <Empty>{w.nothing}</Empty>
          ) : (
            <ol class="day-active">
              {active.map((slot) => (
                <li key={slot.id}>{slot.title}</li>
              ))}
            </ol>
          )}
        </div>
      </div>
    </>
  );
}
