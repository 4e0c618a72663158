import { useState } from 'preact/hooks';
import { useResource } from '../client/resource.ts';
import { Await, Empty } from '../parts/Await.tsx';
import { Button } from '../parts/Button.tsx';
import { ScrollRoom } from '../parts/ScrollRoom.tsx';
import { say } from '../time/say.ts';
import { words } from '../words/words.ts';
import type { AuditEntry } from './audit-words.ts';
import { readEntry } from './audit-words.ts';

/** Who did what, newest first. [ST8] Entries are chained, so that a changed one is found. */
export function AuditLog() {
  const [before, setBefore] = useState<number | null>(null);
  const audit = useResource('audit', before === null ? {} : { before }, []);
  const w = words.value.settings;
  return (
    <>
      <p class="field-hint">{w.auditExplain}</p>
      <Await of={audit}>
        {({ entries }) => {
          const oldest = entries.at(-1);
          return (
            <>
              {entries.length === 0 && <Empty>{w.auditEmpty}</Empty>}
              {entries.length > 0 && (
                <ScrollRoom look="table-room" name={w.audit}>
                  <table class="table table-log card">
                    <thead>
                      <tr>
                        {[w.at, w.by, w.action, w.subject, w.detail].map((heading) => (
                          <th key={heading} scope="col">
                            {heading}
                          </th>
                        ))}
                      </tr>
                    </thead>
                    <tbody>
                      {entries.map((entry) => (
                        <Row key={entry.seq} entry={entry} />
                      ))}
                    </tbody>
                  </table>
                </ScrollRoom>
              )}
              <div class="pager">
                <Button disabled={before === null} onPress={() => setBefore(null)}>
                  {w.newest}
                </Button>
                <Button
                  disabled={oldest === undefined || oldest.seq <= 1}
                  onPress={() => oldest !== undefined && setBefore(oldest.seq)}
                >
                  {w.older}
                </Button>
              </div>
            </>
          );
        }}
      </Await>
    </>
  );
}

function Row({ entry }: { readonly entry: AuditEntry }) {
  const { by, action, subject, detail } = readEntry(entry, words.value);
  return (
    <tr>
      <td class="nowrap">{say.exactly(entry.at)}</td>
      <td class="nowrap">{by}</td>
      <td class="nowrap">{action}</td>
      <td>{subject}</td>
      <td>{detail}</td>
    </tr>
  );
}
