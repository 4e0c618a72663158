import type { Failure } from '../client/client.ts';
import { FailureMessage, Message } from '../parts/Message.tsx';
import { words } from '../words/words.ts';

/** What is still missing in a form, as sentences. */
export function Missing({ sentences }: { readonly sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <Message tone="bad">
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Message>
  );
}

/** Why an account was not changed; its newest state stands above when somebody else was first. */
export function AccountFailure({ failure }: { readonly failure: Failure | null }) {
  if (failure?.refusal !== 'conflict') return <FailureMessage failure={failure} />;
  return <Message tone="bad">{words.value.settings.personChanged}</Message>;
}
