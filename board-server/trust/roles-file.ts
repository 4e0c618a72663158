import * as z from 'zod/mini';
import type { KeyId } from '../../shared/kit/ids.ts';
import { id, isKeyId } from '../../shared/kit/ids.ts';
import { canonicalBytes, parseJson } from '../../shared/kit/json.ts';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import type { Roles } from '../../shared/protocol/statements.ts';
import { roles as rolesSchema } from '../../shared/protocol/statements.ts';
import type { SigningKey } from '../../shared/trust/envelope.ts';
import { seal } from '../../shared/trust/envelope.ts';
import { walkRoles } from '../../shared/trust/roles.ts';
import { placeFile } from '../store/durable-file.ts';
import { nodeFileSystem } from '../store/node-file-system.ts';
import { digest, verify } from './digest.ts';

/** `keys/roles.json`: every roles statement in its envelope, oldest first, as one JSON list. */
export const ROLES_FILE = 'roles.json';

export interface HeldRoles {
  readonly texts: readonly string[];
  readonly newest: Roles;
  /** What a screen pins at its launch address. */
  readonly root: KeyId;
}

/** The statements that screens walk, checked as screens check them. */
export async function readHeldRoles(
  folder: string,
): Promise<Result<HeldRoles, 'missing' | 'damaged'>> {
  const bytes = await nodeFileSystem.read(`${folder}/${ROLES_FILE}`);
  if (bytes === undefined) return refused('missing');
  const list = z.array(z.string()).safeParse(parseJson(bytes.toString('utf8')));
  return list.success ? walkHeld(list.data) : refused('damaged');
}

/** Adds a statement, which must follow those before it, and keeps them durably. */
export async function keepRoles(
  folder: string,
  texts: readonly string[],
): Promise<Result<HeldRoles, 'damaged'>> {
  const walked = await walkHeld(texts);
  if (!walked.ok) return walked;
  await placeFile(nodeFileSystem, `${folder}/${ROLES_FILE}`, Buffer.from(JSON.stringify(texts)));
  await nodeFileSystem.syncFolder(folder);
  return walked;
}

/** [TR3] The next roles statement opens the next epoch; nothing else in it changes. */
export async function raiseEpoch(
  folder: string,
  root: SigningKey,
): Promise<Result<HeldRoles, 'missing' | 'damaged' | 'foreign-root'>> {
  const held = await readHeldRoles(folder);
  if (!held.ok) return held;
  const { newest, texts } = held.value;
  if (!newest.roles.root.keys.includes(root.keyid)) return refused('foreign-root', root.keyid);
  const next: Roles = { ...newest, epoch: newest.epoch + 1, version: newest.version + 1 };
  return keepRoles(folder, [...texts, await seal('roles', canonicalBytes(next), [root])]);
}

async function walkHeld(texts: readonly string[]): Promise<Result<HeldRoles, 'damaged'>> {
  const walked = await walkRoles<Roles>(texts, undefined, { digest, verify, parse: rolesOf });
  if (!walked.ok) return refused('damaged', walked.refusal);
  const { roles, root } = walked.value;
  return accepted({ texts, newest: roles, root: id(isKeyId, root) });
}

function rolesOf(value: unknown): Roles | undefined {
  const parsed = rolesSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
