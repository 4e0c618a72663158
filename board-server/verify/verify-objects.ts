import type { Sha256 } from '../../shared/kit/ids.ts';
import { objectNames, readObject } from '../backup/object-walk.ts';
import { objectPath } from '../objects/object-files.ts';
import type { Finding } from './finding.ts';

/** [DG3] Every object against its name. */
export async function verifyObjects(
  folder: string,
): Promise<{ readonly sound: ReadonlySet<string>; readonly findings: readonly Finding[] }> {
  const sound = new Set<string>();
  const findings: Finding[] = [];
  for (const name of await objectNames(folder)) {
    const object = await readObject(folder, name);
    if (object === undefined) continue;
    if (object.isSound) sound.add(name);
    else
      findings.push({ kind: 'object', file: fileOf(name), detail: 'its bytes have another name' });
  }
  return { sound, findings };
}

export const fileOf = (name: Sha256): string => `objects/${objectPath(name)}`;
