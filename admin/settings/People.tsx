import { useState } from 'preact/hooks';
import { UserPlus } from 'lucide';
import { useResource } from '../client/resource.ts';
import { Await } from '../parts/Await.tsx';
import { Badge } from '../parts/Badge.tsx';
import { Button } from '../parts/Button.tsx';
import { Message } from '../parts/Message.tsx';
import { may } from '../session/session.ts';
import { words } from '../words/words.ts';
import type { NewPerson } from './PersonForm.tsx';
import { PersonForm } from './PersonForm.tsx';

export function People() {
  const people = useResource('people', {}, []);
  const [adding, setAdding] = useState(false);
  const [added, setAdded] = useState<NewPerson | null>(null);
  const w = words.value.settings;
  return (
    <>
      {may('person.edit') && !adding && (
        <Button icon={UserPlus} onPress={() => setAdding(true)}>
          {w.addPerson}
        </Button>
      )}
      {adding && (
        <PersonForm
          onClose={(person) => {
            setAdding(false);
            if (person === null) return;
            setAdded(person);
            people.refresh();
          }}
        />
      )}
      {added !== null && (
        <Message tone="good">
          {w.oneTime(added.name)}
          <p class="one-time mono">{added.password}</p>
          <Button look="quiet" onPress={() => setAdded(null)}>
            {words.value.common.close}
          </Button>
        </Message>
      )}
      <Await of={people}>
        {({ people: all }) => (
          <div class="table-room" role="region" aria-label={w.people} tabIndex={0}>
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
                {all.map((one) => (
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
          </div>
        )}
      </Await>
    </>
  );
}
