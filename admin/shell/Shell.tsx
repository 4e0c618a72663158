import type { ComponentChildren } from 'preact';
import { reachable } from '../client/connection.ts';
import { Message } from '../parts/Message.tsx';
import { hall } from '../time/hall.ts';
import { words } from '../words/words.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { Menu } from './Menu.tsx';
import { Seal } from './Seal.tsx';

/** The frame of every page: menu, name of the hall, the state of the connection, the page. */
export function Shell({ children }: { readonly children: ComponentChildren }) {
  const w = words.value;
  const card = hall.value?.card;
  return (
    <div class="shell">
      <a class="skip" href="#main" onClick={focusMain}>
        {w.menu.skip}
      </a>
      <header class="shell-side">
        <div class="brand">
          <Seal />
          <span class="brand-name">
            <strong>{w.product}</strong>
            <span>{card === undefined || card.name === '' ? w.console : card.name}</span>
          </span>
        </div>
        <Menu />
        <AccountMenu />
      </header>
      <div class="shell-page">
        {card?.demo === true && <p class="demo-strip">{w.demo}</p>}
        {!reachable.value && (
          <div class="shell-banner">
            <Message tone="warn">{w.banner.unreachable}</Message>
          </div>
        )}
        <main id="main" tabIndex={-1}>
          {children}
        </main>
      </div>
    </div>
  );
}

// The address after # names the page, so the skip link moves the focus by hand.
function focusMain(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
