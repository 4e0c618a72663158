import type { OutputOf } from '../../shared/protocol/routes.ts';
import { addressOf } from '../shell/place.ts';
import { words } from '../words/words.ts';

/** What each board says it shows now. */
export function ShowingNow({ boards: page }: { readonly boards: OutputOf<'screens'> }) {
  const w = words.value.today;
  const { screens: boards, counts } = page;
  return (
    <section class="card" aria-labelledby="showing-now">
      <h2 id="showing-now">{w.showing}</h2>
      {boards.length === 0 && <p class="field-hint">{w.noBoards}</p>}
      <ul class="showing">
        {boards.map(({ id, name, showing, connected }) => (
          <li key={id}>
            <span class="showing-where">{name}</span>
            <span class="showing-what">
              {!connected && w.showingUnknown}
              {connected && showing === null && w.showingNothing}
              {connected && showing !== null && (
                <a href={addressOf({ page: 'record', id: showing.record, editing: false })}>
                  {showing.title}
                </a>
              )}
            </span>
          </li>
        ))}
      </ul>
      {counts.all > boards.length && (
        <p class="field-hint">{words.value.screens.more(counts.all - boards.length)}</p>
      )}
    </section>
  );
}
