import { useId, useRef, useState } from 'preact/hooks';
import { ChevronsUpDown, KeyRound, LogOut } from 'lucide';
import type { SessionView } from '../../shared/protocol/routes.ts';
import { Icon } from '../parts/Icon.tsx';
import { person, signOut } from '../session/session.ts';
import { words } from '../words/words.ts';
import { useDismiss } from './dismiss.ts';
import { LanguageButton } from './LanguageButton.tsx';
import { addressOf } from './place.ts';

/** Who is signed in, and what they can do about it. */
export function AccountMenu() {
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const id = useId();
  const session = person.value;
  useDismiss(place, open, () => setOpen(false));
  if (session === null) return null;
  return (
    <div class="account" ref={place}>
      <button
        type="button"
        class="account-button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <span class="account-mark" aria-hidden="true">
          {session.person.name.slice(0, 1)}
        </span>
        <span class="account-who">
          <strong>{session.person.name}</strong>
          <span>{session.person.post}</span>
        </span>
        <span class="unseen">{words.value.menu.account}</span>
        <Icon of={ChevronsUpDown} />
      </button>
      <div class="account-list" id={id} hidden={!open}>
        <Entries session={session} onChosen={() => setOpen(false)} />
      </div>
    </div>
  );
}

function Entries(props: { readonly session: SessionView; readonly onChosen: () => void }) {
  const { department, roles } = props.session;
  const w = words.value;
  return (
    <>
      <p class="account-department">
        {department} · {roles.map((role) => w.settings.roleNames[role]).join(w.list)}
      </p>
      <LanguageButton />
      <a class="account-entry" href={addressOf({ page: 'password' })} onClick={props.onChosen}>
        <Icon of={KeyRound} />
        {w.menu.changePassword}
      </a>
      <button type="button" class="account-entry" onClick={() => void signOut()}>
        <Icon of={LogOut} />
        {w.menu.signOut}
      </button>
    </>
  );
}
