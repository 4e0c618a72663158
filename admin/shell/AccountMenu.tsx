import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { ChevronsUpDown, KeyRound, Languages, LogOut } from 'lucide';
import { Icon } from '../parts/Icon.tsx';
import { person, signOut } from '../session/session.ts';
import { language, words } from '../words/words.ts';
import { addressOf } from './place.ts';

/** Who is signed in, and what they can do about it. */
export function AccountMenu() {
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const id = useId();
  const session = person.value;
  const w = words.value;
  useEffect(() => {
    if (!open) return undefined;
    const leave = (event: Event) => {
      if (event.target instanceof Node && place.current?.contains(event.target) === false) setOpen(false);
    };
    document.addEventListener('pointerdown', leave);
    document.addEventListener('focusin', leave);
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('focusin', leave);
    };
  }, [open]);
  if (session === null) return null;
  return (
    <div
      class="account"
      ref={place}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setOpen(false);
      }}
    >
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
        <span class="unseen">{w.menu.account}</span>
        <Icon of={ChevronsUpDown} />
      </button>
      <div class="account-list" id={id} hidden={!open}>
        <p class="account-department">
          {session.department} · {session.roles.map((role) => w.settings.roleNames[role]).join(w.list)}
        </p>
        <LanguageButton />
        <a class="account-entry" href={addressOf({ page: 'password' })} onClick={() => setOpen(false)}>
          <Icon of={KeyRound} />
          {w.menu.changePassword}
        </a>
        <button type="button" class="account-entry" onClick={() => void signOut()}>
          <Icon of={LogOut} />
          {w.menu.signOut}
        </button>
      </div>
    </div>
  );
}

export function LanguageButton() {
  const w = words.value;
  return (
    <button
      type="button"
      class="account-entry"
      lang={language.value === 'zh' ? 'en' : 'zh-CN'}
      onClick={() => {
        language.value = language.value === 'zh' ? 'en' : 'zh';
      }}
    >
      <Icon of={Languages} />
      {w.language.other}
    </button>
  );
}
