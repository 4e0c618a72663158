import { faultsOfCard } from '../../shared/domain/hall-card.ts';
import type { ProfileId } from '../../shared/kit/ids.ts';
import { id, isProfileId } from '../../shared/kit/ids.ts';
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
import type { Collections, HallDocument } from './stored.ts';
import { HALL } from './stored.ts';

type Owned = 'door' | 'hall' | 'editHall';

/** What the hall says of itself on every screen, and what forms need to know of it. */
export function createHallHandlers(deps: {
  readonly store: Store;
  readonly collections: Pick<Collections, 'halls' | 'screens'>;
  readonly publishing: Pick<Publishing, 'publish'>;
  readonly announcer: Pick<Announcer, 'changed'>;
  readonly signer: Pick<Signer, 'suspicion'>;
  readonly publicUrl?: string | undefined;
}): Pick<Handlers, Owned> {
  const { store, collections, publishing, announcer, signer, publicUrl = null } = deps;
  return {
    async door() {
      const kept = collections.halls.get(HALL);
      if (kept === undefined) return refused('not-found', HALL);
      const { name, county, demo } = kept.value.card;
      return accepted({ name, county, demo });
    },

    async hall({ now }) {
      const kept = collections.halls.get(HALL);
      if (kept === undefined) return refused('not-found', HALL);
      const { card, departments, zone } = kept.value;
      return accepted({
        card,
        revision: kept.revision,
        departments,
        profiles: profilesInUse(collections),
        now: now(),
        zone,
        publicUrl,
        clock: signer.suspicion() ?? null,
      });
    },

    async editHall(context, { card, revision }) {
      const may = context.require('hall.edit', null);
      if (!may.ok) return may;
      const kept = collections.halls.get(HALL);
      if (kept === undefined) return refused('not-found', HALL);
      const [fault] = faultsOfCard(card);
      if (fault !== undefined) return refused('malformed', `card.${fault}`);
      const by = may.value.personRef;
      const committed = await store.commit({
        // Whether this is a demonstration was settled when the data folder was made.
        puts: [
          collections.halls.put(HALL, {
            ...kept.value,
            card: { ...card, demo: kept.value.card.demo },
          }),
        ],
        ifVersions: [collections.halls.expect(HALL, revision)],
        appends: [audited({ by, action: 'hall.edit', subject: 'hall', detail: card.name })],
      });
      if (!committed.ok) return refusalOfCommit(committed);
      announcer.changed({ topic: 'hall', id: null });
      const published = await publishing.publish({ by, reason: 'hall.edit' });
      return published.ok ? accepted({ ok: true }) : notOut(published);
    },
  };
}

function profilesInUse({ screens }: Pick<Collections, 'screens'>): ProfileId[] {
  const names = screens
    .list()
    .flatMap(({ value: { device } }) => (device.kind === 'board' ? [device.profile] : []));
  return [...new Set(names)].sort().map((name) => id(isProfileId, name));
}

/** The hall of a new data folder. Refused with `conflict` when there is one. */
export async function createHall(
  store: Store,
  collections: Pick<Collections, 'halls'>,
  hall: Omit<HallDocument, 'v'>,
  by: PersonRef,
): Promise<Reply<undefined>> {
  const committed = await store.commit({
    puts: [collections.halls.put(HALL, { v: 1, ...hall })],
    ifVersions: [collections.halls.expect(HALL, 0)],
    appends: [audited({ by, action: 'hall.create', subject: 'hall', detail: hall.card.name })],
  });
  return committed.ok ? accepted(undefined) : refusalOfCommit(committed);
}
