import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const TOP = new Set([
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'kiosk',
  'board-server',
  'admin',
  'shared',
  'test',
  'README.md',
  'LICENSE',
]);

test('the top level holds the agreed folders and files, and dotfiles', () => {
  const tracked = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).trim().split('\n');
  const top = new Set(tracked.map((path) => path.split('/', 1)[0] ?? path));
  expect([...top].filter((name) => !TOP.has(name) && !name.startsWith('.'))).toEqual([]);
  expect([...TOP].filter((name) => !top.has(name))).toEqual([]);
});

test('every dependency is pinned to one exact version', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >;
  const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test.each(['admin', 'kiosk'])('in %s no two stylesheets give one class its look', (client) => {
  const sheets = execFileSync('git', ['ls-files', `${client}/*.css`], { encoding: 'utf8' });
  const homes = new Map<string, Set<string>>();
  for (const path of sheets.trim().split('\n')) {
    // A rule of the class alone, outside every condition.
    for (const [, name = ''] of readFileSync(path, 'utf8').matchAll(/^\.([\w-]+)(?: \{|,)$/gm)) {
      homes.set(name, (homes.get(name) ?? new Set()).add(path));
    }
  }
  expect(homes.size).toBeGreaterThan(30);
  expect([...homes].filter(([, paths]) => paths.size > 1)).toEqual([]);
});
