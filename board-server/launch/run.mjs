import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stop } from './say.mjs';

// Not import.meta.dirname: an old Node must get as far as the sentence that refuses it.
export const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const parent = process.ppid;

/**
 * What the server's engine is told. Young objects may have two halves of 32 MB instead of 64: what a
 * thousand sockets are told in one turn would make it take all of it and keep it. What is seldom busy is
 * not made smaller while it rests, or each publish to a fleet begins by growing again. All of what lives
 * is looked through when it has doubled, not with each publish, which costs a fleet as much as handling
 * its reports.
 */
export const ENGINE = [
  '--max-semi-space-size=32',
  '--no-memory-reducer',
  '--heap-growing-percent=100',
];
export const SERVER = [...ENGINE, 'board-server/main.ts'];

/**
 * Runs a Node script of this repository under Node 24 and becomes it: its signals, its exit code.
 * @param {string[]} args the script and its arguments
 */
export async function become(args) {
  process.exit(await run(nodeBinary(), args));
}

/**
 * Runs a command in the repository with Node 24 first on the path; resolves with its exit code.
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<number>}
 */
export function run(command, args) {
  const child = spawn(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
      // The server ends when its launcher was killed and could pass nothing on.
      LAUNCHER_PID: String(process.pid),
    },
  });
  const forward = (/** @type {NodeJS.Signals} */ signal) => {
    // A terminal sends Ctrl-C to the whole group: forwarding it would say it twice.
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  };
  const signals = /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP']);
  for (const signal of signals) process.on(signal, forward);
  // npm runs us through a shell that dies of SIGTERM without passing it on, and no event tells a
  // process that its parent is gone.
  const orphaned = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearInterval(orphaned);
      for (const name of signals) process.off(name, forward);
      // 128 + number is how shells report a death by signal.
      resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]);
    });
  });
}

/** The Node 24 that `npm ci` installed: the same binary on every machine, whatever Node started us. */
export function nodeBinary() {
  const installed =
    process.platform === 'win32'
      ? join(root, 'node_modules', 'node', 'bin', 'node.exe')
      : join(bin, 'node');
  if (!existsSync(installed)) {
    stop(
      '没有找到 Node 24：安装脚本可能被禁止。请删除 node_modules 后重新执行 npm start。',
      'Node 24 is missing: install scripts may be turned off. Delete node_modules and run npm start again.',
    );
  }
  return installed;
}
