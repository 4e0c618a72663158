import { useState } from 'preact/hooks';
import type { InputOf, OutputOf, RouteName } from '../../shared/protocol/routes.ts';
import type { Answer, Failure } from './client.ts';
import { call } from './client.ts';

export interface Action {
  readonly busy: boolean;
  /** Why the last try failed; null before the first and after a success. */
  readonly failure: Failure | null;
  readonly run: <Name extends RouteName>(
    name: Name,
    input: InputOf<Name>,
  ) => Promise<Answer<OutputOf<Name>>>;
  readonly clear: () => void;
}

/** One thing a person does, with what they need to see while and after it is done. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  return {
    busy,
    failure,
    async run(name, input) {
      setBusy(true);
      const answer = await call(name, input);
      setBusy(false);
      setFailure(answer.ok ? null : answer);
      return answer;
    },
    clear: () => setFailure(null),
  };
}
