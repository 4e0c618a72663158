import { useEffect, useRef, useState } from 'preact/hooks';
import type { IconNode } from 'lucide';
import { words } from '../words/words.ts';
import { Button } from './Button.tsx';

/** How long the second touch is waited for. */
const ARMED_MS = 6000;

/** Two touches in the same place for what cannot be undone: the first arms, the second does it. */
export function TwoTouch(props: {
  readonly first: string;
  readonly second: string;
  readonly icon?: IconNode;
  readonly busy?: boolean;
  readonly quiet?: boolean;
  readonly onConfirm: () => void;
}) {
  const [armed, setArmed] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const arm = () => {
    setArmed(true);
    timer.current = setTimeout(() => setArmed(false), ARMED_MS);
  };
  const confirm = () => {
    clearTimeout(timer.current);
    setArmed(false);
    props.onConfirm();
  };
  return (
    <span class="two-touch">
      <Button
        look={armed ? 'danger' : props.quiet === true ? 'quiet' : 'plain'}
        {...(props.icon === undefined ? {} : { icon: props.icon })}
        busy={props.busy ?? false}
        onPress={armed ? confirm : arm}
      >
        {armed ? props.second : props.first}
      </Button>
      {armed && (
        <Button look="quiet" onPress={() => setArmed(false)}>
          {words.value.common.cancel}
        </Button>
      )}
      <output class="unseen">{armed ? props.second : ''}</output>
    </span>
  );
}
