import { Message } from '../parts/Message.tsx';
import { LanguageButton } from '../shell/LanguageButton.tsx';
import { Seal } from '../shell/Seal.tsx';
import { words } from '../words/words.ts';

/** In place of the console under a plain http address: no password is typed where others may read. */
export function Insecure({ origin }: { readonly origin: string }) {
  const w = words.value;
  return (
    <div class="sign-in">
      <main class="sign-in-card" aria-labelledby="insecure-title">
        <div class="brand">
          <Seal />
          <span class="brand-name">
            <strong>{w.product}</strong>
            <span>{w.console}</span>
          </span>
        </div>
        <h1 id="insecure-title">{w.insecure.title}</h1>
        <Message tone="warn">{w.insecure.wrong(origin)}</Message>
        <p>{w.insecure.next}</p>
        <p>
          <a href="/">{w.insecure.front}</a>
        </p>
      </main>
      <LanguageButton />
    </div>
  );
}
