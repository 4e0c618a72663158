import { useEffect, useRef } from 'preact/hooks';
import type { RecordDetail } from '../../shared/protocol/records.ts';
import { Button } from '../parts/Button.tsx';
import { FailureMessage } from '../parts/Message.tsx';
import { ScrollRoom } from '../parts/ScrollRoom.tsx';
import { TwoTouch } from '../parts/TwoTouch.tsx';
import { go } from '../shell/place.ts';
import { say } from '../time/say.ts';
import { words } from '../words/words.ts';
import type { Difference } from './compare-bodies.ts';
import { compareBodies } from './compare-bodies.ts';
import type { Editing } from './editing.ts';

/** [WF4] Somebody saved first: both versions side by side, and nothing lost whatever is chosen. */
export function ConflictPanel({
  editing,
  theirs,
}: {
  readonly editing: Editing;
  readonly theirs: RecordDetail;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const w = words.value;
  const differences = compareBodies(editing.body, theirs.body, w);
  return (
    <section class="conflict card" aria-labelledby="conflict-title">
      <h2 id="conflict-title" ref={heading} tabIndex={-1}>
        {w.conflict.title}
      </h2>
      <p>{w.conflict.explain(theirs.changedBy.name, say.when(theirs.changedAt))}</p>
      <p class="conflict-count">
        {differences.length === 0 ? w.conflict.formatOnly : w.conflict.differs(differences.length)}
      </p>
      <FailureMessage failure={editing.action.failure} />
      <Differences differences={differences} />
      <div class="conflict-choices">
        <Button look="primary" busy={editing.action.busy} onPress={() => void editing.overwrite()}>
          {w.conflict.overwrite}
        </Button>
        <Button
          busy={editing.action.busy}
          onPress={() =>
            void editing.copy().then((copy) => {
              if (copy !== null) go({ page: 'record', id: copy.id, editing: true });
            })
          }
        >
          {w.conflict.copy}
        </Button>
        <TwoTouch
          quiet
          first={w.conflict.takeTheirs}
          second={w.conflict.takeTheirsConfirm}
          onConfirm={editing.takeSaved}
        />
      </div>
    </section>
  );
}

function Differences({ differences }: { readonly differences: readonly Difference[] }) {
  const w = words.value;
  return (
    <ScrollRoom look="conflict-scroll" name={w.conflict.title}>
      <table class="conflict-table">
        <thead>
          <tr>
            <th scope="col">{w.conflict.field}</th>
            <th scope="col">{w.conflict.mine}</th>
            <th scope="col">{w.conflict.theirs}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ label, value, other }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{value === '' ? w.common.none : value}</td>
              <td>{other === '' ? w.common.none : other}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRoom>
  );
}
