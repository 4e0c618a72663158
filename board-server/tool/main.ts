import { createInterface } from 'node:readline/promises';
import { readConfig } from '../config.ts';
import type { Command, Sentence, ToolContext } from './command.ts';
import { COMMANDS } from './commands.ts';

const [name, ...args] = process.argv.slice(2);
process.exitCode = await main(name, args);

async function main(wanted: string | undefined, given: readonly string[]): Promise<number> {
  const command = COMMANDS.find((each) => each.name === wanted);
  if (command === undefined) {
    process.stdout.write(help());
    return wanted === undefined || wanted === 'help' ? 0 : 2;
  }
  const config = readConfig(process.env, []);
  if (!config.ok) {
    process.stderr.write(`${config.detail ?? ''}\n`);
    return 2;
  }
  return command.run(given, { config: config.value, say, fail, ask });
}

const say: ToolContext['say'] = ([zh, en]) => void process.stdout.write(`${zh}\n${en}\n`);

const fail: ToolContext['fail'] = ([zh, en]) => {
  process.stderr.write(`${zh}\n${en}\n`);
  return 1;
};

async function ask([zh, en]: Sentence): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(`${zh} · ${en}: `);
  } finally {
    terminal.close();
  }
}

function help(): string {
  const lines = COMMANDS.map(
    ({ name: command, usage, summary: [zh, en] }: Command) =>
      `  npm run hall -- ${`${command} ${usage}`.trim()}\n      ${zh}\n      ${en}`,
  );
  return ['大厅维护工具 · The hall’s own tool', ...lines, ''].join('\n');
}
