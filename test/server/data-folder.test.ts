import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder = '';
beforeAll(() => {
  mkdirSync('dist', { recursive: true });
  folder = mkdtempSync(join('dist', 'test-data-folder-'));
  writeFileSync(join(folder, 'file'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['a file', 'FOLDER/file', 'ENOTDIR'],
  ['below a file', 'FOLDER/file/data', 'ENOTDIR'],
  ['where nothing can be made', '/proc/openhall', 'ENOENT'],
])('[OP10] a data folder that is %s is named in a sentence', (_name, data, code) => {
  const started = spawnSync(process.execPath, ['board-server/main.ts', '--empty'], {
    env: { ...process.env, DATA_DIR: data.replace('FOLDER', folder), PORT: '0' },
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect(started.status).toBe(1);
  expect(started.stderr).toContain('这个数据文件夹不能用');
  expect(started.stderr).toContain(code);
  expect(started.stdout + started.stderr).not.toContain('"stack"');
});
