import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { readConfig } from '../config.ts';
import type { Command, Sentence } from './command.ts';
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
  return command.run(given, { config: config.value, say, fail, ask, askSecret });
}

function say([zh, en]: Sentence): void {
  process.stdout.write(`${zh}\n${en}\n`);
}

function fail([zh, en]: Sentence): number {
  process.stderr.write(`${zh}\n${en}\n`);
  return 1;
}

async function ask([zh, en]: Sentence): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(`${zh} · ${en}: `);
  } finally {
    terminal.close();
  }
}

async function askSecret([zh, en]: Sentence): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  process.stdout.write(`${zh} · ${en}: `);
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: unseen, terminal: true });
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stdout.write('\n');
  }
}

function help(): string {
  const lines = COMMANDS.map(
    ({ name: command, usage, summary: [zh, en] }: Command) =>
      `  npm run hall -- ${`${command} ${usage}`.trim()}\n      ${zh}\n      ${en}`,
  );
  return ['大厅维护工具 · The hall’s own tool', ...lines, ''].join('\n');
}
