import { expect, test } from 'vitest';
import { isInstalled } from '../../board-server/launch/install.mjs';

const hono = { version: '4.13.19', integrity: 'sha512-a' };
const wanted = {
  '': { version: '0.1.0' },
  'node_modules/hono': hono,
  'node_modules/fsevents': { version: '2.3.3', integrity: 'sha512-b', optional: true },
};

test('what the lock names is installed; another platform’s package may be absent', () => {
  expect(isInstalled(wanted, { 'node_modules/hono': hono })).toBe(true);
});

test.each([
  ['nothing was installed', undefined],
  ['a package is missing', {}],
  ['a version differs', { 'node_modules/hono': { ...hono, version: '4.13.18' } }],
  ['the bytes differ', { 'node_modules/hono': { ...hono, integrity: 'sha512-c' } }],
  ['a package is no longer wanted', { 'node_modules/hono': hono, 'node_modules/koa': hono }],
])('npm ci runs when %s', (_, present) => {
  expect(isInstalled(wanted, present)).toBe(false);
});
