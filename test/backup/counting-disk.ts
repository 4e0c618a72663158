// Loaded by --import into a process that is to be killed: counts what it does to the disk.
//   DIE_AT=7  kills itself with SIGKILL instead of its seventh call that changes anything
//   TRACE=F   writes into F what it changed and made durable, in order, one JSON list a line
//   without   says at its end on standard error how many there were: `calls 123`
import { randomBytes } from 'node:crypto';
import childProcess from 'node:child_process';
import { appendFileSync, unlinkSync, writeSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';

const dieAt = Number(process.env['DIE_AT'] ?? Infinity);
let calls = 0;

const trace = process.env['TRACE'];
const note = (...words: readonly unknown[]): void => {
  if (trace !== undefined) appendFileSync(trace, `${JSON.stringify(words)}\n`);
};

/** The same act, but not when its time has come; `then` hears of it once it is done. */
function counted<Act extends Function>(
  act: Act,
  then: (self: object, values: readonly unknown[], outcome: unknown) => void,
): Act {
  return new Proxy(act, {
    apply(target, self, values) {
      calls += 1;
      if (calls >= dieAt) process.kill(process.pid, 'SIGKILL');
      const done: unknown = Reflect.apply(target, self, values);
      return Promise.resolve(done).then((outcome) => {
        then(self, values, outcome);
        return outcome;
      });
    },
  });
}

/** Where each open file lies. */
const places = new WeakMap<object, unknown>();

for (const name of ['link', 'mkdir', 'rename', 'rm', 'unlink'] as const)
  Object.assign(promises, {
    [name]: counted(promises[name], (_self, values) => note(name, ...values)),
  });
const opened = counted(promises.open, (_self, [at, how], outcome) => {
  if (typeof outcome === 'object' && outcome !== null) places.set(outcome, at);
  if (how === 'w' || how === 'wx' || (typeof how === 'number' && (how & 64) !== 0))
    note('made', at);
});

// Files share one prototype, which only an open one shows.
const path = `${tmpdir()}/openhall-${randomBytes(6).toString('hex')}`;
const file = await promises.open(path, 'w');
Object.assign(promises, { open: opened });
const shared = Reflect.getPrototypeOf(file);
const told = {
  write: 'write',
  writeFile: 'write',
  truncate: 'write',
  sync: 'sync',
  datasync: 'sync',
};
for (const name of ['write', 'writeFile', 'sync', 'datasync', 'truncate'] as const)
  Object.assign(shared ?? {}, {
    [name]: counted(file[name], (self) => note(told[name], places.get(self))),
  });
await file.close();
unlinkSync(path);
Object.assign(childProcess, {
  spawn: new Proxy(childProcess.spawn, {
    apply(target, self, values: readonly unknown[]) {
      const child: unknown = Reflect.apply(target, self, [...values]);
      if (child instanceof childProcess.ChildProcess && values[0] === 'sync')
        child.once('exit', (code) => code === 0 && note('sync all'));
      return child;
    },
  }),
});
syncBuiltinESMExports();
calls = 0;
process.once('exit', () => writeSync(2, `calls ${calls}\n`));
