import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { RecordBody, RecordDetail } from '../../shared/protocol/records.ts';
import type { Action } from '../client/action.ts';
import { useAction } from '../client/action.ts';
import { call } from '../client/client.ts';
import { cleanBody, sameBody } from '../content/body.ts';
import { now } from '../time/clock.ts';
import { draftName, forgetDraft, keepDraft, recallDraft } from './kept-draft.ts';

export interface Editing {
  readonly body: RecordBody;
  readonly change: (body: RecordBody) => void;
  /** The record as the server last gave it; null before the first save. */
  readonly saved: RecordDetail | null;
  readonly dirty: boolean;
  /** Whether this computer has room to keep what is not saved. */
  readonly kept: boolean;
  /** When the recovered text was typed; null when nothing was recovered. */
  readonly recoveredAt: number | null;
  /** Grows when the body is replaced from outside, so that the rich text starts over. */
  readonly generation: number;
  /** [WF4] What somebody else saved first; nothing of one's own is touched until one chooses. */
  readonly conflict: RecordDetail | null;
  readonly action: Action;
  readonly save: () => Promise<RecordDetail | null>;
  readonly copy: () => Promise<RecordDetail | null>;
  readonly overwrite: () => Promise<RecordDetail | null>;
  /** Goes on with what the server has, giving up what was typed. */
  readonly takeSaved: () => void;
}

interface Draft {
  readonly body: RecordBody;
  /** The revision that the body was typed over. */
  readonly revision: number | null;
  readonly generation: number;
  readonly recoveredAt: number | null;
}

/** A body being written, kept on this computer at every keystroke and saved when asked. */
export function useEditing(options: {
  readonly person: string;
  readonly fresh: RecordBody;
  readonly latest: RecordDetail | null;
}): Editing {
  const { latest } = options;
  const name = draftName(options.person, latest?.id ?? `new-${options.fresh.kind}`);
  const start = useMemo(() => startOf(name, options.fresh, latest), [name]);
  const [draft, setDraft] = useState<Draft>(start);
  const [saved, setSaved] = useState(latest);
  const [conflict, setConflict] = useState<RecordDetail | null>(null);
  const [kept, setKept] = useState(true);
  const action = useAction();
  const current = useRef(draft);
  current.current = draft;
  const dirty = !sameBody(draft.body, saved?.body ?? options.fresh);

  // Somebody else's save, heard of before one's own: better now than after another hour of typing.
  const revision = latest?.revision ?? null;
  useEffect(() => {
    if (latest === null || action.busy || revision === current.current.revision) return;
    if (revision === saved?.revision) return;
    if (dirty) setConflict(latest);
    else take(latest);
  }, [revision, action.busy]);

  const change = (body: RecordBody) => {
    setDraft((before) => ({ ...before, body }));
    const { revision: base } = current.current;
    setKept(keepDraft(localStorage, name, { v: 1, revision: base, body, at: now() }));
  };
  const take = (detail: RecordDetail) => {
    setDraft((before) => ({
      body: detail.body,
      revision: detail.revision,
      generation: before.generation + 1,
      recoveredAt: null,
    }));
    setSaved(detail);
    setConflict(null);
    forgetDraft(localStorage, name);
  };
  const accept = (detail: RecordDetail, sent: RecordBody): RecordDetail => {
    setSaved(detail);
    setConflict(null);
    const typed = current.current.body;
    setDraft((before) => ({ ...before, revision: detail.revision, recoveredAt: null }));
    forgetDraft(localStorage, name);
    // What was typed while the answer was on its way is kept for the record it now belongs to.
    if (typed !== sent) {
      const later = { v: 1 as const, revision: detail.revision, body: typed, at: now() };
      keepDraft(localStorage, draftName(options.person, detail.id), later);
    }
    return detail;
  };
  const put = async (over: number | null): Promise<RecordDetail | null> => {
    const sent = current.current.body;
    const body = cleanBody(sent);
    const answer =
      saved === null || over === null
        ? await action.run('createRecord', { body })
        : await action.run('saveRecord', { id: saved.id, revision: over, body });
    if (answer.ok) return accept(answer.value, sent);
    if (answer.refusal === 'conflict' && saved !== null) {
      const theirs = await call('record', { id: saved.id });
      if (theirs.ok) {
        setConflict(theirs.value);
        action.clear();
      }
    }
    return null;
  };

  return {
    body: draft.body,
    change,
    saved,
    dirty,
    kept,
    recoveredAt: draft.recoveredAt,
    generation: draft.generation,
    conflict,
    action,
    save: () => put(draft.revision),
    overwrite: () => put(conflict?.revision ?? draft.revision),
    async copy() {
      const answer = await action.run('createRecord', { body: cleanBody(draft.body) });
      if (!answer.ok) return null;
      if (conflict !== null) take(conflict);
      return answer.value;
    },
    takeSaved() {
      const other = conflict ?? saved;
      if (other !== null) return take(other);
      forgetDraft(localStorage, name);
      setDraft({ body: options.fresh, revision: null, generation: draft.generation + 1, recoveredAt: null });
    },
  };
}

function startOf(name: string, fresh: RecordBody, latest: RecordDetail | null): Draft {
  const body = latest?.body ?? fresh;
  const recovered = recallDraft(localStorage, name);
  if (recovered === null || sameBody(recovered.body, body)) {
    return { body, revision: latest?.revision ?? null, generation: 0, recoveredAt: null };
  }
  return { body: recovered.body, revision: recovered.revision, generation: 0, recoveredAt: recovered.at };
}
