import { accepted, refused } from '../../shared/kit/result.ts';
import type { PersonRef } from '../../shared/protocol/records.ts';
import type { Announcer } from '../live/announcer.ts';
import type { Handlers, Reply } from '../routes/handlers.ts';
import type { Store } from '../store/store.ts';
import type { Signer } from '../trust/signer.ts';
import { audited } from './audit.ts';
import { refusalOfCommit } from './commit-refusal.ts';
import type { Publishing } from './publishing.ts';
import { notOut } from './publishing.ts';

interface ClockDeps {
  readonly store: Store;
  readonly signer: Pick<Signer, 'confirmClock'>;
  readonly publishing: Pick<Publishing, 'publish'>;
  readonly announcer: Pick<Announcer, 'changed'>;
}

/** Between looking at the time and saying that it is right. */
const LOOKING_MS = 2 * 60_000;

/** [TR10] Someone has compared the server's clock with a right one; what waited goes out at once. */
export function createClockHandlers(deps: ClockDeps): Pick<Handlers, 'confirmClock'> {
  const { publishing, announcer } = deps;
  return {
    async confirmClock(context, { seenAt }) {
      const may = context.require('clock.confirm', null);
      if (!may.ok) return may;
      // It jumped again: the time that was looked at is not the time that would be confirmed.
      if (Math.abs(context.now() - seenAt) > LOOKING_MS) return refused('changed', 'clock');
      const by = may.value.personRef;
      const confirmed = await confirmClock(deps, by);
      if (!confirmed.ok) return confirmed;
      announcer.changed({ topic: 'hall', id: null });
      const published = await publishing.publish({ by, reason: 'clock.confirm' });
      return published.ok ? accepted({ ok: true }) : notOut(published);
    },
  };
}

/** Nothing is confirmed that the audit log does not say. */
export async function confirmClock(
  { store, signer }: Pick<ClockDeps, 'store' | 'signer'>,
  by: PersonRef,
): Promise<Reply<undefined>> {
  const event = { by, action: 'clock.confirm', subject: 'server' } as const;
  const committed = await store.commit({ appends: [audited(event)] });
  if (!committed.ok) return refusalOfCommit(committed);
  await signer.confirmClock();
  return accepted(undefined);
}
