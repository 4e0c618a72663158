import type { OutputOf } from '../../shared/protocol/routes.ts';
import { useResource } from '../client/resource.ts';
import { Message } from '../parts/Message.tsx';
import { may } from '../session/session.ts';
import { words } from '../words/words.ts';
import { Typed } from './Typed.tsx';
import { sayBytes } from './size.ts';

export type Keeping = OutputOf<'keeping'>;

/** [BK5] [DG1] What is wrong with the hall's data, for those who can do something about it. */
export function KeepingBanner() {
  return may('keeping.read') ? <Standing /> : null;
}

/** Nothing is said while it is asked: silence is the good news. */
function Standing() {
  const { loaded } = useResource('keeping', {}, ['hall']);
  return loaded.state === 'ready' ? <KeepingTroubles keeping={loaded.value} /> : null;
}

export function KeepingTroubles({ keeping }: { readonly keeping: Keeping }) {
  const { standing, damage, disk } = keeping;
  const w = words.value.keeping;
  return (
    <>
      {standing === 'restored' && (
        <Message tone="bad">
          <strong>{w.restoredTitle}</strong>
          <p>{w.restoredWhy}</p>
          <p>{w.restoredDo}</p>
          <Typed>npm run hall -- raise-epoch</Typed>
        </Message>
      )}
      {damage.length > 0 && (
        <Message tone="bad">
          <strong>{w.damageTitle(damage.length)}</strong>
          <p>{w.damageDo}</p>
          <Typed>npm run hall -- verify</Typed>
        </Message>
      )}
      {disk.level !== 'ample' && (
        <Message tone={disk.level === 'low' ? 'warn' : 'bad'}>
          <strong>{w.diskTitle(sayBytes(disk.freeBytes))}</strong>
          <p>{disk.level === 'low' ? w.diskLow : w.diskCritical}</p>
        </Message>
      )}
    </>
  );
}
