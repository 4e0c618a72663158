import type { ScreenView } from '../../shared/protocol/routes.ts';
import { addressOf } from '../shell/place.ts';
import { words } from '../words/words.ts';

/** What each board says it shows now. */
export function ShowingNow({ screens }: { readonly screens: readonly ScreenView[] }) {
  const w = words.value.today;
  const boards = screens.filter(({ device }) => device.kind === 'board');
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
    </section>
  );
}
