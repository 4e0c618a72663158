import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serverProcesses } from './server-process.ts';

/** Runs what follows the folder, for which alone the folder is mounted read-only. */
const READ_ONLY = [
  '-rm',
  'sh',
  '-c',
  'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"',
  'sh',
];

const canMount = spawnSync('unshare', [...READ_ONLY, import.meta.dirname, 'true']).status === 0;
const skipped = canMount ? '' : ' (SKIPPED without leave to mount)';

describe('a hall on a disk that is mounted read-only', () => {
  const { start, adopt, folderOf } = serverProcesses();

  it.skipIf(!canMount)(
    `[OP9] opens and is read, says that it writes nothing, and names the secrets that others may read${skipped}`,
    async () => {
      const first = start('hall', { args: ['--empty'] });
      await first.opened;
      first.child.kill('SIGTERM');
      expect(await first.ended).toEqual({ code: 0, errors: '' });
      const folder = folderOf('hall');
      const keys = join(folder, 'keys');
      chmodSync(join(keys, 'head.pem'), 0o644);
      // A hall from before there were tickets.
      rmSync(join(keys, 'tickets.key'));
      const before = modesIn(keys);

      const command = [process.execPath, 'board-server/main.ts'];
      const { child, opened, ended, output } = adopt(
        spawn('unshare', [...READ_ONLY, folder, ...command], {
          env: { PATH: process.env['PATH'], DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'warn' },
        }),
      );
      const { base } = await opened;
      expect((await fetch(base)).status).toBe(200);
      const ready = await fetch(`${base}/readyz`);
      expect(await ready.json()).toMatchObject({ obstacles: ['store: read-only'] });
      child.kill('SIGTERM');
      expect((await ended).code).toBe(0);
      expect((await output).match(/keys\/\S+ is readable by others/g)).toEqual([
        'keys/head.pem is readable by others',
      ]);
      expect(modesIn(keys)).toEqual(before);

      const writable = start('hall');
      await writable.opened;
      writable.child.kill('SIGTERM');
      expect((await writable.ended).code).toBe(0);
      expect(await writable.output).not.toContain('readable by others');
      expect(modesIn(keys)).toEqual({ ...before, 'head.pem': 0o600, 'tickets.key': 0o600 });
    },
    60_000,
  );
});

function modesIn(folder: string): Readonly<Record<string, number>> {
  const modeOf = (name: string): number => statSync(join(folder, name)).mode & 0o777;
  return Object.fromEntries(readdirSync(folder).map((name) => [name, modeOf(name)]));
}
