import type { ComponentChildren } from 'preact';
import type { IconNode } from 'lucide';
import { Icon } from './Icon.tsx';

export interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onPress?: () => void;
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: IconNode;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly submit?: boolean;
  /** Id of the words that say why it is disabled or what it does. */
  readonly describedBy?: string;
  readonly pressed?: boolean;
}

/** A busy button stays focusable and keeps its place; it only stops listening. */
export function Button(props: ButtonProps) {
  const { children, onPress, look = 'plain', icon, busy = false, disabled = false } = props;
  return (
    <button
      type={props.submit === true ? 'submit' : 'button'}
      class={`button button-${look}`}
      disabled={disabled}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      aria-pressed={props.pressed}
      aria-describedby={props.describedBy}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onPress?.();
      }}
    >
      {icon !== undefined && <Icon of={icon} />}
      <span>{children}</span>
    </button>
  );
}
