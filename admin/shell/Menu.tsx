import type { IconNode } from 'lucide';
import { CalendarClock, FileText, MonitorCheck, Settings, Sun } from 'lucide';
import type { Action } from '../../shared/domain/policy.ts';
import { Icon } from '../parts/Icon.tsx';
import { may } from '../session/session.ts';
import { words } from '../words/words.ts';
import type { Place } from './place.ts';
import { addressOf, place } from './place.ts';

interface Entry {
  readonly name: 'today' | 'content' | 'programme' | 'screens' | 'settings';
  readonly icon: IconNode;
  readonly to: Place;
  /** Any of these opens the page to a person. */
  readonly needs: readonly Action[];
}

const ENTRIES: readonly Entry[] = [
  { name: 'today', icon: Sun, to: { page: 'today' }, needs: ['record.read'] },
  { name: 'content', icon: FileText, to: { page: 'content' }, needs: ['record.read'] },
  { name: 'programme', icon: CalendarClock, to: { page: 'programme' }, needs: ['programme.read'] },
  { name: 'screens', icon: MonitorCheck, to: { page: 'screens' }, needs: ['screen.read'] },
  {
    name: 'settings',
    icon: Settings,
    to: { page: 'settings', tab: 'people' },
    needs: ['person.read', 'audit.read', 'hall.edit'],
  },
];

/** Pages that belong to an entry without being it. */
const HOME: Partial<Record<Place['page'], Entry['name']>> = { new: 'content', record: 'content' };

export function Menu() {
  const w = words.value;
  const here = HOME[place.value.page] ?? place.value.page;
  return (
    <nav class="menu" aria-label={w.menu.label}>
      <ul>
        {ENTRIES.filter(({ needs }) => needs.some((action) => may(action))).map(
          ({ name, icon, to }) => (
            <li key={name}>
              <a
                class="menu-entry"
                href={addressOf(to)}
                aria-current={here === name ? 'page' : undefined}
              >
                <Icon of={icon} large />
                <span>{w.menu[name]}</span>
              </a>
            </li>
          ),
        )}
      </ul>
    </nav>
  );
}

/** The first page this person's policy opens: an administrator has no 今天. */
export function homeOf(): Place {
  const first = ENTRIES.find(({ needs }) => needs.some((action) => may(action)));
  return first?.to ?? { page: 'password' };
}
