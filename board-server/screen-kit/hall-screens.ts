import type { Sha256 } from '../../shared/kit/ids.ts';
import { id, isScreenId, isSha256 } from '../../shared/kit/ids.ts';
import type { DataFolder } from '../backup/data-folder.ts';
import { openStore } from '../hall.ts';
import { HALL, openCollections } from '../services/stored.ts';
import { readHeldRoles } from '../trust/roles-file.ts';
import type { Launch } from './launch-address.ts';

/** What the data folder knows of the hall, read while no server runs. */
export interface HallScreens {
  readonly hall: string;
  readonly phone: string;
  readonly root: Sha256;
  readonly screens: readonly (Pick<Launch, 'kind' | 'screen'> & { readonly name: string })[];
}

/** Undefined when a server has the folder open, or there is no hall in it. */
export async function readHallScreens(folder: DataFolder): Promise<HallScreens | undefined> {
  const roles = await readHeldRoles(folder.keys);
  // Opening a store makes it: a folder without a hall is left as it is.
  if (!roles.ok) return undefined;
  const store = await openStore(folder);
  if (!store.ok) return undefined;
  try {
    const { halls, screens } = openCollections(store.value);
    const card = halls.get(HALL)?.value.card;
    return {
      hall: card?.name ?? '',
      phone: card?.phone ?? '',
      root: id(isSha256, roles.value.root),
      screens: screens.list().map(({ id: screen, value: { name, device } }) => ({
        screen: id(isScreenId, screen),
        kind: device.kind,
        name,
      })),
    };
  } finally {
    await store.value.close();
  }
}
