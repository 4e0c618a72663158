import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { InputOf, OutputOf, RouteName } from '../../shared/protocol/routes.ts';
import { coalesce } from '../../shared/sync/coalesce.ts';
import type { Failure } from './client.ts';
import { call } from './client.ts';
import type { Topic } from './live.ts';
import { listen } from './live.ts';

/** What is known of something on the server. `stale`: the newest question had no answer. */
export type Loaded<Value> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: Failure }
  | { readonly state: 'ready'; readonly value: Value; readonly stale: boolean };

export interface Resource<Value> {
  readonly loaded: Loaded<Value>;
  readonly refresh: () => void;
  /** Puts a value the server just answered with in place of the old one. */
  readonly replace: (value: Value) => void;
}

/** Reads a route and reads it again when one of its topics moves. */
export function useResource<Name extends RouteName>(
  name: Name,
  input: InputOf<Name>,
  topics: readonly Topic[],
): Resource<OutputOf<Name>> {
  const [loaded, setLoaded] = useState<Loaded<OutputOf<Name>>>({ state: 'loading' });
  const newest = useRef(0);
  const key = JSON.stringify([name, input]);
  // [FL3] Hints that come while an answer is awaited lead to one more question, not to one each.
  const ask = useCallback(
    sharing(async () => {
      const turn = ++newest.current;
      const answer = await call(name, input);
      // An answer overtaken by a later question would put the past on the page.
      if (turn === newest.current) setLoaded((before) => after(before, answer));
    }),
    [key],
  );
  const replace = useCallback((value: OutputOf<Name>) => {
    newest.current += 1;
    setLoaded({ state: 'ready', value, stale: false });
  }, []);
  const heard = topics.join();
  useEffect(() => {
    setLoaded({ state: 'loading' });
    ask();
    const stop = listen(topics, ask);
    return () => {
      newest.current += 1;
      stop();
    };
  }, [ask, heard]);
  return { loaded, refresh: ask, replace };
}

function sharing(work: () => Promise<void>): () => void {
  const ask = coalesce(work);
  return () => void ask();
}

function after<Value>(
  before: Loaded<Value>,
  answer: { readonly ok: true; readonly value: Value } | Failure,
): Loaded<Value> {
  if (answer.ok) return { state: 'ready', value: answer.value, stale: false };
  if (before.state === 'ready' && answer.refusal === 'unreachable')
    return { ...before, stale: true };
  return { state: 'failed', failure: answer };
}

/** The same, but while another page of it is read the one before stays to be looked at. */
export function useSteady<Value>(resource: Resource<Value>): Resource<Value> {
  const { loaded } = resource;
  const before = useRef<Value | undefined>(undefined);
  if (loaded.state === 'ready') before.current = loaded.value;
  const value = before.current;
  if (loaded.state !== 'loading' || value === undefined) return resource;
  return { ...resource, loaded: { state: 'ready', value, stale: false } };
}
