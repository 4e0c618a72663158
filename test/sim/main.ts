// npm run sim -- --seed 42 --screens 500 --days 7
// Exit code: 0 when every invariant held, 1 when one broke, 2 when the question was not understood.
import { BUGS } from './bugs/bugs.ts';
import { applyPatches } from './bugs/patch.ts';
import { readCommand, USAGE } from './options.ts';
import type { Command } from './options.ts';
import { bugLine, dayLine, summary } from './words.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const command = readCommand(process.argv.slice(2));

if (!command.ok) {
  process.stderr.write(`${command.refusal}: ${command.detail ?? ''}\n${USAGE}`);
  process.exitCode = 2;
} else if (command.value.run === 'bugs') {
  for (const [name, bug] of Object.entries(BUGS)) say(bugLine(name, bug));
} else process.exitCode = await runCounty(command.value);

async function runCounty({
  bug: name,
  ...options
}: Extract<Command, { run: 'county' }>): Promise<number> {
  const bug = name === undefined ? undefined : BUGS[name];
  if (name !== undefined && bug === undefined) {
    process.stderr.write(`no seeded bug is called ${name}\n${USAGE}`);
    return 2;
  }
  // Before anything that a bug may change is loaded.
  const allApplied = applyPatches(bug?.patches ?? []);
  const { simulate } = await import('./simulation.ts');
  const begun = process.cpuUsage();
  const beganAt = performance.now();
  const ended = await simulate({
    ...options,
    ports: bug?.ports,
    progress: (day, outcome) => say(dayLine(day, outcome)),
  });
  allApplied();
  const { user, system } = process.cpuUsage(begun);
  const took = { seconds: (performance.now() - beganAt) / 1000, cpuSeconds: (user + system) / 1e6 };
  say(summary({ ...options, bug: name }, ended, took));
  return ended.broken === undefined ? 0 : 1;
}
