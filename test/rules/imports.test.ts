import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findAmbientReads } from './ambient-rules.ts';
import { findWrongImports } from './import-rules.ts';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  dependencies: Record<string, string>;
};
const runtime = new Set(Object.keys(manifest.dependencies));

const sources = ['shared', 'kiosk', 'admin', 'board-server', 'test']
  .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((path) => !path.endsWith('.d.ts'))
  .map((path) => ({ path, source: readFileSync(path, 'utf8') }));

test('imports point one way: apps to shared/, shared/ down its layers', () => {
  expect(sources.length).toBeGreaterThan(20);
  expect(sources.flatMap(({ path, source }) => findWrongImports(path, source, runtime))).toEqual(
    [],
  );
});

test('shared/ reads no clock, no randomness, no platform', () => {
  const shared = sources.filter(({ path }) => path.startsWith('shared/'));
  expect(shared.length).toBeGreaterThan(10);
  expect(shared.flatMap(({ path, source }) => findAmbientReads(path, source))).toEqual([]);
});

test.each([
  ['shared/kit/ids.ts', `import { a } from '../domain/span.ts';`],
  ['shared/domain/span.ts', `export { a } from '../sync/ports.ts';`],
  ['shared/domain/span.ts', `export * from '../trust/accept.ts';`],
  ['shared/trust/accept.ts', `import type { Head } from '../protocol/statements.ts';`],
  ['shared/sync/clock.ts', `import { now } from '../../kiosk/device/clock.ts';`],
  ['shared/sync/clock.ts', `import { join } from 'node:path';`],
  ['shared/records/notice.ts', `import * as z from 'zod';`],
  ['kiosk/touch/main.tsx', `import type { Session } from '../../board-server/sessions.ts';`],
  ['admin/main.tsx', `const stage = await import('../kiosk/stage/page.tsx');`],
  ['board-server/main.ts', `import '../admin/words.ts';`],
  ['board-server/main.ts', `import { main } from '../test/world.ts';`],
  ['board-server/dev.ts', `import { createServer } from 'vite';`],
])('%s may not say %s', (path, source) => {
  expect(findWrongImports(path, source, runtime)).toHaveLength(1);
});

test.each([
  ['shared/sync/clock.ts', `import { a } from '../kit/ids.ts'; import { b } from './ports.ts';`],
  ['shared/records/notice.ts', `import * as z from 'zod/mini';`],
  [
    'kiosk/touch/main.tsx',
    `import { a } from '../../shared/domain/span.ts'; const b = <p>{a}</p>;`,
  ],
  ['board-server/dev.ts', `import type { ViteDevServer } from 'vite'; await import('vite');`],
  ['board-server/app.ts', `import { Hono } from 'hono'; import { x } from 'hono/csrf';`],
  ['test/unit.test.ts', `import { createApp } from '../board-server/app.ts';`],
])('%s may say %s', (path, source) => {
  expect(findWrongImports(path, source, runtime)).toEqual([]);
});

test.each([
  'const t = Date.now();',
  'const t = new Date();',
  'const t = new Date;',
  'const t = Date();',
  'const r = Math.random();',
  'const id = crypto.randomUUID();',
  'const port = process.env.PORT;',
  'const now = globalThis.Date;',
  'setTimeout(() => {}, 5);',
])('shared/ may not say %s', (source) => {
  expect(findAmbientReads('shared/kit/sample.ts', source)).toHaveLength(1);
});

test.each(['const d = new Date(t);', 'const w = window.since;', 'const n = Math.max(1, 2);'])(
  'shared/ may say %s',
  (source) => {
    expect(findAmbientReads('shared/kit/sample.ts', source)).toEqual([]);
  },
);
