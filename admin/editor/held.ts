import type { RefObject } from 'preact';
import type { Dispatch, StateUpdater } from 'preact/hooks';
import { useMemo, useRef, useState } from 'preact/hooks';
import type { RecordBody, RecordDetail } from '../../shared/protocol/records.ts';
import { sameBody } from '../content/body.ts';
import type { EditingOptions } from './editing.ts';
import { draftName, recallDraft } from './kept-draft.ts';

export interface Draft {
  readonly body: RecordBody;
  /** The revision that the body was typed over; null before the first save. */
  readonly revision: number | null;
  /** That revision's own body; null when it is not known any more. */
  readonly base: RecordBody | null;
  /** Whether it holds somebody else's changes beside one's own. */
  readonly merged: boolean;
  readonly generation: number;
  readonly recoveredAt: number | null;
}

/** What a form holds while a record is being written. */
export interface Held {
  readonly person: string;
  /** Under which the draft is kept on this computer. */
  readonly name: string;
  readonly draft: Draft;
  /** The body as it is now, for whoever has waited for an answer. */
  readonly newest: RefObject<RecordBody>;
  readonly saved: RecordDetail | null;
  readonly conflict: RecordDetail | null;
  readonly kept: boolean;
  readonly setDraft: Dispatch<StateUpdater<Draft>>;
  readonly setSaved: (saved: RecordDetail) => void;
  readonly setConflict: (theirs: RecordDetail | null) => void;
  readonly setKept: (kept: boolean) => void;
}

export function useHeld({ person, fresh, latest }: EditingOptions): Held {
  const name = draftName(person, latest?.id ?? `new-${fresh.kind}`);
  const start = useMemo(() => startOf(name, fresh, latest), [name]);
  const [draft, setDraft] = useState<Draft>(start);
  const [saved, setSaved] = useState(latest);
  const [conflict, setConflict] = useState<RecordDetail | null>(null);
  const [kept, setKept] = useState(true);
  const newest = useRef(draft.body);
  newest.current = draft.body;
  return {
    person,
    name,
    draft,
    newest,
    saved,
    conflict,
    kept,
    setDraft,
    setSaved,
    setConflict,
    setKept,
  };
}

/** What was typed and not saved comes first; saving it asks whether somebody saved meanwhile. */
function startOf(name: string, fresh: RecordBody, latest: RecordDetail | null): Draft {
  const base = latest?.body ?? null;
  const body = base ?? fresh;
  const revision = latest?.revision ?? null;
  const recovered = recallDraft(localStorage, name);
  if (recovered === null || sameBody(recovered.body, body))
    return { body, revision, base, merged: false, generation: 0, recoveredAt: null };
  return {
    body: recovered.body,
    revision: recovered.revision,
    base: recovered.revision === revision ? base : recovered.base,
    merged: recovered.merged,
    generation: 0,
    recoveredAt: recovered.at,
  };
}
