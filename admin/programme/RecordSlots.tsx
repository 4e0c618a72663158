import type { RecordId } from '../../shared/kit/ids.ts';
import { useResource } from '../client/resource.ts';
import { Await } from '../parts/Await.tsx';
import { words } from '../words/words.ts';
import { SlotRow } from './SlotRow.tsx';

/** The places of one record on the boards. */
export function RecordSlots({ record }: { readonly record: RecordId }) {
  const programme = useResource('programme', {}, ['programme']);
  const w = words.value.publish;
  return (
    <section class="slots" aria-labelledby="slots-title">
      <h3 id="slots-title">{w.slots}</h3>
      <Await of={programme}>
        {({ slots }) => {
          const own = slots.filter((slot) => slot.record === record);
          if (own.length === 0) return <p class="field-hint">{w.noSlots}</p>;
          return (
            <ul class="slot-list">
              {own.map((slot) => (
                <SlotRow key={slot.id} slot={slot} onChanged={programme.refresh} />
              ))}
            </ul>
          );
        }}
      </Await>
    </section>
  );
}
