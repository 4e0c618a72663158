import { useState } from 'preact/hooks';
import { UserPlus } from 'lucide';
import { useResource } from '../client/resource.ts';
import { Await } from '../parts/Await.tsx';
import { Button } from '../parts/Button.tsx';
import { ScrollRoom } from '../parts/ScrollRoom.tsx';
import { may } from '../session/session.ts';
import { words } from '../words/words.ts';
import { OneTime } from './OneTime.tsx';
import type { NewPerson } from './PersonForm.tsx';
import { PersonForm } from './PersonForm.tsx';
import type { PersonView } from './PersonRow.tsx';
import { PersonRow } from './PersonRow.tsx';

/** Everyone with an account, and a new one for those who may give it. */
export function People() {
  const people = useResource('people', {}, []);
  const [adding, setAdding] = useState(false);
  const [added, setAdded] = useState<NewPerson | null>(null);
  const w = words.value.settings;
  const close = (person: NewPerson | null) => {
    setAdding(false);
    if (person === null) return;
    setAdded(person);
    people.refresh();
  };
  return (
    <>
      {may('person.edit') && !adding && (
        <div class="buttons">
          <Button icon={UserPlus} onPress={() => setAdding(true)}>
            {w.addPerson}
          </Button>
        </div>
      )}
      {adding && <PersonForm onClose={close} />}
      {added !== null && (
        <OneTime password={added.password} onClose={() => setAdded(null)}>
          {w.oneTime(added.name)}
        </OneTime>
      )}
      <Await of={people}>
        {({ people: all }) => <PeopleTable people={all} onChanged={people.refresh} />}
      </Await>
    </>
  );
}

function PeopleTable(props: {
  readonly people: readonly PersonView[];
  readonly onChanged: () => void;
}) {
  const manage = may('person.edit');
  const w = words.value.settings;
  return (
    <ScrollRoom look="table-room" name={w.people}>
      <table class="table table-people card">
        <thead>
          <tr>
            {[w.name, w.account, w.department, w.post, w.roles].map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
            {manage && (
              <th scope="col">
                <span class="unseen">{w.manage}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {props.people.toSorted(closedLast).map((one) => (
            <PersonRow key={one.id} one={one} manage={manage} onChanged={props.onChanged} />
          ))}
        </tbody>
      </table>
    </ScrollRoom>
  );
}

function closedLast(a: PersonView, b: PersonView): number {
  return Number(a.standing === 'closed') - Number(b.standing === 'closed');
}
