import { parseJson } from '../../shared/kit/json.ts';
import { release as releaseSchema } from '../../shared/protocol/objects.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Store } from '../store/store.ts';
import { audited, SYSTEM } from './audit.ts';
import type { People } from './people.ts';
import { CHANNEL } from './publication.ts';
import type { Collections } from './stored.ts';
import { HALL } from './stored.ts';

/**
 * [DG1] The hall's own document, lost to damage, from the release that is out: without it nothing
 * more could be published. Departments are those of the people.
 */
export async function recoverHall(
  store: Store,
  {
    collections: { halls, channels },
    objects,
    people,
  }: {
    readonly collections: Pick<Collections, 'halls' | 'channels'>;
    readonly objects: Pick<ObjectStore, 'peek'>;
    readonly people: Pick<People, 'list'>;
  },
): Promise<'there' | 'recovered' | 'lost'> {
  if (halls.get(HALL) !== undefined) return 'there';
  const head = channels.get(CHANNEL)?.value.head;
  const bytes = head && (await objects.peek(head.release.digest));
  const release = releaseSchema.safeParse(parseJson(bytes?.toString('utf8') ?? '')).data;
  if (release === undefined) return 'lost';
  const departments = [...new Set(people.list().map(({ department }) => department))].sort();
  // A day that ends early is the release's own, and over soon.
  const { name, county, desk, phone, hours, demo } = release.hall;
  const card = { name, county, desk, phone, hours, demo };
  const document = { v: 1, card, departments, zone: release.zone.name } as const;
  const event = { by: SYSTEM, action: 'hall.edit', subject: 'hall' } as const;
  const committed = await store.commit({
    puts: [halls.put(HALL, document)],
    appends: [audited({ ...event, detail: name })],
  });
  return committed.ok ? 'recovered' : 'lost';
}
