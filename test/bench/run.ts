// npm run bench -- NAME   runs test/bench/NAME.ts; without a name, every bench in turn.
// A bench exports `bench(report)`. The exit code is 1 when a figure misses its goal.
import { readdirSync } from 'node:fs';
import type { Report } from './report.ts';
import { createReport } from './report.ts';

type Bench = { bench: (report: Report) => void | Promise<void> };

const HELPERS = new Set(['run.ts', 'report.ts']);

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !HELPERS.has(file))
  .map((file) => file.slice(0, -'.ts'.length));

const [wanted] = process.argv.slice(2);
if (wanted !== undefined && !names.includes(wanted)) {
  process.stderr.write(`No bench "${wanted}". There are: ${names.join(', ') || 'none yet'}.\n`);
  process.exit(2);
}

for (const name of wanted === undefined ? names : [wanted]) {
  const { report, hasMissed } = createReport(name);
  const { bench } = (await import(`./${name}.ts`)) as Bench;
  await bench(report);
  if (hasMissed()) process.exitCode = 1;
}
