import { useEffect } from 'preact/hooks';
import type { RecordBody, RecordDetail } from '../../shared/protocol/records.ts';
import type { Action } from '../client/action.ts';
import { useAction } from '../client/action.ts';
import { call } from '../client/client.ts';
import { cleanBody, sameBody } from '../content/body.ts';
import { now } from '../time/clock.ts';
import type { Draft, Held } from './held.ts';
import { useHeld } from './held.ts';
import { draftName, forgetDraft, keepDraft } from './kept-draft.ts';

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
  /** Saves what was typed as a record of its own and goes on here with what the server has. */
  readonly copy: () => Promise<RecordDetail | null>;
  /** The version that the body was typed over; null when it is not known any more. */
  readonly base: RecordBody | null;
  /** [WF5] Goes on with a body that holds what somebody else saved and one's own. */
  readonly takeMerged: (body: RecordBody) => void;
  readonly saveMerged: (body: RecordBody) => Promise<RecordDetail | null>;
  /** Goes on with what the server has, giving up what was typed. */
  readonly takeSaved: () => void;
}

export interface EditingOptions {
  readonly person: string;
  readonly fresh: RecordBody;
  readonly latest: RecordDetail | null;
}

/** A body being written, kept on this computer at every keystroke and saved when asked. */
export function useEditing(options: EditingOptions): Editing {
  const held = useHeld(options);
  const action = useAction();
  const { draft, saved, conflict } = held;
  const dirty = !sameBody(draft.body, saved?.body ?? options.fresh);
  useOthersSaves(held, options.latest, dirty, action.busy);
  return {
    ...draft,
    saved,
    dirty,
    kept: held.kept,
    conflict,
    action,
    change(body) {
      held.setDraft((before) => ({ ...before, body }));
      held.setKept(
        keepDraft(localStorage, held.name, {
          v: 2,
          revision: draft.revision,
          base: draft.base,
          merged: draft.merged,
          body,
          at: now(),
        }),
      );
    },
    save: () => put(held, action, { ...draft, body: held.newest.current }),
    takeMerged: (body) => void takeMerged(held, body),
    saveMerged: (body) => put(held, action, takeMerged(held, body)),
    async copy() {
      const answer = await action.run('createRecord', { body: cleanBody(draft.body) });
      if (!answer.ok) return null;
      if (conflict !== null) take(held, conflict);
      return answer.value;
    },
    takeSaved() {
      const other = conflict ?? saved;
      if (other !== null) take(held, other);
      else startOver(held, options.fresh);
    },
  };
}

/** Somebody else's save, heard of before one's own: better now than after another hour of typing. */
function useOthersSaves(
  held: Held,
  latest: RecordDetail | null,
  dirty: boolean,
  busy: boolean,
): void {
  const revision = latest?.revision ?? null;
  useEffect(() => {
    if (latest === null || busy) return;
    if (revision === held.draft.revision || revision === held.saved?.revision) return;
    if (dirty) held.setConflict(latest);
    else take(held, latest);
  }, [revision, busy]);
}

async function put(
  held: Held,
  action: Action,
  { body: sent, revision, merged }: Pick<Draft, 'body' | 'revision' | 'merged'>,
): Promise<RecordDetail | null> {
  const { saved } = held;
  const body = cleanBody(sent);
  const answer =
    saved === null || revision === null
      ? await action.run('createRecord', { body })
      : await action.run('saveRecord', {
          id: saved.id,
          revision,
          body,
          ...(merged ? { merged } : {}),
        });
  if (answer.ok) return accept(held, answer.value, sent);
  if (answer.refusal === 'conflict' && saved !== null) {
    const theirs = await call('record', { id: saved.id });
    if (theirs.ok) {
      held.setConflict(theirs.value);
      action.clear();
    }
  }
  return null;
}

function accept(held: Held, detail: RecordDetail, sent: RecordBody): RecordDetail {
  held.setSaved(detail);
  held.setConflict(null);
  const { revision, body: base } = detail;
  held.setDraft((before) => ({ ...before, revision, base, merged: false, recoveredAt: null }));
  forgetDraft(localStorage, held.name);
  const typed = held.newest.current;
  if (typed !== sent) {
    // Typed while the answer was on its way: it is kept for the record it now belongs to.
    const later = { v: 2 as const, revision, base, merged: false, body: typed, at: now() };
    keepDraft(localStorage, draftName(held.person, detail.id), later);
  }
  return detail;
}

/**
 * Puts what was merged into the form, over the version that somebody else saved: whatever happens
 * next, that version is what it is compared with.
 */
function takeMerged(held: Held, body: RecordBody): Draft {
  const theirs = held.conflict ?? held.saved;
  const draft: Draft = {
    body,
    revision: theirs?.revision ?? null,
    base: theirs?.body ?? null,
    merged: true,
    generation: held.draft.generation + 1,
    recoveredAt: null,
  };
  held.setDraft(draft);
  if (theirs !== null) held.setSaved(theirs);
  held.setConflict(null);
  const { revision, base, merged } = draft;
  held.setKept(
    keepDraft(localStorage, held.name, { v: 2, revision, base, merged, body, at: now() }),
  );
  return draft;
}

function take(held: Held, detail: RecordDetail): void {
  const { body, revision } = detail;
  held.setDraft(({ generation }) => ({
    body,
    revision,
    base: body,
    merged: false,
    generation: generation + 1,
    recoveredAt: null,
  }));
  held.setSaved(detail);
  held.setConflict(null);
  forgetDraft(localStorage, held.name);
}

function startOver(held: Held, body: RecordBody): void {
  held.setDraft(({ generation }) => ({
    body,
    revision: null,
    base: null,
    merged: false,
    generation: generation + 1,
    recoveredAt: null,
  }));
  forgetDraft(localStorage, held.name);
}
