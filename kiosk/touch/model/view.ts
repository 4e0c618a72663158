import { useEffect, useState } from 'preact/hooks';
import type { ObjectRef } from '../../../shared/domain/release.ts';
import { parseJson } from '../../../shared/kit/json.ts';
import type { Block } from '../../../shared/records/block.ts';
import { view as viewSchema } from '../../../shared/records/block.ts';
import type { Screen } from '../../../shared/sync/generation.ts';
import { useTouch } from '../context.ts';

export type Loaded =
  | { readonly state: 'loading' }
  /** Damaged on this screen; being fetched again. */
  | { readonly state: 'damaged' }
  | { readonly state: 'ready'; readonly blocks: readonly Block[] };

/** The blocks that an item's view names, and how to ask for them once more. */
export function useView(ref: ObjectRef | undefined): readonly [Loaded, () => void] {
  const { screen, loading } = useTouch();
  const [loaded, setLoaded] = useState<Loaded>({ state: 'loading' });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (ref === undefined) return;
    let current = true;
    const end = loading.begin();
    const load = async () => {
      const next = await readView(screen, ref);
      if (current) setLoaded(next);
      end();
    };
    void load();
    return () => {
      current = false;
      end();
    };
  }, [screen, ref?.digest, attempt]);
  return [loaded, () => setAttempt((before) => before + 1)];
}

async function readView(screen: Screen, ref: ObjectRef): Promise<Loaded> {
  const bytes = await screen.object(ref);
  if (bytes === undefined) return { state: 'damaged' };
  const view = viewSchema.safeParse(parseJson(new TextDecoder().decode(bytes)));
  return view.success ? { state: 'ready', blocks: view.data.blocks } : { state: 'damaged' };
}
