import { clocks } from '../device/clocks.ts';
import { shift, shiftedHash } from './time-shift.ts';
import { moveBoards } from './wall-state.ts';
import { words } from './words.ts';

const HOURS_BACK = 12;
const HOURS_AHEAD = 48;
const STEP_MINUTES = 5;

export function TimeSlider() {
  const value = shift.value;
  return (
    <form class="time" aria-label={words.time} onSubmit={(event) => event.preventDefault()}>
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
  moveBoards(shiftedHash());
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
