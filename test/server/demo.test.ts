import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDemonstration } from '../../board-server/demo/demonstration.ts';
import type { DemoAccount } from '../../board-server/demo/demonstration.ts';
import { openObjectStore } from '../../board-server/objects/file-objects.ts';
import { createPasswords } from '../../board-server/services/password.ts';
import { createPeople } from '../../board-server/services/people.ts';
import type { People } from '../../board-server/services/people.ts';
import type { HallServices } from '../../board-server/services/hall-services.ts';
import { openHallServices } from '../../board-server/services/hall-services.ts';
import { createMemoryStore } from '../../board-server/store/memory-store.ts';
import { nodeFileSystem } from '../../board-server/store/node-file-system.ts';
import type { Store } from '../../board-server/store/store.ts';
import { boardProfiles } from '../../shared/domain/profile.ts';
import { id, isProfileId } from '../../shared/kit/ids.ts';
import { NOTICE_CATEGORIES } from '../../shared/records/notice.ts';
import { seeded } from './hall.ts';
import { as, MORNING, valueOf } from './service-hall.ts';

let store: Store;
let people: People;
let services: HallServices;
let accounts: readonly DemoAccount[];
const clock = { now: MORNING, monotonic: 0 };
const now = () => clock.now;
const makePassword = () => 'not-to-be-used-here';

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'demo-'));
  const random = seeded('demonstration');
  const passwords = createPasswords(random);
  store = createMemoryStore({ clock: now });
  people = createPeople({ store, passwords, random });
  services = await openHallServices({
    store,
    objects: await openObjectStore({
      folder: join(folder, 'objects'),
      fileSystem: nodeFileSystem,
      clock: now,
    }),
    keyFolder: join(folder, 'keys'),
    clock: now,
    monotonic: () => clock.monotonic,
    alarm: { at: () => () => undefined, after: () => () => undefined },
    random,
    log: (message) => expect.fail(message),
  });
  accounts = await createDemonstration({
    store,
    people,
    services,
    now,
    makePassword: passwords.make,
  });
  return async () => {
    await services.publishing.close();
    await rm(folder, { recursive: true, force: true });
  };
});

const reviewer = () => as({ clock }, 'reviewer');

describe('the demonstration hall', () => {
  test('[AU1] every account has a password of its own, of twelve characters or more', async () => {
    expect(new Set(accounts.map(({ password }) => password)).size).toBe(accounts.length);
    for (const { account, password } of accounts) {
      expect(password.length).toBeGreaterThanOrEqual(12);
      expect(people.findByAccount(account)?.password.oneTime).toBe(false);
    }
    const roles = new Set(accounts.flatMap((account) => account.roles));
    expect([...roles].sort()).toEqual([
      'administrator',
      'auditor',
      'editor',
      'manager',
      'reviewer',
    ]);
  });

  test('everything is out, of every category, with the county document among it', async () => {
    const { records, total } = valueOf(await services.handlers.records(reviewer(), {}));
    expect(records.every(({ publicity }) => publicity.state === 'published')).toBe(true);
    expect(new Set(records.map(({ category }) => category))).toEqual(
      new Set([...NOTICE_CATEGORIES, '政策文件']),
    );
    expect(total).toBe(16);
    const document = records.find(({ kind }) => kind === 'policy-document');
    expect(document?.title).toContain('徐水县2010年政务公开暨行政权力公开透明运行工作方案');
  });

  test('[WF2] nothing was approved by whoever wrote it', async () => {
    for (const { value } of services.collections.records.list()) {
      const { standing, authors } = value;
      expect(
        standing.state === 'approved' && authors.every((author) => author.id !== standing.by.id),
      ).toBe(true);
    }
  });

  test('its four screens have lineups, and every board has pages to play', async () => {
    const { screens } = valueOf(await services.handlers.screens(reviewer(), {}));
    expect(screens.map((screen) => screen.id)).toEqual([
      'led-door',
      'led-hall',
      'touch-01',
      'tv-hall',
    ]);
    for (const name of Object.keys(boardProfiles)) {
      const profile = id(isProfileId, name);
      const { release, chunks, pages } = valueOf(
        await services.handlers.boardLayers(reviewer(), { profile }),
      );
      expect(release.hall).toMatchObject({ county: '安澜县', demo: true });
      const entries = chunks.flatMap((chunk) => chunk.entries);
      expect(entries).toHaveLength(6);
      expect(Object.keys(pages)).toHaveLength(6);
      const seconds = entries.reduce((sum, { turnSeconds }) => sum + turnSeconds, 0);
      expect(seconds).toBeLessThanOrEqual(240);
    }
  });

  test('its telephones are of an exchange that does not exist, and no draft has a finding that blocks', async () => {
    const numbers = services.collections.records
      .list()
      .flatMap(({ value }) => JSON.stringify(value.body).match(/\d{3,4}-\d{7,8}/g) ?? []);
    expect(new Set(numbers)).toEqual(new Set(['0312-0000000']));
  });

  test('[AU1] it is made once: a data folder that has a hall is left alone', async () => {
    const again = createDemonstration({
      store,
      people,
      services,
      now,
      makePassword,
    });
    await expect(again).rejects.toThrow('conflict');
  });
});
