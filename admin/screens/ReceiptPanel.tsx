import { useState } from 'preact/hooks';
import { Check, X } from 'lucide';
import type { InputOf, ReceiptView } from '../../shared/protocol/routes.ts';
import type { Failure } from '../client/client.ts';
import { call } from '../client/client.ts';
import { Button } from '../parts/Button.tsx';
import { Field } from '../parts/Field.tsx';
import { TextArea } from '../parts/inputs.tsx';
import { FailureMessage, Message } from '../parts/Message.tsx';
import { say } from '../time/say.ts';
import { words } from '../words/words.ts';
import { shortFingerprint } from './fingerprint.ts';
import { readReceipt } from './receipt-text.ts';

type Receipt = InputOf<'takeReceipt'>['receipt'];

/** What became of one receipt. */
type Outcome =
  | { readonly state: 'unreadable' }
  | { readonly state: 'refused'; readonly failure: Failure }
  | { readonly state: 'answered'; readonly receipt: Receipt; readonly answer: ReceiptView };

/** [SK7] 登记回执: files from the stick, or the text of a code that was scanned. */
export function ReceiptPanel(props: {
  readonly onTaken: () => void;
  readonly onClose: () => void;
}) {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [pasted, setPasted] = useState('');
  const [outcomes, setOutcomes] = useState<readonly Outcome[] | null>(null);
  const [busy, setBusy] = useState(false);
  const w = words.value.receipt;
  const submit = async () => {
    setBusy(true);
    const texts = [...(await Promise.all(files.map((file) => file.text()))), pasted];
    const all: Outcome[] = [];
    for (const text of texts) if (text.trim() !== '') all.push(await take(text));
    setOutcomes(all);
    setBusy(false);
    props.onTaken();
  };
  const replace = (from: Outcome, to: Outcome | null) => {
    setOutcomes((before) =>
      (before ?? []).flatMap((each) => (each !== from ? each : to === null ? [] : to)),
    );
    props.onTaken();
  };
  return (
    <section class="card form stick" aria-label={w.take}>
      <h2>{w.take}</h2>
      <p>{w.explain}</p>
      <Field label={w.files}>
        {(ties) => (
          <input
            {...ties}
            class="input"
            type="file"
            accept=".json,application/json"
            multiple
            onChange={(event) => setFiles([...(event.currentTarget.files ?? [])])}
          />
        )}
      </Field>
      <TextArea label={w.paste} rows={3} value={pasted} onChange={setPasted} />
      {outcomes?.length === 0 && <Message tone="bad">{w.nothing}</Message>}
      {outcomes?.map((outcome, index) => (
        <Said key={index} outcome={outcome} onReplace={replace} />
      ))}
      <div class="buttons">
        <Button look="primary" icon={Check} busy={busy} onPress={() => void submit()}>
          {w.submit}
        </Button>
        <Button look="quiet" onPress={props.onClose}>
          {words.value.common.close}
        </Button>
      </div>
    </section>
  );
}

async function take(text: string): Promise<Outcome> {
  const receipt = readReceipt(text);
  if (receipt === undefined) return { state: 'unreadable' };
  return ask(receipt);
}

async function ask(receipt: Receipt, fingerprint?: InputOf<'takeReceipt'>['fingerprint']) {
  const input = fingerprint === undefined ? { receipt } : { receipt, fingerprint };
  const answer = await call('takeReceipt', input);
  return answer.ok
    ? ({ state: 'answered', receipt, answer: answer.value } as const)
    : ({ state: 'refused', failure: answer } as const);
}

function Said(props: {
  readonly outcome: Outcome;
  readonly onReplace: (from: Outcome, to: Outcome | null) => void;
}) {
  const { outcome, onReplace } = props;
  const w = words.value.receipt;
  if (outcome.state === 'unreadable') return <Message tone="bad">{w.unreadable}</Message>;
  if (outcome.state === 'refused') return <FailureMessage failure={outcome.failure} />;
  const { receipt, answer } = outcome;
  if (answer.state === 'taken') {
    const { name, at, current } = answer;
    return (
      <Message tone={current ? 'good' : 'warn'}>
        {current ? w.taken(name, say.when(at)) : w.behind(name, say.when(at))}
      </Message>
    );
  }
  return (
    <div class="pairing">
      <p>{w.unknownKey(answer.name)}</p>
      <p class="pairing-print">{shortFingerprint(answer.fingerprint)}</p>
      <div class="buttons">
        <Button
          look="primary"
          icon={Check}
          onPress={() =>
            void ask(receipt, answer.fingerprint).then((next) => onReplace(outcome, next))
          }
        >
          {w.approve}
        </Button>
        <Button icon={X} onPress={() => onReplace(outcome, null)}>
          {w.leave}
        </Button>
      </div>
    </div>
  );
}
