import { useState } from 'preact/hooks';
import { FileCheck, Plus, Usb } from 'lucide';
import type { ScreenView } from '../../shared/protocol/routes.ts';
import { useResource, useSteady } from '../client/resource.ts';
import { Await, Empty } from '../parts/Await.tsx';
import { Button } from '../parts/Button.tsx';
import { may } from '../session/session.ts';
import { KeepingBanner } from '../keeping/KeepingBanner.tsx';
import { ClockBanner } from '../time/ClockBanner.tsx';
import { words } from '../words/words.ts';
import { ReceiptPanel } from './ReceiptPanel.tsx';
import { ScreenForm } from './ScreenForm.tsx';
import { EVERY_SCREEN, inputOf, ScreenList } from './ScreenList.tsx';
import { StickPanel } from './StickPanel.tsx';

type Form =
  | { readonly state: 'closed' | 'stick' | 'receipt' }
  | { readonly state: 'open'; readonly screen: ScreenView | null };

/** Every screen of the hall, and what each needs of a person. */
export function ScreensPage() {
  const [sought, setSought] = useState(EVERY_SCREEN);
  const screens = useSteady(
    useResource('screens', inputOf(sought), ['screens', 'programme', 'records', 'hall']),
  );
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
        <Actions onOpen={setForm} />
      </header>
      <ClockBanner />
      <KeepingBanner />
      {form.state === 'open' && (
        <ScreenForm key={form.screen?.id ?? ''} screen={form.screen} onClose={close} />
      )}
      {form.state === 'stick' && <StickPanel onClose={() => close(false)} />}
      {form.state === 'receipt' && (
        <ReceiptPanel onTaken={screens.refresh} onClose={() => close(false)} />
      )}
      <Await of={screens}>
        {(page) =>
          page.counts.all === 0 && sought === EVERY_SCREEN ? (
            form.state === 'closed' && <Empty>{w.empty}</Empty>
          ) : (
            <ScreenList
              page={page}
              sought={sought}
              onSeek={setSought}
              onChanged={screens.refresh}
              onEdit={(screen) => {
                setForm({ state: 'open', screen });
                window.scrollTo({ top: 0 });
              }}
            />
          )
        }
      </Await>
    </section>
  );
}

function Actions({ onOpen }: { readonly onOpen: (form: Form) => void }) {
  const w = words.value;
  return (
    <div class="buttons">
      {may('stick.make') && (
        <Button icon={Usb} onPress={() => onOpen({ state: 'stick' })}>
          {w.stick.make}
        </Button>
      )}
      {may('receipt.take') && (
        <Button icon={FileCheck} onPress={() => onOpen({ state: 'receipt' })}>
          {w.receipt.take}
        </Button>
      )}
      {may('screen.edit') && (
        <Button look="primary" icon={Plus} onPress={() => onOpen({ state: 'open', screen: null })}>
          {w.screens.add}
        </Button>
      )}
    </div>
  );
}
