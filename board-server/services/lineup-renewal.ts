import { payloadJson, parseEnvelope } from '../../shared/trust/envelope.ts';
import { id, isScreenId } from '../../shared/kit/ids.ts';
import type { Lineup } from '../../shared/protocol/statements.ts';
import { lineup as lineupSchema } from '../../shared/protocol/statements.ts';
import type { Announcer } from '../live/announcer.ts';
import type { Change, Store } from '../store/store.ts';
import type { Signer } from '../trust/signer.ts';
import type { Collections, ScreenDocument } from './stored.ts';

/**
 * [BK6] Lineups signed in an earlier epoch are signed anew in this one, with all that they said: a
 * screen that had seen a newer one would refuse the old one as rolled back. Level-triggered, so that
 * a start cut short in between leaves nothing behind.
 */
export interface LineupRenewal {
  renew(): Promise<void>;
}

export function createLineupRenewal(deps: {
  readonly store: Store;
  readonly collections: Pick<Collections, 'screens'>;
  readonly signer: Pick<Signer, 'sign' | 'epoch' | 'isHeld'>;
  readonly announcer: Pick<Announcer, 'lineup'>;
  readonly log: (message: string, error?: unknown) => void;
}): LineupRenewal {
  const { store, signer, announcer, log } = deps;
  const { screens } = deps.collections;
  return {
    async renew() {
      if (signer.isHeld) return;
      const behind = screens.list().filter(({ value }) => value.lineup.epoch < signer.epoch);
      if (behind.length === 0) return;
      const puts: NonNullable<Change['puts']>[number][] = [];
      for (const { id: screen, value } of behind) {
        const signed = await signer.sign('lineup', () => nextOf(value, signer.epoch));
        if (!signed.ok) return;
        const { envelope, payload } = signed.value;
        const lineup = { epoch: payload.epoch, version: payload.version, envelope };
        puts.push(screens.put(screen, { ...value, lineup }));
      }
      const kept = await store.commit({
        puts,
        ifVersions: behind.map(({ id: screen, revision }) => screens.expect(screen, revision)),
      });
      if (!kept.ok) return log(`lineups of the new epoch were not kept: ${kept.refusal}`);
      for (const { id: screen } of behind) announcer.lineup(id(isScreenId, screen));
    },
  };
}

/** The server's own envelope from its own store, so its signature is not checked again. */
function nextOf({ lineup }: ScreenDocument, epoch: number): Lineup {
  const parsed = parseEnvelope(lineup.envelope);
  const held = lineupSchema.safeParse(parsed.ok ? payloadJson(parsed.value.payload) : undefined);
  if (!held.success) throw new Error('broken assumption: a screen’s own lineup');
  return { ...held.data, epoch, version: held.data.version + 1 };
}
