import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { readConfig } from '../config.ts';
import type { Command, Sentence, ToolContext } from './command.ts';
import { COMMANDS } from './commands.ts';
import { PASSPHRASE_VARIABLE } from './passphrase.ts';

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
  const passphrase = process.env[PASSPHRASE_VARIABLE];
  const context = { config: config.value, passphrase, say, fail, ask, askSecret };
  const code = await runKnowing(command, given, context);
  if (code === 2) process.stderr.write(`${usageOf(command)}\n`);
  return code;
}

/** Arguments that no option of the command names are wrong arguments, not a fault. */
async function runKnowing(
  command: Command,
  given: readonly string[],
  context: ToolContext,
): Promise<number> {
  try {
    return await command.run(given, context);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('ERR_PARSE_ARGS')) return 2;
    throw error;
  }
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
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: unseen, terminal: true });
  // Only now is nothing shown any more, also of what a fast hand has typed.
  process.stdout.write(`${zh} · ${en}: `);
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stdout.write('\n');
  }
}

function help(): string {
  const lines = COMMANDS.map(usageOf);
  return ['大厅维护工具 · The hall’s own tool', ...lines, ''].join('\n');
}

function usageOf({ name: command, usage, summary: [zh, en] }: Command): string {
  return `  npm run hall -- ${`${command} ${usage}`.trim()}\n      ${zh}\n      ${en}`;
}
