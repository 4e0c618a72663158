import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

/** Starts servers as processes, each over a named folder; those that still run end with their test. */
export function serverProcesses() {
  const children: ChildProcess[] = [];
  let folder = '';
  beforeAll(() => {
    // Inside the repository, on a disk: the system's temporary folder may lie in memory.
    mkdirSync(join(ROOT, 'data'), { recursive: true });
    folder = mkdtempSync(join(ROOT, 'data', 'test-'));
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folderOf: (name: string) => join(folder, name),
    start(name: string, { args = [], env = {} }: Starting = {}): Run {
      const settings = { PORT: '0', DATA_DIR: join(folder, name), LOG_LEVEL: 'warn', ...env };
      const child = spawn(process.execPath, ['board-server/main.ts', ...args], {
        cwd: ROOT,
        env: { PATH: process.env['PATH'], ...settings },
      });
      children.push(child);
      return watch(child);
    },
    /** A process of another kind that starts a server. */
    adopt(child: ChildProcess): Run {
      children.push(child);
      return watch(child);
    },
  };
}

interface Starting {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Run {
  readonly child: ChildProcess;
  /** Resolves when it says where it is; rejects when it ends before. */
  readonly opened: Promise<{ readonly base: string; readonly text: string }>;
  /** Resolves when it has begun to fill its data folder. */
  readonly furnishing: Promise<void>;
  readonly ended: Promise<{ readonly code: number | null; readonly errors: string }>;
  /** All that it and its children printed. */
  readonly output: Promise<string>;
}

function watch(child: ChildProcess): Run {
  let text = '';
  let errors = '';
  child.stdout?.on('data', (part) => (text += String(part)));
  child.stderr?.on('data', (part) => (errors += String(part)));
  const ended = new Promise<Awaited<Run['ended']>>((resolve) => {
    child.once('close', (code) => resolve({ code, errors }));
  });
  const output = new Promise<string>((resolve) => {
    child.stdout?.once('end', () => resolve(text));
  });
  const furnishing = new Promise<void>((resolve) => {
    child.stdout?.on('data', () => text.includes('furnishing') && resolve());
  });
  const opened = new Promise<Awaited<Run['opened']>>((resolve, reject) => {
    child.stdout?.on('data', () => {
      // The announcement ends with an empty line; lines of the log may follow it in one piece.
      const base = /^ {2}(http:\/\/\S+)\/\n\n[^]+?\n\n/m.exec(text)?.[1];
      if (base !== undefined) resolve({ base, text });
    });
    child.once('close', () => reject(new Error(`it ended: ${errors}`)));
  });
  opened.catch(() => undefined); // Whoever does not wait for it must not trip over it.
  return { child, opened, furnishing, ended, output };
}

export function signIn(base: string, account: string, password: string): Promise<Response> {
  return fetch(`${base}/api/session`, {
    method: 'POST',
    headers: { origin: base, 'content-type': 'application/json' },
    body: JSON.stringify({ account, password }),
  });
}
