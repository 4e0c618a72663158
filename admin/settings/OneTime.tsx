import type { ComponentChildren } from 'preact';
import { Button } from '../parts/Button.tsx';
import { Message } from '../parts/Message.tsx';
import { words } from '../words/words.ts';

/** A one-time password, on the page until it is put away: it is never answered again. */
export function OneTime(props: {
  readonly password: string;
  readonly onClose: () => void;
  /** Whose it is and what to do with it. */
  readonly children: ComponentChildren;
}) {
  return (
    <Message tone="good">
      {props.children}
      <p class="one-time mono">{props.password}</p>
      <Button look="quiet" onPress={props.onClose}>
        {words.value.common.close}
      </Button>
    </Message>
  );
}
