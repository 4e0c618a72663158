import { HALL_SCREENS } from './hall-screens.ts';
import { Panel } from './Panel.tsx';
import { Switches } from './Switches.tsx';
import { TimeSlider } from './TimeSlider.tsx';
import { words } from './words.ts';

/** The demonstration hall's four screens side by side, what can go wrong with them, and their time. */
export function Wall() {
  return (
    <>
      <header class="wall-head">
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
      </header>
      <main class="wall">
        <Switches />
        {HALL_SCREENS.filter(({ page }) => page === 'touch').map((screen) => (
          <Panel key={screen.screen} screen={screen} />
        ))}
        <div class="boards">
          {HALL_SCREENS.filter(({ page }) => page === 'board').map((screen) => (
            <Panel key={screen.screen} screen={screen} />
          ))}
        </div>
      </main>
      <TimeSlider />
    </>
  );
}
