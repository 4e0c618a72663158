import type { ComponentChildren } from 'preact';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide';
import type { Failure } from '../client/client.ts';
import { words } from '../words/words.ts';
import { Icon } from './Icon.tsx';

export type Tone = 'info' | 'good' | 'warn' | 'bad';

const ICONS = { info: Info, good: CircleCheck, warn: TriangleAlert, bad: CircleAlert };

/** A sentence that stays in its place until it is no longer true. */
export function Message({
  tone,
  children,
}: {
  readonly tone: Tone;
  readonly children: ComponentChildren;
}) {
  return (
    <div class={`message message-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon of={ICONS[tone]} />
      <div class="message-body">{children}</div>
    </div>
  );
}

export function FailureMessage({ failure }: { readonly failure: Failure | null }) {
  if (failure === null) return null;
  return <Message tone="bad">{words.value.refusals[failure.refusal]}</Message>;
}
