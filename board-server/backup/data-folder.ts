import { resolve } from 'node:path';
import type { Config } from '../config.ts';

/** What lies in a data folder. */
export interface DataFolder {
  readonly path: string;
  readonly store: string;
  readonly objects: string;
  readonly keys: string;
  /** Where a restore is being written; gone when it is whole. */
  readonly restoring: string;
}

/** Parts that a backup holds, by their names in the data folder. `tls` is there in halls with https. */
export const PARTS = ['store', 'objects', 'keys', 'tls'] as const;

export function dataFolder({ dataDir }: Pick<Config, 'dataDir'>): DataFolder {
  const path = resolve(dataDir);
  return {
    path,
    store: `${path}/store`,
    objects: `${path}/objects`,
    keys: `${path}/keys`,
    restoring: `${path}/${RESTORING}`,
  };
}

export const RESTORING = 'restoring';
