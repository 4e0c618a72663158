import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import type { Answered } from '../../board-server/app.ts';
import { createLog, createRequestLog } from '../../board-server/log.ts';
import { createHall } from './hall.ts';

/** What stands in the log of a real server at the usual level. */
function logged(lines: readonly Partial<Answered>[]): unknown[] {
  const written: unknown[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      written.push(JSON.parse(String(chunk)));
      done();
    },
  });
  const log = createRequestLog(createLog('info', sink));
  for (const line of lines) log.answered({ ...LINE, ...line });
  return written;
}

const LINE: Answered = {
  requestId: 'r',
  method: 'GET',
  path: '/',
  status: 200,
  milliseconds: 1,
  address: '192.0.2.10',
  person: undefined,
  route: undefined,
  refusal: undefined,
};

test('what screens ask for all day does not fill the log', () => {
  const object = `/objects/${'ab'.repeat(32)}`;
  const asked = [
    { path: '/api/screens/led-door/state' },
    { path: object },
    { path: object, status: 304 },
    { path: '/api/screens/led-door/state', status: 404 },
    { method: 'POST', path: '/api/screens/led-door/pairing' },
  ];
  expect(logged(asked)).toEqual([]);
});

test('what people change is in the log, with who and from where; so is every failure', () => {
  const lines = [
    { method: 'POST', path: '/api/records', person: 'p-1' },
    { path: '/api/screens/led-door/state', status: 503 },
  ];
  expect(logged(lines)).toMatchObject([
    { level: 30, method: 'POST', path: '/api/records', person: 'p-1', address: '192.0.2.10' },
    { level: 40, path: '/api/screens/led-door/state', status: 503 },
  ]);
});

test('what could be a secret is blanked', () => {
  const written: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  const secret = { password: 'river-stone', headers: { cookie: 'openhall=abc' } };
  createLog('info', sink).info(secret, 'a line');
  expect(written.join('')).not.toMatch(/river-stone|openhall=abc/);
});

test('an address that came with a query is logged without it', async () => {
  const hall = await createHall();
  await hall.request('/api/records?search=secret');
  expect(hall.answered.map(({ path }) => path)).toEqual(['/api/records']);
});
