import { useEffect, useState } from 'preact/hooks';
import { useAction } from '../client/action.ts';
import { FailureMessage, Message } from '../parts/Message.tsx';
import { TwoTouch } from '../parts/TwoTouch.tsx';
import { may } from '../session/session.ts';
import { words } from '../words/words.ts';
import { now } from './clock.ts';
import { askHall, hall } from './hall.ts';
import { say } from './say.ts';

/** [TR10] Why nothing is published, for those who can do something about it. */
export function ClockBanner() {
  const suspicion = hall.value?.clock ?? null;
  if (suspicion === null || !may('hall.edit')) return null;
  const w = words.value.clock;
  const confirms = may('clock.confirm');
  return (
    <Message tone="bad">
      <strong>{w.title}</strong>
      <p>{w.why[suspicion]}</p>
      <p>{w.effect}</p>
      <p>{confirms ? w.look : w.ask}</p>
      {confirms && <Confirm />}
    </Message>
  );
}

/** The time that is seen is the time that is confirmed. */
function Confirm() {
  const t = useSecond();
  const action = useAction();
  const w = words.value.clock;
  const moved = action.failure?.refusal === 'changed';
  const confirm = async () => {
    await action.run('confirmClock', { seenAt: t });
    await askHall();
  };
  return (
    <>
      <p class="server-time">
        {w.serverTime} <time dateTime={new Date(t).toISOString()}>{say.exactly(t)}</time>
      </p>
      {moved && <Message tone="warn">{w.moved}</Message>}
      {!moved && <FailureMessage failure={action.failure} />}
      <TwoTouch
        first={w.confirm}
        second={w.confirmAgain}
        busy={action.busy}
        onConfirm={() => void confirm()}
      />
    </>
  );
}

/** The server's time, told anew each second. */
function useSecond(): number {
  const [t, setT] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setT(now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return t;
}
