import type { ComponentChildren } from 'preact';
import type { Faults } from '../../shared/protocol/wall.ts';
import { NO_FAULTS, WRONG_CLOCKS } from '../../shared/protocol/wall.ts';
import { signal } from '@preact/signals';
import { become, faults, power, switchPower } from './wall-state.ts';
import { words } from './words.ts';

/** How the clock is wrong when it is. */
const wrongClock = signal<NonNullable<Faults['clock']>>('ahead');

/** What can go wrong in a hall, one switch for each. */
export function Switches() {
  const { offline, slow, corrupt, clock } = faults.value;
  const isCut = power.value === 'cut';
  const isCalm = !offline && !slow && !corrupt && clock === null && !isCut;
  return (
    <section class="switches" aria-labelledby="switches">
      <h2 id="switches">{words.switches}</h2>
      <p>{words.switchesLead}</p>
      <ul>
        <Switch name="offline" isOn={offline} turn={() => become({ offline: !offline })} />
        <Switch name="slow" isOn={slow} turn={() => become({ slow: !slow })} />
        <Switch name="corrupt" isOn={corrupt} turn={() => become({ corrupt: !corrupt })} />
        <Switch
          name="clock"
          isOn={clock !== null}
          turn={() => become({ clock: clock === null ? wrongClock.peek() : null })}
        >
          <WrongClock isOn={clock !== null} />
        </Switch>
        <Switch name="power" isOn={isCut} turn={() => switchPower(isCut ? 'on' : 'cut')} />
      </ul>
      <button type="button" class="calm" disabled={isCalm} onClick={calm}>
        {words.calm}
      </button>
    </section>
  );
}

function calm(): void {
  become(NO_FAULTS);
  if (power.peek() === 'cut') switchPower('on');
}

interface SwitchProps {
  readonly name: 'offline' | 'slow' | 'corrupt' | 'clock' | 'power';
  readonly isOn: boolean;
  readonly turn: () => void;
  readonly children?: ComponentChildren;
}

function Switch({ name, isOn, turn, children }: SwitchProps) {
  return (
    <li>
      <button
        type="button"
        role="switch"
        class="switch"
        aria-checked={isOn}
        aria-describedby={`of-${name}`}
        onClick={turn}
      >
        {words.faults[name].name}
      </button>
      <p id={`of-${name}`}>{words.faults[name].what}</p>
      {children}
    </li>
  );
}

function WrongClock({ isOn }: { readonly isOn: boolean }) {
  return (
    <select
      aria-label={words.wrongClock}
      value={wrongClock.value}
      onChange={({ currentTarget }) => {
        const next = WRONG_CLOCKS.find((one) => one === currentTarget.value);
        if (next === undefined) return;
        wrongClock.value = next;
        if (isOn) become({ clock: next });
      }}
    >
      {WRONG_CLOCKS.map((one) => (
        <option key={one} value={one}>
          {words.wrongClocks[one]}
        </option>
      ))}
    </select>
  );
}
