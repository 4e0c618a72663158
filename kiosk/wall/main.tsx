import { signal } from '@preact/signals';
import { render } from 'preact';
import { clocks } from '../device/clocks.ts';
import { words } from './words.ts';
import '../fonts/fonts.css';
import './wall.css';

/** The demonstration wall: the demonstration hall's four screens side by side, and a time slider. */

interface Frame {
  readonly screen: string;
  readonly page: 'touch' | 'board';
  readonly label: string;
}

/** The screens that a demonstration hall is made with. */
const FRAMES: readonly Frame[] = [
  { screen: 'touch-01', page: 'touch', label: words.touch },
  { screen: 'tv-hall', page: 'board', label: words.television },
  { screen: 'led-door', page: 'board', label: words.door },
  { screen: 'led-hall', page: 'board', label: words.hall },
];

/** Minutes from now that the boards show; undefined is now, and running on. */
const shift = signal<number | undefined>(undefined);

const HOURS_BACK = 12;
const HOURS_AHEAD = 48;
const STEP_MINUTES = 5;

function Wall() {
  return (
    <>
      <header class="wall-head">
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
      </header>
      <main class="wall">
        {FRAMES.map((frame) => (
          <Panel key={frame.screen} frame={frame} />
        ))}
      </main>
      <TimeSlider />
    </>
  );
}

function Panel({ frame }: { readonly frame: Frame }) {
  const address = `/${frame.page}/?screen=${frame.screen}`;
  return (
    <figure class={`panel panel-${frame.screen}`}>
      <div class="glass">
        <iframe
          title={frame.label}
          src={address}
          ref={(element) => {
            if (element !== null && frame.page === 'board') boards.add(element);
          }}
        />
      </div>
      <figcaption>
        {frame.label} <a href={address}>{words.openAlone}</a>
      </figcaption>
    </figure>
  );
}

const boards = new Set<HTMLIFrameElement>();

function TimeSlider() {
  const value = shift.value;
  return (
    <form class="time" onSubmit={(event) => event.preventDefault()}>
      <label for="shift">{words.time}</label>
      <input
        id="shift"
        type="range"
        min={-HOURS_BACK * 60}
        max={HOURS_AHEAD * 60}
        step={STEP_MINUTES}
        value={value ?? 0}
        onInput={(event) => moveTo(Number(event.currentTarget.value))}
      />
      <output for="shift">{value === undefined ? words.live : stampOf(value)}</output>
      <button type="button" disabled={value === undefined} onClick={() => moveTo(undefined)}>
        {words.backToNow}
      </button>
    </form>
  );
}

/** Moves the boards, not the touch screen: what a citizen reads is always of now. */
function moveTo(minutes: number | undefined): void {
  shift.value = minutes;
  const at = minutes === undefined ? '' : `at=${clocks.wall() + minutes * 60_000}`;
  for (const { contentWindow } of boards) {
    if (contentWindow !== null) contentWindow.location.hash = at;
  }
}

function stampOf(minutes: number): string {
  return new Intl.DateTimeFormat('zh-CN', {
    month: 'long',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(clocks.wall() + minutes * 60_000);
}

const place = document.getElementById('wall');
if (place === null) throw new Error('broken assumption: index.html has no #wall');
render(<Wall />, place);
