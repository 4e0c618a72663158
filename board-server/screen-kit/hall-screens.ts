import type { Sha256 } from '../../shared/kit/ids.ts';
import { id, isScreenId, isSha256 } from '../../shared/kit/ids.ts';
import type { DataFolder } from '../backup/data-folder.ts';
import { HALL, openCollections } from '../services/stored.ts';
import { MIGRATIONS } from '../services/upgrades.ts';
import { readHeldRoles } from '../trust/roles-file.ts';
import { takeStore } from '../verify/take-store.ts';
import { verifyStore } from '../verify/verify-store.ts';
import type { Launch } from './launch-address.ts';

/** What the data folder knows of the hall. */
export interface HallScreens {
  readonly hall: string;
  readonly phone: string;
  readonly root: Sha256;
  readonly screens: readonly (Pick<Launch, 'kind' | 'screen'> & { readonly name: string })[];
}

/** [BX3] Read beside a server that runs; undefined when there is no hall in the folder. */
export async function readHallScreens(folder: DataFolder): Promise<HallScreens | undefined> {
  const roles = await readHeldRoles(folder.keys);
  if (!roles.ok) return undefined;
  const files = await takeStore(folder.store);
  const store = files && (await verifyStore(files, MIGRATIONS));
  if (store?.ok !== true) return undefined;
  const { halls, screens } = openCollections(store.value.documents);
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
}
