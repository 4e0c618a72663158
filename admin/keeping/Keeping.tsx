import type { ComponentChildren } from 'preact';
import { useResource } from '../client/resource.ts';
import { Await } from '../parts/Await.tsx';
import { Message } from '../parts/Message.tsx';
import { now } from '../time/clock.ts';
import { say } from '../time/say.ts';
import { words } from '../words/words.ts';
import type { Keeping as State } from './KeepingBanner.tsx';
import { KeepingTroubles } from './KeepingBanner.tsx';
import { sayBytes } from './size.ts';
import { Typed } from './Typed.tsx';

/** 数据与备份: room, what it is filled with, the last backup, and what is damaged. */
export function Keeping() {
  const keeping = useResource('keeping', {}, ['hall']);
  return <Await of={keeping}>{(value) => <Facts keeping={value} />}</Await>;
}

const WEEK_MS = 7 * 86_400_000;

function Facts({ keeping }: { readonly keeping: State }) {
  const { damage, disk, sizes, lastBackup } = keeping;
  const w = words.value.keeping;
  const isStale = lastBackup !== null && now() - lastBackup.madeAt > WEEK_MS;
  return (
    <div class="keeping">
      <KeepingTroubles keeping={keeping} />
      <section class="card">
        <h2>{w.backup}</h2>
        <p>
          {lastBackup === null
            ? w.never
            : w.backupOf(
                say.when(lastBackup.madeAt),
                `${lastBackup.file} (${sayBytes(lastBackup.bytes)})`,
              )}
        </p>
        {isStale && <Message tone="warn">{w.backupStale}</Message>}
        <p class="note">{w.backupHint}</p>
        <Typed>{w.backupCommand}</Typed>
      </section>
      <section class="card facts">
        <h2>{w.space}</h2>
        <dl>
          <Fact name={`${w.disk} · ${w.levels[disk.level]}`}>
            {w.free(sayBytes(disk.freeBytes), sayBytes(disk.totalBytes))}
          </Fact>
          <Fact name={w.objects}>{w.objectsOf(sizes.objects, sayBytes(sizes.objectBytes))}</Fact>
          <Fact name={w.store}>{sayBytes(sizes.storeBytes)}</Fact>
        </dl>
        <p class="note">{w.objectsHint}</p>
      </section>
      <section class="card">
        <h2>{w.damage}</h2>
        {damage.length === 0 ? (
          <p>{w.noDamage}</p>
        ) : (
          <ul class="damage">
            {damage.map(({ file, kind }) => (
              <li key={file}>
                <code>{file}</code>
                <p class="note">{w.kinds[kind]}</p>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
