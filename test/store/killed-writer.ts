// A process to be killed: makes one numbered change after another, for ever, and says which are
// acknowledged.
//   node killed-writer.ts FOLDER CALLS     kills itself at its CALLS-th call to the disk
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { openObjectStore } from '../../board-server/objects/file-objects.ts';
import { openJournalStore } from '../../board-server/store/journal-store.ts';
import { nodeProcesses } from '../../board-server/store/node-processes.ts';
import { AUDIT, numberedChange, objectOf } from './numbered-changes.ts';
import { createSuicidalDisk } from './suicidal-disk.ts';

// What the first writer compiled, the others need not compile again.
flushCompileCache();

const [folder = '', calls = ''] = process.argv.slice(2);
const fileSystem = createSuicidalDisk(Number(calls));
const clock = (): number => Date.now();

const objects = await openObjectStore({ folder: `${folder}/objects`, fileSystem, clock });
const opened = await openJournalStore({
  folder: `${folder}/store`,
  fileSystem,
  processes: await nodeProcesses(),
  clock,
  allowVolatile: true,
  checkpointBytes: 16_000,
});
if (!opened.ok) throw new Error(`the store did not open: ${opened.refusal} ${opened.detail}`);
const store = opened.value;

let number = store.head(AUDIT).seq;
say(`opened ${number}`);
for (;;) {
  const together = Array.from({ length: 1 + (number % 3) }, () => (number += 1));
  const named = together
    .filter((each) => each % 5 === 0)
    .map((each) => ({ bytes: objectOf(each) }));
  if (!(await objects.put(named)).ok) throw new Error('the objects were refused');
  const results = together.map((each) => store.commit(numberedChange(each)));
  for (const [index, result] of results.entries()) {
    const { ok } = await result;
    if (!ok) throw new Error(`change ${together[index]} was refused`);
    say(`acknowledged ${together[index]}`);
  }
}

function say(line: string): void {
  writeSync(1, `${line}\n`);
}
