import { useState } from 'preact/hooks';
import { UserPlus } from 'lucide';
import type { OutputOf } from '../../shared/protocol/routes.ts';
import { useResource } from '../client/resource.ts';
import { Await } from '../parts/Await.tsx';
import { Badge } from '../parts/Badge.tsx';
import { Button } from '../parts/Button.tsx';
import { Message } from '../parts/Message.tsx';
import { ScrollRoom } from '../parts/ScrollRoom.tsx';
import { may } from '../session/session.ts';
import { words } from '../words/words.ts';
import type { NewPerson } from './PersonForm.tsx';
import { PersonForm } from './PersonForm.tsx';

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
        <Message tone="good">
          {w.oneTime(added.name)}
          <p class="one-time mono">{added.password}</p>
          <Button look="quiet" onPress={() => setAdded(null)}>
            {words.value.common.close}
          </Button>
        </Message>
      )}
      <Await of={people}>{({ people: all }) => <PeopleTable people={all} />}</Await>
    </>
  );
}

function PeopleTable({ people }: OutputOf<'people'>) {
  const w = words.value.settings;
  return (
    <ScrollRoom look="table-room" name={w.people}>
      <table class="table card">
        <thead>
          <tr>
            {[w.name, w.account, w.department, w.post, w.roles].map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                {one.name} {one.locked && <Badge tone="red">{w.locked}</Badge>}
              </th>
              <td class="mono">{one.account}</td>
              <td>{one.department}</td>
              <td>{one.post}</td>
              <td>{one.roles.map((role) => w.roleNames[role]).join(words.value.list)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRoom>
  );
}
