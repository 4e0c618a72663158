import { nodeFileSystem } from '../store/node-file-system.ts';
import { keyFileOf, keyIn, ROOT_AWAY, SIGNING_ROLES } from '../trust/key-files.ts';
import type { HeldRoles } from '../trust/roles-file.ts';
import { readHeldRoles, ROLES_FILE } from '../trust/roles-file.ts';
import type { Finding } from './finding.ts';

/** [DG3] The roles as screens walk them, and that each key is there and is the one they name. */
export async function verifyKeys(
  folder: string,
): Promise<{ readonly roles: HeldRoles | undefined; readonly findings: readonly Finding[] }> {
  const read = await readHeldRoles(folder);
  const roles = read.ok ? read.value : undefined;
  const findings: Finding[] = [];
  if (!read.ok)
    findings.push({
      kind: 'roles',
      file: `keys/${ROLES_FILE}`,
      detail: read.detail ?? read.refusal,
    });
  for (const role of SIGNING_ROLES) {
    const file = keyFileOf(role);
    const pem = await nodeFileSystem.read(`${folder}/${file}`);
    const isAway = role === 'root' && (await nodeFileSystem.read(`${folder}/${ROOT_AWAY}`));
    if (pem === undefined && isAway) continue;
    const key = pem === undefined ? undefined : keyIn(pem);
    const isNamed = key !== undefined && roles?.newest.roles[role].keys.includes(key.keyid);
    const detail = pem === undefined ? 'missing' : key === undefined ? 'unreadable' : 'foreign';
    if (isNamed !== true && (key === undefined || roles !== undefined))
      findings.push({ kind: 'key', file: `keys/${file}`, detail });
  }
  return { roles, findings };
}
