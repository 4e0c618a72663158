import { describe, expect, it } from 'vitest';
import { timedFileSystem } from '../../board-server/metrics/timed-file-system.ts';
import { emptyDisk } from '../store/open-journal.ts';
import { createHall } from './hall.ts';

const TOKEN = 'a-token-of-this-test';
const HERE = 'http://127.0.0.1:4680';

describe('/metrics', () => {
  it.each([
    ['127.0.0.1', HERE],
    ['::1', 'http://[::1]:4680'],
    ['::ffff:127.0.0.1', 'http://localhost:4680'],
  ])('[OP2] is there for this machine, by %s', async (peer, base) => {
    expect(await ask({ peer, base })).toEqual([200, true]);
    expect(await ask({ peer, base, token: TOKEN })).toEqual([200, true]);
  });

  it.each([
    ['from another machine', { peer: '192.0.2.10', base: HERE }],
    ['by a name that is not loopback’s', { peer: '127.0.0.1', base: 'http://hall.test:4680' }],
    ...['x-forwarded-for', 'x-real-ip', 'forwarded', 'via', 'x-forwarded-proto'].map(
      (name) =>
        [`through a proxy that says ${name}`, { peer: '127.0.0.1', base: HERE, name }] as const,
    ),
  ] as const)('[OP2] is not there %s', async (_case, { peer, base, ...rest }) => {
    const headers = 'name' in rest ? { [rest.name]: '192.0.2.1' } : {};
    expect(await ask({ peer, base, headers })).toEqual([404, false]);
    expect(await ask({ peer, base, headers, token: TOKEN })).toEqual([404, false]);
  });

  it('[OP2] is there from anywhere for whoever has the token, and only the whole of it', async () => {
    const from = { peer: '192.0.2.10', token: TOKEN };
    const given = async (authorization: string) =>
      (await ask({ ...from, headers: { authorization } }))[0];
    expect(await given(`Bearer ${TOKEN}`)).toBe(200);
    for (const wrong of [`Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, TOKEN, 'Bearer ', ''])
      expect([wrong, await given(wrong)]).toEqual([wrong, 404]);
    const none = { peer: '192.0.2.10', headers: { authorization: 'Bearer undefined' } };
    expect((await ask(none))[0]).toBe(404);
  });

  it('[OP1] a disk with a watch on it does the same, and tells how long syncs took', async () => {
    let now = 0;
    const told: unknown[] = [];
    const slow = emptyDisk();
    const disk = timedFileSystem(
      { ...slow, syncFolder: async (folder) => ((now += 7), slow.syncFolder(folder)) },
      () => now,
      (kind, milliseconds) => told.push([kind, milliseconds]),
    );
    const file = await disk.open('/a', 'new');
    await file.write(Buffer.from('text'));
    await file.sync();
    await disk.syncFolder('/');
    expect(String(await disk.read('/a'))).toBe('text');
    expect(told).toEqual([
      ['file', 0],
      ['folder', 7],
    ]);
  });
});

/** Status, and whether the figures were told. */
async function ask(init: {
  readonly base?: string;
  readonly peer?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
}): Promise<[number, boolean]> {
  const { token, ...asking } = init;
  const metrics = { type: 'text/plain', text: async () => 'figures', token };
  const hall = await createHall({ metrics });
  const response = await hall.request('/metrics', asking);
  return [response.status, (await response.text()) === 'figures'];
}
