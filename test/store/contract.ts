import { describe, expect, test } from 'vitest';
import type { Committed, Store } from '../../board-server/store/store.ts';
import { EMPTY_LOG, verifyChain } from '../../board-server/store/chain.ts';
import { listIds, putOf, valueOf } from './store-words.ts';

/** What every store does, whatever holds it. Each test opens a store of its own. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`the contract of a store, ${name}`, () => {
    test('a document that was put is read back with version 1, and 2 after the next put', async () => {
      const store = await open();
      await store.commit({ puts: [putOf('a', { title: '停水公告' })] });
      expect(store.get('records', 'a')).toEqual({
        collection: 'records',
        id: 'a',
        version: 1,
        value: { title: '停水公告' },
      });
      await store.commit({ puts: [putOf('a', 2)] });
      expect(store.get('records', 'a')).toMatchObject({ version: 2, value: 2 });
      await store.close();
    });

    test('an acknowledgement carries what was done', async () => {
      const store = await open();
      await store.commit({ puts: [putOf('gone', 1)] });
      const result = await store.commit({
        puts: [putOf('a', 1)],
        removes: [
          { collection: 'records', id: 'gone' },
          { collection: 'records', id: 'never' },
        ],
        appends: [{ log: 'audit', value: 'x' }],
      });
      expect(result).toMatchObject({
        ok: true,
        value: {
          documents: [{ id: 'a', version: 1 }],
          removed: [{ collection: 'records', id: 'gone' }],
          entries: [{ log: 'audit', seq: 1, value: 'x' }],
        },
      });
      expect(store.get('records', 'gone')).toBeUndefined();
      await store.close();
    });

    test('a document put again after a remove begins at version 1', async () => {
      const store = await open();
      await store.commit({ puts: [putOf('a', 1)] });
      await store.commit({ removes: [{ collection: 'records', id: 'a' }] });
      await store.commit({ puts: [putOf('a', 2)] });
      expect(store.get('records', 'a')).toMatchObject({ version: 1, value: 2 });
      await store.close();
    });

    test('a list is in the order of ids and can be read page by page', async () => {
      const store = await open();
      for (const id of ['m', 'B', 'z', 'a', '记录', 'b'])
        await store.commit({ puts: [putOf(id, id)] });
      expect(listIds(store)).toEqual(['B', 'a', 'b', 'm', 'z', '记录']);
      expect(listIds(store, { limit: 2 })).toEqual(['B', 'a']);
      expect(listIds(store, { after: 'a', limit: 2 })).toEqual(['b', 'm']);
      expect(listIds(store, { after: 'aa' })).toEqual(['b', 'm', 'z', '记录']);
      expect(listIds(store, { after: '记录' })).toEqual([]);
      await store.commit({ removes: [{ collection: 'records', id: 'b' }] });
      expect(listIds(store)).toEqual(['B', 'a', 'm', 'z', '记录']);
      expect(store.list('nothing')).toEqual([]);
      await store.close();
    });

    test('collections are apart, also where their names and ids could be confused', async () => {
      const store = await open();
      await store.commit({
        puts: [putOf('b/c', 1), { collection: 'people', id: 'b/c', value: 2 }],
      });
      expect(valueOf(store, 'b/c')).toBe(1);
      expect(store.get('people', 'b/c')?.value).toBe(2);
      expect(store.get('records/b', 'c')).toBeUndefined();
      await store.close();
    });

    test('[ST4] a version that does not hold refuses the whole change and says what it is', async () => {
      const store = await open();
      await store.commit({ puts: [putOf('a', 1)] });
      const stale = { collection: 'records', id: 'a', version: 0 };
      const refused = await store.commit({
        puts: [putOf('b', 1)],
        appends: [{ log: 'audit', value: 1 }],
        ifVersions: [{ collection: 'records', id: 'b', version: 0 }, stale],
      });
      expect(refused).toEqual({
        ok: false,
        refusal: 'conflict',
        collection: 'records',
        id: 'a',
        actual: 1,
      });
      expect(store.get('records', 'b')).toBeUndefined();
      expect(store.head('audit')).toEqual(EMPTY_LOG);
      const fresh = await store.commit({
        puts: [putOf('a', 2)],
        ifVersions: [{ ...stale, version: 1 }],
      });
      expect(fresh.ok).toBe(true);
      await store.close();
    });

    test('[ST4] of two changes made at once on one version, the first is done and the second told', async () => {
      const store = await open();
      const change = (value: number) =>
        store.commit({
          puts: [putOf('a', value)],
          ifVersions: [{ collection: 'records', id: 'a', version: 0 }],
        });
      const [first, second] = await Promise.all([change(1), change(2)]);
      expect(first.ok).toBe(true);
      expect(second).toMatchObject({ ok: false, refusal: 'conflict', actual: 1 });
      expect(valueOf(store, 'a')).toBe(1);
      await store.close();
    });

    test('many changes made at once are done in the order they were made', async () => {
      const store = await open();
      const commits = Array.from({ length: 600 }, (_, index) =>
        store.commit({ puts: [putOf('a', index)], appends: [{ log: 'audit', value: index }] }),
      );
      const results = await Promise.all(commits);
      expect(results.every(({ ok }) => ok)).toBe(true);
      expect(store.get('records', 'a')).toMatchObject({ version: 600, value: 599 });
      const entries = await store.read('audit');
      expect(entries.map(({ value }) => value)).toEqual(
        Array.from({ length: 600 }, (_, index) => index),
      );
      await store.close();
    });

    test('[ST8] log entries are numbered without a gap and chained by hash', async () => {
      const store = await open();
      await store.commit({
        appends: [
          { log: 'audit', value: 1 },
          { log: 'audit', value: 2 },
        ],
      });
      await store.commit({
        appends: [
          { log: 'visits', value: 1 },
          { log: 'audit', value: 3 },
        ],
      });
      const entries = await store.read('audit');
      expect(entries.map(({ seq, value }) => [seq, value])).toEqual([
        [1, 1],
        [2, 2],
        [3, 3],
      ]);
      expect(verifyChain(entries, EMPTY_LOG)).toEqual({ ok: true, head: store.head('audit') });
      expect(store.head('visits').seq).toBe(1);
      await store.close();
    });

    test('a log is read from any entry on, as far as wanted', async () => {
      const store = await open();
      const appends = Array.from({ length: 9 }, (_, index) => ({ log: 'audit', value: index + 1 }));
      await store.commit({ appends });
      const seqs = async (range: { from?: number; limit?: number }): Promise<number[]> =>
        (await store.read('audit', range)).map(({ seq }) => seq);
      expect(await seqs({ from: 4, limit: 3 })).toEqual([4, 5, 6]);
      expect(await seqs({ from: 8 })).toEqual([8, 9]);
      expect(await seqs({ from: 10 })).toEqual([]);
      expect(await seqs({ from: 0, limit: 1 })).toEqual([1]);
      expect(await store.read('nothing')).toEqual([]);
      await store.close();
    });

    test('watchers hear of each commit once, in order, when it can be read', async () => {
      const store = await open();
      const heard: unknown[] = [];
      const stop = store.watch(({ documents, removed, entries }: Committed) => {
        heard.push([
          documents.map(({ id }) => [id, valueOf(store, id)]),
          removed.map(({ id }) => id),
          entries.map(({ seq }) => [seq, store.head('audit').seq]),
        ]);
      });
      await Promise.all([
        store.commit({ puts: [putOf('a', 1)] }),
        store.commit({ puts: [putOf('a', 2)], appends: [{ log: 'audit', value: 1 }] }),
      ]);
      await store.commit({ ifVersions: [{ collection: 'records', id: 'a', version: 2 }] });
      await store.commit({
        puts: [putOf('a', 3)],
        ifVersions: [{ collection: 'records', id: 'a', version: 9 }],
      });
      stop();
      await store.commit({ removes: [{ collection: 'records', id: 'a' }] });
      expect(heard).toEqual([
        [[['a', 1]], [], []],
        [[['a', 2]], [], [[1, 1]]],
      ]);
      await store.close();
    });

    test('what was given may be changed afterwards, and what was read may not', async () => {
      const store = await open();
      const value = { lines: ['one'] };
      const entry = { by: ['li'] };
      const commit = store.commit({
        puts: [putOf('a', value)],
        appends: [{ log: 'audit', value: entry }],
      });
      value.lines.push('two');
      entry.by.push('wang');
      await commit;
      expect(valueOf(store, 'a')).toEqual({ lines: ['one'] });
      const [read] = await store.read('audit');
      expect(read?.value).toEqual({ by: ['li'] });
      expect(Object.isFrozen(store.get('records', 'a'))).toBe(true);
      const { lines } = valueOf(store, 'a') as { lines: string[] };
      expect(() => lines.push('three')).toThrow(TypeError);
      await store.close();
    });

    test('a key named __proto__ is a key like any other', async () => {
      const store = await open();
      const value: unknown = JSON.parse('{"__proto__": {"admin": true}}');
      await store.commit({ puts: [putOf('__proto__', value as never)] });
      expect(JSON.stringify(valueOf(store, '__proto__'))).toBe('{"__proto__":{"admin":true}}');
      expect(({} as { admin?: boolean }).admin).toBeUndefined();
      await store.close();
    });

    test('a change that nobody may make is a fault, and nothing is done', async () => {
      const store = await open();
      const twice = { puts: [putOf('a', 1)], removes: [{ collection: 'records', id: 'a' }] };
      await expect(store.commit(twice)).rejects.toThrow('names a document twice');
      for (const [collection, id] of [
        ['Records', 'a'],
        ['../x', 'a'],
        ['', 'a'],
        ['records', ''],
        ['records', '\ud800'],
        ['records', 'x'.repeat(513)],
      ] as const) {
        await expect(store.commit({ puts: [{ collection, id, value: 1 }] })).rejects.toThrow(
          'malformed key',
        );
      }
      await expect(store.commit({ appends: [{ log: '../audit', value: 1 }] })).rejects.toThrow(
        'malformed log',
      );
      await expect(
        store.commit({ appends: [{ log: 'audit', value: Number.NaN }] }),
      ).rejects.toThrow();
      expect(store.status()).toMatchObject({ state: 'ok', documents: 0 });
      await store.close();
    });

    test('a closed store takes no commit', async () => {
      const store = await open();
      await store.close();
      await expect(store.commit({ puts: [putOf('a', 1)] })).rejects.toThrow('closed');
    });
  });
}
