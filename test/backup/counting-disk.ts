// Loaded by --import into a process that is to be killed: counts what it does to the disk.
//   DIE_AT=7  kills itself with SIGKILL instead of its seventh call that changes anything
//   without   says at its end on standard error how many there were: `calls 123`
import { randomBytes } from 'node:crypto';
import { unlinkSync, writeSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';

const dieAt = Number(process.env['DIE_AT'] ?? Infinity);
let calls = 0;

/** The same act, but not when its time has come. */
function counted<Act extends Function>(act: Act): Act {
  return new Proxy(act, {
    apply(target, self, values) {
      calls += 1;
      if (calls >= dieAt) process.kill(process.pid, 'SIGKILL');
      return Reflect.apply(target, self, values);
    },
  });
}

for (const name of ['link', 'mkdir', 'open', 'rename', 'rm', 'unlink'] as const)
  Object.assign(promises, { [name]: counted(promises[name]) });

// Files share one prototype, which only an open one shows.
const path = `${tmpdir()}/openhall-${randomBytes(6).toString('hex')}`;
const file = await promises.open(path, 'w');
const shared = Reflect.getPrototypeOf(file);
for (const name of ['write', 'writeFile', 'sync', 'datasync', 'truncate'] as const)
  Object.assign(shared ?? {}, { [name]: counted(file[name]) });
await file.close();
unlinkSync(path);
syncBuiltinESMExports();
calls = 0;
process.once('exit', () => writeSync(2, `calls ${calls}\n`));
