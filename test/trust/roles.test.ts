import { expect, test } from 'vitest';
import { digest, verify } from '../../board-server/trust/digest.ts';
import { canonicalBytes } from '../../shared/kit/json.ts';
import type { Sha256 } from '../../shared/kit/ids.ts';
import type { Roles } from '../../shared/protocol/statements.ts';
import { roles as schema } from '../../shared/protocol/statements.ts';
import { seal } from '../../shared/trust/envelope.ts';
import { rootFingerprint, trustedFor, walkRoles } from '../../shared/trust/roles.ts';
import { createHall } from '../builders/hall.ts';
import { testKey } from '../builders/keys.ts';
import type { TestKey } from '../builders/keys.ts';
import vector from '../vectors/root-fingerprint.json' with { type: 'json' };

const parse = (value: unknown): Roles | undefined => schema.safeParse(value).data;
const walk = (texts: readonly string[], root?: Sha256) =>
  walkRoles(texts, root, { digest, verify, parse });

/** The same roles with a new root key, which alone is root from then on. */
function withRoot(key: TestKey) {
  return (roles: Roles): Roles => ({
    ...roles,
    keys: { ...roles.keys, [key.keyid]: key.publicKey },
    roles: { ...roles.roles, root: { keys: [key.keyid], threshold: 1 } },
  });
}

test('[TR3] the fingerprint of a root is the one in the golden vector', async () => {
  const { roles } = await createHall('vector');
  expect(roles.roles.root).toEqual(vector.root);
  expect(await rootFingerprint(roles, digest)).toBe(vector.fingerprint);
});

test('[TR3] the threshold is in the fingerprint', async () => {
  const { roles, root } = await createHall();
  const lax = { ...roles, roles: { ...roles.roles, root: { ...roles.roles.root, threshold: 2 } } };
  expect(await rootFingerprint(lax, digest)).not.toBe(root);
});

test('[TR3] roles are walked from the pinned root over a change of root to the newest', async () => {
  const hall = await createHall();
  const next = await testKey('next root');
  await hall.changeRoles(withRoot(next), [next]);
  const walked = await walk(hall.rolesTexts, hall.root);
  expect(walked).toMatchObject({ ok: true, value: { root: hall.root, roles: { version: 2 } } });
  expect(walked.ok && Object.keys(trustedFor(walked.value.roles, 'root').keys)).toEqual([
    next.keyid,
  ]);
});

test('[TR3] another root than the pinned one is refused, also as its first use elsewhere', async () => {
  const [ours, theirs] = [await createHall('ours'), await createHall('theirs')];
  expect(await walk(theirs.rolesTexts, ours.root)).toMatchObject({
    ok: false,
    refusal: 'wrong-root',
  });
  expect(await walk(theirs.rolesTexts)).toMatchObject({ ok: true, value: { root: theirs.root } });
});

test('[TR3] a new root that the old one did not sign is refused', async () => {
  const hall = await createHall();
  const thief = await testKey('thief');
  const stolen = withRoot(thief)({ ...hall.roles, version: 2 });
  const texts = [...hall.rolesTexts, await seal('roles', canonicalBytes(stolen), [thief])];
  expect(await walk(texts, hall.root)).toMatchObject({ ok: false, refusal: 'unsigned' });
});

test('[TR3] a new root that does not sign itself is refused', async () => {
  const hall = await createHall();
  await hall.changeRoles(withRoot(await testKey('absent')));
  expect(await walk(hall.rolesTexts, hall.root)).toMatchObject({ ok: false, refusal: 'unsigned' });
});

test('[TR3] versions follow one another, from the first, and epochs never fall', async () => {
  const hall = await createHall();
  await hall.changeRoles((roles) => ({ ...roles, epoch: 2 }));
  await hall.changeRoles((roles) => roles);
  const [first = '', , third = ''] = hall.rolesTexts;
  expect(await walk(hall.rolesTexts, hall.root)).toMatchObject({
    ok: true,
    value: { roles: { epoch: 2 } },
  });
  expect(await walk([first, third], hall.root)).toMatchObject({ ok: false, refusal: 'gap' });
  expect(await walk([third], hall.root)).toMatchObject({ ok: false, refusal: 'gap' });
  await hall.changeRoles((roles) => ({ ...roles, epoch: 1 }));
  expect(await walk(hall.rolesTexts, hall.root)).toMatchObject({
    ok: false,
    refusal: 'epoch-lowered',
  });
  expect(await walk([], hall.root)).toMatchObject({ ok: false, refusal: 'empty' });
});

test('[TR3] a key must be what its id says, and a role must be able to sign', async () => {
  const other = await testKey('other');
  const broken: ((roles: Roles) => Roles)[] = [
    ({ keys, ...roles }) => ({
      ...roles,
      keys: Object.fromEntries(Object.keys(keys).map((keyid) => [keyid, other.publicKey])),
    }),
    ({ roles, ...rest }) => ({
      ...rest,
      roles: { ...roles, head: { keys: [other.keyid], threshold: 1 } },
    }),
    ({ roles, ...rest }) => ({
      ...rest,
      roles: { ...roles, head: { ...roles.head, threshold: 2 } },
    }),
    ({ roles, ...rest }) => {
      const twice = [...roles.head.keys, ...roles.head.keys];
      return { ...rest, roles: { ...roles, head: { keys: twice, threshold: 2 } } };
    },
  ];
  for (const breakIt of broken) {
    const hall = await createHall();
    await hall.changeRoles(breakIt);
    expect(await walk(hall.rolesTexts, hall.root)).toMatchObject({ ok: false, refusal: 'bad-key' });
  }
});

test('[TR2] a head is never taken for roles, and what is not roles is refused', async () => {
  const hall = await createHall();
  const head = await hall.sealAs('root', 'head', hall.roles);
  expect(await walk([head], hall.root)).toMatchObject({ ok: false, refusal: 'wrong-type' });
  const text = await hall.sealAs('root', 'roles', { v: 1 });
  expect(await walk([text], hall.root)).toMatchObject({ ok: false, refusal: 'not-roles' });
  expect(await walk(['{'], hall.root)).toMatchObject({ ok: false, refusal: 'malformed' });
});
