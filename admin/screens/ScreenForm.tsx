import { useState } from 'preact/hooks';
import { boardProfiles } from '../../shared/domain/profile.ts';
import type { ScreenView } from '../../shared/protocol/routes.ts';
import { useAction } from '../client/action.ts';
import { Button } from '../parts/Button.tsx';
import { FieldGroup } from '../parts/Field.tsx';
import { Choice, Select, TextField } from '../parts/inputs.tsx';
import { FailureMessage, Message } from '../parts/Message.tsx';
import { boardName } from '../preview/devices.ts';
import { words } from '../words/words.ts';
import type { ScreenFields, ScreenProblem } from './screen-form.ts';
import { fieldsOf, screenOf } from './screen-form.ts';

const PROFILES = Object.keys(boardProfiles);

/** Adds a screen, or changes the name and kind of one. */
export function ScreenForm(props: {
  readonly screen: ScreenView | null;
  readonly onClose: (saved: boolean) => void;
}) {
  const { screen, onClose } = props;
  const [fields, setFields] = useState(() => fieldsOf(screen, PROFILES[0] ?? ''));
  const [problem, setProblem] = useState<ScreenProblem | 'id-taken' | null>(null);
  const action = useAction();
  const w = words.value.screens;
  const set = (changed: Partial<ScreenFields>) => setFields({ ...fields, ...changed });
  const submit = async () => {
    const input = screenOf(fields);
    setProblem(input.ok ? null : input.refusal);
    if (!input.ok) return;
    const answer = await action.run('putScreen', {
      ...input.value,
      ...(screen === null ? { revision: 0 } : {}),
    });
    if (answer.ok) onClose(true);
    else if (answer.refusal === 'conflict') setProblem('id-taken');
  };
  return (
    <form
      class="card form"
      aria-label={screen === null ? w.add : w.edit}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Fields fields={fields} fixed={screen !== null} onChange={set} />
      {problem !== null && <Message tone="bad">{sentenceOf(problem)}</Message>}
      {problem !== 'id-taken' && <FailureMessage failure={action.failure} />}
      <div class="buttons">
        <Button look="primary" submit busy={action.busy}>
          {screen === null ? w.submit : words.value.common.save}
        </Button>
        <Button look="quiet" onPress={() => onClose(false)}>
          {words.value.common.cancel}
        </Button>
      </div>
    </form>
  );
}

function Fields(props: {
  readonly fields: ScreenFields;
  /** A screen keeps its id. */
  readonly fixed: boolean;
  readonly onChange: (changed: Partial<ScreenFields>) => void;
}) {
  const { fields, fixed, onChange } = props;
  const w = words.value.screens;
  return (
    <>
      <div class="form-pair">
        <TextField
          label={w.name}
          hint={w.nameHint}
          max={60}
          value={fields.name}
          onChange={(name) => onChange({ name })}
        />
        <TextField
          label={w.id}
          hint={w.idHint}
          max={64}
          disabled={fixed}
          value={fields.id}
          onChange={(id) => onChange({ id })}
        />
      </div>
      <FieldGroup label={w.device}>
        <Choice
          name="device"
          value={fields.kind}
          options={[
            { value: 'board', label: w.board },
            { value: 'touch', label: w.touch },
          ]}
          onChange={(kind) => onChange({ kind })}
        />
      </FieldGroup>
      {fields.kind === 'board' ? (
        <Select
          label={w.profile}
          value={fields.profile}
          options={PROFILES.map((value) => ({ value, label: boardName(value) }))}
          onChange={(profile) => onChange({ profile })}
        />
      ) : (
        <TouchSize fields={fields} onChange={onChange} />
      )}
    </>
  );
}

function TouchSize(props: {
  readonly fields: ScreenFields;
  readonly onChange: (changed: Partial<ScreenFields>) => void;
}) {
  const { fields, onChange } = props;
  const w = words.value.screens;
  const number = (name: 'width' | 'height' | 'inches') => (
    <TextField
      label={w[name]}
      type="number"
      value={fields[name]}
      onChange={(value) => onChange({ [name]: value })}
    />
  );
  return (
    <div class="form-pair">
      {number('width')}
      {number('height')}
      {number('inches')}
      <TextField
        label={w.bottom}
        hint={w.bottomHint}
        type="number"
        value={fields.bottom}
        onChange={(bottom) => onChange({ bottom })}
      />
    </div>
  );
}

function sentenceOf(problem: ScreenProblem | 'id-taken'): string {
  const w = words.value;
  switch (problem) {
    case 'id-bad':
      return w.screens.idBad;
    case 'id-taken':
      return w.screens.idTaken;
    case 'name-missing':
      return w.required(w.screens.name);
    case 'size-bad':
      return w.screens.sizeBad;
  }
}
