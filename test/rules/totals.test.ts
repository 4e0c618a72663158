import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const FILES = {
  'vitest.config.mjs': `export default { test: { reporters: ['default', '${resolve('test/reporter.ts')}'] } };`,
  'unloadable.test.ts': `import './missing.ts';`,
  'mixed.test.ts': `
    import { beforeAll, describe, expect, test } from 'vitest';
    test('holds', () => expect(1).toBe(1));
    test('breaks', () => expect(1).toBe(2));
    test.skip('waits', () => {});
    describe('a suite', () => {
      beforeAll(() => { throw new Error('no ground to stand on'); });
      test('never runs', () => {});
    });
    test('leaves a loose error', () => { void Promise.reject(new Error('loose')); });
  `,
};

test('a run ends with its totals, and nothing that broke is left out of them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'totals-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);

  const vitest = resolve('node_modules/vitest/vitest.mjs');
  const run = spawnSync(process.execPath, [vitest, 'run'], { cwd: folder, encoding: 'utf8' });

  // Failed: the file that does not load, `breaks`, the suite's set-up, the loose error.
  expect(run.stdout.trimEnd().split('\n').at(-1)).toBe('2 passed, 4 failed, 2 skipped');
  expect(run.status).toBe(1);
});
