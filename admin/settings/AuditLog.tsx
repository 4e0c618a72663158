import { useState } from 'preact/hooks';
import { useResource } from '../client/resource.ts';
import { Await, Empty } from '../parts/Await.tsx';
import { Button } from '../parts/Button.tsx';
import { ScrollRoom } from '../parts/ScrollRoom.tsx';
import { say } from '../time/say.ts';
import { words } from '../words/words.ts';

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
                  <table class="table card">
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
                        <tr key={entry.seq}>
                          <td class="nowrap">{say.when(entry.at)}</td>
                          <td class="nowrap">{entry.by.name}</td>
                          <td>{entry.action}</td>
                          <td>{entry.subject}</td>
                          <td>{entry.detail}</td>
                        </tr>
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
                  disabled={oldest === undefined || oldest.seq === 0}
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
