import { useId, useState } from 'preact/hooks';
import { ChevronDown } from 'lucide';
import type { OutputOf } from '../../shared/protocol/routes.ts';
import { Badge } from '../parts/Badge.tsx';
import { Icon } from '../parts/Icon.tsx';
import { words } from '../words/words.ts';
import { PersonPanel } from './PersonPanel.tsx';

export type PersonView = OutputOf<'people'>['people'][number];

export interface PersonRowProps {
  readonly one: PersonView;
  /** Whether accounts may be managed at all: then every row has room for it. */
  readonly manage: boolean;
  readonly onChanged: () => void;
}

/** One account, and beneath it what can be done with it. */
export function PersonRow({ one, manage, onChanged }: PersonRowProps) {
  const [open, setOpen] = useState(false);
  const panel = useId();
  const w = words.value.settings;
  return (
    <>
      <tr class={open ? 'person-open' : undefined}>
        <th scope="row">
          {one.name} {one.locked && <Badge tone="red">{w.locked}</Badge>}
          {one.standing === 'closed' && <Badge tone="grey">{w.closed}</Badge>}
        </th>
        <td class="mono">{one.account}</td>
        <td>{one.department}</td>
        <td>{one.post}</td>
        <td>{one.roles.map((role) => w.roleNames[role]).join(words.value.list)}</td>
        {manage && (
          <td>
            <button
              type="button"
              class="more-button"
              aria-expanded={open}
              aria-controls={panel}
              onClick={() => setOpen(!open)}
            >
              <Icon of={ChevronDown} />
              {w.manage}
              <span class="unseen"> {one.name}</span>
            </button>
          </td>
        )}
      </tr>
      {open && (
        <tr class="person-panel" id={panel}>
          <td colSpan={6}>
            <PersonPanel one={one} onChanged={onChanged} />
          </td>
        </tr>
      )}
    </>
  );
}
