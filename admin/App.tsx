import { useEffect } from 'preact/hooks';
import { RotateCw } from 'lucide';
import { listen } from './client/live.ts';
import { ContentPage } from './content/ContentPage.tsx';
import { NewRecordPage } from './content/NewRecordPage.tsx';
import { RecordPage } from './content/RecordPage.tsx';
import { Button } from './parts/Button.tsx';
import { Message } from './parts/Message.tsx';
import { ProgrammePage } from './programme/ProgrammePage.tsx';
import { ScreensPage } from './screens/ScreensPage.tsx';
import { ChangePassword } from './session/ChangePassword.tsx';
import { askWhoIsThere, may, person, standing } from './session/session.ts';
import { SignIn } from './session/SignIn.tsx';
import { SettingsPage } from './settings/SettingsPage.tsx';
import { homeOf } from './shell/Menu.tsx';
import { place, replacePlace } from './shell/place.ts';
import { Shell } from './shell/Shell.tsx';
import { askHall, hall } from './time/hall.ts';
import { TodayPage } from './today/TodayPage.tsx';
import { words } from './words/words.ts';

/** Who is there decides what is here: the way in, a password to change, or the console. */
export function App() {
  const now = standing.value;
  const w = words.value;
  switch (now.state) {
    case 'asking':
      return (
        <p class="opening">
          <output>{w.common.loading}</output>
        </p>
      );
    case 'unreachable':
      return (
        <main class="opening">
          <Message tone="warn">{w.signIn.unreachable}</Message>
          <Button icon={RotateCw} onPress={() => void askWhoIsThere()}>
            {w.common.retry}
          </Button>
        </main>
      );
    case 'out':
      return <SignIn expired={false} />;
    case 'in':
    case 'expired':
      return (
        <>
          {/* Keyed by person: another account over an expired session starts with nothing of the first. */}
          <div key={now.session.person.id} class="console" inert={now.state === 'expired'}>
            <Console mustChangePassword={now.session.mustChangePassword} />
          </div>
          {now.state === 'expired' && <SignIn expired />}
        </>
      );
  }
}

function Console({ mustChangePassword }: { readonly mustChangePassword: boolean }) {
  useEffect(() => {
    void askHall();
    return listen(['hall'], () => void askHall());
  }, []);
  const known = hall.value !== null;
  const w = words.value;
  useEffect(() => {
    document.title = `${w.menu[titleOf()]} · ${w.product}`;
  });
  if (mustChangePassword) {
    return (
      <Shell>
        <ChangePassword forced />
      </Shell>
    );
  }
  return <Shell>{known ? <Page /> : <p class="opening">{w.common.loading}</p>}</Shell>;
}

function titleOf(): 'today' | 'content' | 'programme' | 'screens' | 'settings' {
  const { page } = place.value;
  if (page === 'new' || page === 'record') return 'content';
  return page === 'password' ? 'settings' : page;
}

function Page() {
  const to = place.value;
  // An administrator's policy opens no 今天.
  const home = to.page === 'today' && !may('record.read');
  useEffect(() => {
    if (home) replacePlace(homeOf());
  }, [home]);
  if (home) return null;
  switch (to.page) {
    case 'today':
      return <TodayPage />;
    case 'content':
      return <ContentPage />;
    case 'new':
      return <NewRecordPage key={to.kind} kind={to.kind} />;
    case 'record':
      return <RecordPage id={to.id} editing={to.editing} />;
    case 'programme':
      return <ProgrammePage />;
    case 'screens':
      return <ScreensPage />;
    case 'settings':
      return <SettingsPage tab={to.tab} about={to.about ?? null} />;
    case 'password':
      return <ChangePassword key={person.value?.person.id} forced={false} />;
  }
}
