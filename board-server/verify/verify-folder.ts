import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import type { DataFolder } from '../backup/data-folder.ts';
import { openCollections } from '../services/stored.ts';
import type { Migrations } from '../store/migrations.ts';
import { nodeFileSystem } from '../store/node-file-system.ts';
import { quarantined } from '../store/quarantine.ts';
import type { Finding } from './finding.ts';
import { takeStore } from './take-store.ts';
import { verifyKeys } from './verify-keys.ts';
import { fileOf, verifyObjects } from './verify-objects.ts';
import { verifyRelease } from './verify-release.ts';
import type { Named } from './verify-statements.ts';
import { verifyStatements } from './verify-statements.ts';
import { verifyReports } from './verify-reports.ts';
import { verifyStore } from './verify-store.ts';

export interface Verified {
  readonly documents: number;
  readonly entries: number;
  readonly objects: number;
  readonly findings: readonly Finding[];
}

/**
 * [DG3] Looks at everything in a data folder and changes nothing. A server may be running: its
 * store is looked at as it stood at one moment, its objects and keys do not change.
 */
export async function verifyFolder(
  folder: DataFolder,
  migrations: Migrations,
): Promise<Result<Verified, 'too-busy' | 'newer'>> {
  const files = await takeStore(folder.store);
  if (files === undefined) return refused('too-busy');
  const store = await verifyStore(files, migrations);
  if (!store.ok) return store;
  const { documents, entries } = store.value;
  const { roles, findings: keys } = await verifyKeys(folder.keys);
  const objects = await verifyObjects(folder.objects);
  const signed = roles && (await verifySigned(documents, folder.objects, roles.newest));
  return accepted({
    documents: documents.count(),
    entries: entries.length,
    objects: objects.sound.size,
    findings: [
      ...store.value.findings,
      ...keys,
      ...objects.findings,
      ...(signed?.findings ?? []),
      ...lost(signed?.named ?? [], objects.sound, objects.findings),
      ...(await setAside(folder)),
    ],
  });
}

type Held = Parameters<typeof openCollections>[0];

async function verifySigned(
  documents: Held,
  objects: string,
  roles: Parameters<typeof verifyStatements>[1],
) {
  const collections = openCollections(documents);
  const statements = await verifyStatements(collections, roles);
  const parts = [statements, { named: [], findings: await verifyReports(collections) }];
  for (const { value } of collections.channels.list())
    parts.push(await verifyRelease(objects, value.head.release, roles));
  return {
    named: parts.flatMap(({ named }) => named),
    findings: parts.flatMap(({ findings }) => findings),
  };
}

/** Objects that something names and that are not there; each is told once. */
function lost(
  named: readonly Named[],
  sound: ReadonlySet<string>,
  damaged: readonly Finding[],
): Finding[] {
  const told = new Set(damaged.map(({ file }) => file));
  return named.flatMap(({ ref, by }) => {
    const file = fileOf(ref.digest);
    if (sound.has(ref.digest) || told.has(file)) return [];
    told.add(file);
    return [{ kind: 'lost-object' as const, file, detail: `named by ${by}` }];
  });
}

async function setAside({ store, objects }: DataFolder): Promise<Finding[]> {
  const inStore = await quarantined(nodeFileSystem, store);
  const inObjects = await quarantined(nodeFileSystem, objects);
  const files = [
    ...inStore.map((file) => `store/${file}`),
    ...inObjects.map((file) => `objects/${file}`),
  ];
  return files.map((file) => ({ kind: 'set-aside', file, detail: 'damaged at an earlier start' }));
}
