import { useState } from 'preact/hooks';
import { Plus } from 'lucide';
import type { ScreenView } from '../../shared/protocol/routes.ts';
import { useResource } from '../client/resource.ts';
import { Await, Empty } from '../parts/Await.tsx';
import { Button } from '../parts/Button.tsx';
import { may } from '../session/session.ts';
import { ClockBanner } from '../time/ClockBanner.tsx';
import { words } from '../words/words.ts';
import { ScreenCard } from './ScreenCard.tsx';
import { ScreenForm } from './ScreenForm.tsx';

type Form =
  | { readonly state: 'closed' }
  | { readonly state: 'open'; readonly screen: ScreenView | null };

/** Every screen as a card with its picture; for halls of fewer than thirty, no filters. */
export function ScreensPage() {
  const screens = useResource('screens', {}, ['screens', 'programme', 'records', 'hall']);
  const [form, setForm] = useState<Form>({ state: 'closed' });
  const w = words.value.screens;
  const close = (saved: boolean) => {
    setForm({ state: 'closed' });
    if (saved) screens.refresh();
  };
  return (
    <section class="page page-wide">
      <header class="page-head">
        <h1>{w.title}</h1>
        {may('screen.edit') && (
          <Button
            look="primary"
            icon={Plus}
            onPress={() => setForm({ state: 'open', screen: null })}
          >
            {w.add}
          </Button>
        )}
      </header>
      <ClockBanner />
      <Await of={screens}>
        {({ screens: all, rootFingerprint }) => (
          <>
            {form.state === 'open' && (
              <ScreenForm
                key={form.screen?.id ?? ''}
                screen={form.screen}
                taken={all.map(({ id }) => id)}
                onClose={close}
              />
            )}
            {all.length === 0 && form.state === 'closed' && <Empty>{w.empty}</Empty>}
            <ul class="screens">
              {all.map((screen) => (
                <ScreenCard
                  key={screen.id}
                  screen={screen}
                  root={rootFingerprint}
                  onChanged={screens.refresh}
                  onEdit={() => {
                    setForm({ state: 'open', screen });
                    window.scrollTo({ top: 0 });
                  }}
                />
              ))}
            </ul>
          </>
        )}
      </Await>
    </section>
  );
}
