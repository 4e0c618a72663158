import { useState } from 'preact/hooks';
import type { OutputOf } from '../../shared/protocol/routes.ts';
import { useResource } from '../client/resource.ts';
import { Await, Empty } from '../parts/Await.tsx';
import { hall } from '../time/hall.ts';
import { words } from '../words/words.ts';
import { DayOfBoards } from './DayOfBoards.tsx';
import { byClass } from './day-spans.ts';
import { SlotRow } from './SlotRow.tsx';

/** What the boards play and when: a day at a glance, the board itself at any minute, every slot. */
export function ProgrammePage() {
  const programme = useResource('programme', {}, ['programme', 'records']);
  const w = words.value.programme;
  return (
    <section class="page page-wide">
      <header class="page-head">
        <div>
          <h1>{w.title}</h1>
          <p class="lead">{w.explain}</p>
        </div>
      </header>
      <Await of={programme}>
        {({ slots }) => (
          <>
            {(hall.value?.profiles.length ?? 0) > 0 && <DayOfBoards slots={slots} />}
            <SlotList slots={slots} onChanged={programme.refresh} />
          </>
        )}
      </Await>
    </section>
  );
}

function SlotList(props: {
  readonly slots: OutputOf<'programme'>['slots'];
  readonly onChanged: () => void;
}) {
  const { slots, onChanged } = props;
  const [all, setAll] = useState(false);
  const w = words.value;
  if (slots.length === 0) return <Empty>{w.programme.empty}</Empty>;
  const sorted = byClass(slots).flatMap((group) => group.slots);
  const shown = all ? sorted : sorted.slice(0, FIRST);
  return (
    <section class="card" aria-labelledby="slot-list-title">
      <h2 id="slot-list-title">{w.programme.list}</h2>
      <ul class="slot-list">
        {shown.map((slot) => (
          <SlotRow key={slot.id} slot={slot} titled onChanged={onChanged} />
        ))}
      </ul>
      {sorted.length > FIRST && (
        <button type="button" class="more-button" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? w.common.less : `${w.common.more} ${sorted.length - FIRST}`}
        </button>
      )}
    </section>
  );
}

/** Slots in sight before 更多. */
const FIRST = 50;
