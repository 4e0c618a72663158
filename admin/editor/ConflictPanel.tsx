import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { RecordDetail } from '../../shared/protocol/records.ts';
import { cleanBody } from '../content/body.ts';
import { Button } from '../parts/Button.tsx';
import { FailureMessage, Message } from '../parts/Message.tsx';
import { TwoTouch } from '../parts/TwoTouch.tsx';
import { go } from '../shell/place.ts';
import { say } from '../time/say.ts';
import { words } from '../words/words.ts';
import { DisputeField } from './DisputeField.tsx';
import type { Editing } from './editing.ts';
import type { BodyMerge, Choice, Choices, Settled } from './merge-bodies.ts';
import { mergeBodies } from './merge-bodies.ts';

const NOTHING_CHOSEN: Choices = new Map();

/**
 * [WF4] [WF5] Somebody saved first. What only one of the two changed is merged; what both changed
 * stands side by side until one is chosen. Nothing is lost whatever is chosen.
 */
export function ConflictPanel({
  editing,
  theirs,
}: {
  readonly editing: Editing;
  readonly theirs: RecordDetail;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [choices, setChoices] = useState(NOTHING_CHOSEN);
  const w = words.value;
  const merge = useMemo(
    () => mergeBodies(editing.base, cleanBody(editing.body), theirs.body, w),
    [editing.base, editing.body, theirs, w],
  );
  useEffect(() => heading.current?.focus(), []);
  const { name } = theirs.changedBy;
  return (
    <section class="conflict card" aria-labelledby="conflict-title">
      <h2 id="conflict-title" ref={heading} tabIndex={-1}>
        {w.conflict.title}
      </h2>
      <p>{w.conflict.explain(name, say.when(theirs.changedAt))}</p>
      {editing.base === null && <Message tone="info">{w.conflict.noBase}</Message>}
      <SettledList settled={merge.settled} name={name} />
      {merge.disputes.length > 0 && (
        <div class="disputes">
          <h3>{w.conflict.disputes(merge.disputes.length)}</h3>
          <p class="field-hint">{w.conflict.legend}</p>
          {merge.disputes.map((dispute, index) => (
            <DisputeField
              key={dispute.key}
              dispute={dispute}
              number={index + 1}
              name={name}
              choice={choices.get(dispute.key) ?? null}
              onChoose={(choice: Choice) =>
                setChoices((before) => new Map([...before, [dispute.key, choice]]))
              }
            />
          ))}
        </div>
      )}
      <Answers editing={editing} merge={merge} choices={choices} />
    </section>
  );
}

function SettledList(props: { readonly settled: readonly Settled[]; readonly name: string }) {
  const { settled, name } = props;
  const w = words.value.conflict;
  if (settled.length === 0) return null;
  return (
    <div class="settled">
      <h3>{w.settled(settled.length)}</h3>
      <ul>
        {settled.map(({ key, label, by, now }) => (
          <li key={key}>
            <strong>{label}</strong>{' '}
            <span class="settled-by">{by === 'mine' ? w.by.mine : w.by[by](name)}</span>
            <span class="settled-now">{now === '' ? words.value.common.none : now}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Saving what was merged, looking at it in the form first, or one of the two ways around it. */
function Answers(props: {
  readonly editing: Editing;
  readonly merge: BodyMerge;
  readonly choices: Choices;
}) {
  const { editing, merge, choices } = props;
  const { busy, failure } = editing.action;
  const w = words.value.conflict;
  const left = merge.disputes.filter(({ key }) => !choices.has(key)).length;
  const body = left === 0 ? merge.resolve(choices) : undefined;
  const copy = async () => {
    const made = await editing.copy();
    if (made !== null) go({ page: 'record', id: made.id, editing: true });
  };
  return (
    <>
      <FailureMessage failure={failure} />
      {left === 0 && body === undefined && <Message tone="warn">{w.tooLong}</Message>}
      <output class="conflict-count">{left === 0 ? w.allChosen : w.left(left)}</output>
      <div class="conflict-choices">
        <Button
          look="primary"
          busy={busy}
          disabled={body === undefined}
          onPress={() => {
            if (body !== undefined) void editing.saveMerged(body);
          }}
        >
          {w.save}
        </Button>
        <Button
          busy={busy}
          disabled={body === undefined}
          onPress={() => {
            if (body !== undefined) editing.takeMerged(body);
          }}
        >
          {w.toForm}
        </Button>
        <Button look="quiet" busy={busy} onPress={() => void copy()}>
          {w.copy}
        </Button>
        <TwoTouch
          quiet
          first={w.takeTheirs}
          second={w.takeTheirsConfirm}
          onConfirm={editing.takeSaved}
        />
      </div>
    </>
  );
}
