import { request as ask } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { Answered } from '../../board-server/app.ts';
import type { Reply } from '../../board-server/routes/handlers.ts';
import { stateListener } from '../../board-server/routes/state-listener.ts';
import { id, isChannelId } from '../../shared/kit/ids.ts';
import { refused } from '../../shared/kit/result.ts';
import type { OutputOf } from '../../shared/protocol/routes.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import { createHall } from './hall.ts';
import { servePlainly } from './plain-server.ts';

const STATE: OutputOf<'screenState'> = {
  v: PROTOCOL_VERSION,
  roles: ['{"roles":"一"}'],
  lineup: '{"lineup":"\\u00e9 东"}',
  channels: [],
};

const CHANNEL_STATE = {
  channel: id(isChannelId, 'hall'),
  head: '{"head":1}',
  lease: '{"lease":"\\"1"}',
} as const;

/** `led-door` is a screen, `led-broken` one whose state cannot be made, and there is no other. */
async function stateOf(screen: string): Promise<Reply<OutputOf<'screenState'>>> {
  if (screen === 'led-broken') throw new Error('a key that cannot be read');
  // One member more than the contract names.
  if (screen === 'led-more') return { ok: true, value: Object.assign({ secret: 1 }, STATE) };
  if (screen === 'touch-1') return { ok: true, value: { ...STATE, lineup: '"another" \\ \u0001' } };
  if (screen === 'touch-2') return { ok: true, value: { ...STATE, channels: [CHANNEL_STATE] } };
  return screen === 'led-door' ? { ok: true, value: STATE } : refused('not-found', screen);
}

async function open() {
  const answered: Answered[] = [];
  const hall = await createHall({
    answers: { screenState: (_context, { screen }) => stateOf(screen) },
  });
  const url = await servePlainly({
    fetch: hall.app.fetch,
    before: (next) =>
      stateListener(
        {
          state: stateOf,
          surroundings: { publicUrl: undefined, trustedProxies: [] },
          newRequestId: () => 'short',
          monotonic: () => 0,
          log: { answered: (line) => answered.push(line), failed: () => undefined },
        },
        next,
      ),
  });
  const get = (path: string, method = 'GET', headers: Record<string, string> = {}) =>
    new Promise<{ status: number | undefined; headers: IncomingHttpHeaders; body: string }>(
      (resolve, reject) => {
        const { hostname, port } = new URL(url);
        // As it stands: an address that is parsed first loses its empty query.
        const to = { hostname, port, path, method, headers, agent: false };
        const sent = ask(to, (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () => {
            const { date: _date, ...rest } = response.headers;
            const body = Buffer.concat(parts).toString();
            resolve({ status: response.statusCode, headers: rest, body });
          });
        });
        sent.on('error', reject);
        sent.end();
      },
    );
  return { get, answered, hall };
}

describe('[PR7] the short way of a screen’s state', () => {
  test.each([
    {},
    { 'x-forwarded-proto': 'https' },
    { cookie: '__Host-openhall=x', range: 'bytes=0-1' },
  ])('answers %j as the app does, header for header', async (headers: Record<string, string>) => {
    const { get, answered, hall } = await open();
    const short = await get('/api/screens/led-door/state', 'GET', headers);
    expect(answered).toMatchObject([{ status: 200, route: 'screenState', person: undefined }]);
    // An empty query asks for the same, and is left to the app.
    const long = await get('/api/screens/led-door/state?', 'GET', headers);
    expect(answered).toHaveLength(1);
    expect(hall.answered.at(-1)).toMatchObject({ status: 200, route: 'screenState' });
    expect(short).toEqual(long);
    expect(JSON.parse(short.body)).toEqual(STATE);
  });

  test('what screens have in common is written once, and no screen gets another’s part', async () => {
    const { get } = await open();
    for (const screen of ['led-door', 'touch-1', 'touch-2', 'led-door', 'touch-2', 'touch-1']) {
      const short = await get(`/api/screens/${screen}/state`);
      expect(short).toEqual(await get(`/api/screens/${screen}/state?`));
      const reply = await stateOf(screen);
      expect({ ok: true, value: JSON.parse(short.body) }).toEqual(reply);
    }
  });

  test('[PR3] what is not plainly this question, or has no such answer, is left to the app', async () => {
    const { get, answered } = await open();
    const statuses: (number | undefined)[] = [];
    for (const path of [
      '/api/screens/led-nowhere/state',
      '/api/screens/Led-door/state',
      '/api/screens/led%2ddoor/state',
      '/api/screens//state',
      '/api/screens/state',
      '/api/screens/led-door/state/',
      `/api/screens/${'a'.repeat(65)}/state`,
    ])
      statuses.push((await get(path)).status);
    expect(statuses).toEqual(statuses.map(() => 404));
    expect((await get('/api/screens/led-door/state?x=1')).status).toBe(400);
    expect((await get('/api/screens/led-broken/state')).status).toBe(500);
    expect((await get('/api/screens/led-more/state')).status).toBe(500);
    expect((await get('/api/screens/led-door/state', 'HEAD')).body).toBe('');
    expect(answered).toEqual([]);
  });
});
