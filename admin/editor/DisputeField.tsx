import { useId } from 'preact/hooks';
import { RichRead } from '../content/RichRead.tsx';
import { words } from '../words/words.ts';
import { MarkedText } from './MarkedText.tsx';
import type { Choice, Dispute, Reading } from './merge-bodies.ts';

type Take = Choice['take'];

/** One thing that both changed: the two side by side, and which of them stands. */
export function DisputeField(props: {
  readonly dispute: Dispute;
  readonly number: number;
  /** Who saved first. */
  readonly name: string;
  readonly choice: Choice | null;
  readonly onChoose: (choice: Choice) => void;
}) {
  const { dispute, number, name, choice, onChoose } = props;
  const { label, base, mine, theirs, both, byHand } = dispute;
  const group = useId();
  const w = words.value.conflict;
  const option = (take: Take, title: string, reading: Reading | null, against: string | null) => (
    <div class="dispute-option">
      <label class="dispute-choose">
        <input
          type="radio"
          name={group}
          checked={choice?.take === take}
          aria-describedby={reading === null ? undefined : `${group}-${take}`}
          onChange={() => onChoose(take === 'hand' ? { take, text: mine.text } : { take })}
        />
        {title}
      </label>
      {reading !== null && (
        <div id={`${group}-${take}`} class="dispute-text">
          <Read reading={reading} against={against} />
        </div>
      )}
    </div>
  );
  return (
    <fieldset class="dispute">
      <legend>{w.dispute(number, label)}</legend>
      <div class="dispute-sides">
        {option('mine', w.mine, mine, base?.text ?? theirs.text)}
        {option('theirs', w.theirsOf(name), theirs, base?.text ?? mine.text)}
      </div>
      {both !== null && option('both', w.both, both, null)}
      {byHand !== null && option('hand', w.hand, null, null)}
      {byHand !== null && choice?.take === 'hand' && (
        <textarea
          class="input"
          rows={byHand.rows}
          maxLength={byHand.max}
          aria-label={w.handFor(label)}
          value={choice.text}
          onInput={(event) =>
            onChoose({ take: 'hand', text: oneLine(event.currentTarget.value, byHand.rows) })
          }
        />
      )}
    </fieldset>
  );
}

/** A field of one line stays one. */
function oneLine(text: string, rows: number): string {
  return rows === 1 ? text.replaceAll('\n', '') : text;
}

function Read({
  reading,
  against,
}: {
  readonly reading: Reading;
  readonly against: string | null;
}) {
  const { text, rich } = reading;
  const w = words.value;
  if (rich !== null) return <RichRead text={rich} />;
  if (text === '') return <span class="fact-none">{w.conflict.nothing}</span>;
  return against === null ? <>{text}</> : <MarkedText before={against} after={text} />;
}
