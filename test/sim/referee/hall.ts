import type { ChannelDocument } from '../../../board-server/services/stored.ts';
import type { HallProcess } from '../hall/process.ts';
import { MINUTE, SECOND } from '../seconds.ts';
import { orderOf } from './order.ts';
import type { RefereeParts } from './parts.ts';
import type { Out } from './truth.ts';

/** Looks at what the hall gives to screens or announces. */
export interface HallReferee {
  out(document: ChannelDocument): Out;
  leased(envelope: string): void;
}

/** [TR10] A step of ten minutes stops the signer; a little more for the moment of looking. */
const HALL_STEP_MS = 10 * MINUTE + SECOND;

export function createHallReferee(
  { world, truth, check }: RefereeParts,
  process: HallProcess,
): HallReferee {
  const { timeline } = world;

  /** [TR10] Signed by a clock that can be right. */
  function rightly(who: string, signedAt: number, what: string): void {
    const off = Math.abs(signedAt - timeline.now());
    check(
      'server-clock',
      off <= HALL_STEP_MS,
      who,
      () => `${what} was signed ${Math.round(off / MINUTE)} minutes from true time`,
    );
  }

  return {
    out(document) {
      const { head } = document;
      const before = truth.newest();
      const { out, isNew } = truth.learn(document);
      check(
        'server-order',
        out.text === document.envelope,
        'hall',
        () => `version ${head.version} has two meanings`,
      );
      if (!isNew) return out;
      check(
        'server-order',
        before === undefined || orderOf(head) > orderOf(before),
        'hall',
        () => `version ${head.version} follows ${before?.version}`,
      );
      const staff = [...out.items.values()].find(({ audience }) => audience !== 'public');
      check(
        'staff',
        staff === undefined,
        'hall',
        () => `version ${head.version} holds ${staff?.record} for ${staff?.audience}`,
      );
      rightly('hall', head.activateAt, `version ${head.version}`);
      return out;
    },

    leased(envelope) {
      const lease = truth.learnLease(envelope);
      if (process.running()?.signer.suspicion() === undefined)
        rightly('hall', lease.signedAt, 'a lease');
    },
  };
}
