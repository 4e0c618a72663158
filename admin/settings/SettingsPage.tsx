import type { Action } from '../../shared/domain/policy.ts';
import { Keeping } from '../keeping/Keeping.tsx';
import { may } from '../session/session.ts';
import type { SettingsTab } from '../shell/place.ts';
import { addressOf, SETTINGS_TABS } from '../shell/place.ts';
import { words } from '../words/words.ts';
import { AuditLog } from './AuditLog.tsx';
import { HallCardForm } from './HallCardForm.tsx';
import { People } from './People.tsx';

const NEEDS: Readonly<Record<SettingsTab, Action>> = {
  people: 'person.read',
  hall: 'hall.edit',
  audit: 'audit.read',
  keeping: 'keeping.read',
};

export function SettingsPage({
  tab,
  about,
}: {
  readonly tab: SettingsTab;
  /** One thing whose history is wanted, as the log names it. */
  readonly about: string | null;
}) {
  const open = SETTINGS_TABS.filter((each) => may(NEEDS[each]));
  const shown = open.includes(tab) ? tab : open[0];
  const w = words.value.settings;
  return (
    <section class="page">
      <header class="page-head">
        <h1>{w.title}</h1>
      </header>
      <nav class="tabs" aria-label={w.title}>
        {open.map((each) => (
          <a
            key={each}
            class="tab"
            href={addressOf({ page: 'settings', tab: each })}
            aria-current={each === shown ? 'page' : undefined}
          >
            {w[each]}
          </a>
        ))}
      </nav>
      {shown === 'people' && <People />}
      {shown === 'keeping' && <Keeping />}
      {shown === 'hall' && <HallCardForm />}
      {shown === 'audit' && <AuditLog key={about} about={about} />}
    </section>
  );
}
