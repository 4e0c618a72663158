import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One run of the hall's own tool as a process. */
export interface ToolRun {
  readonly code: number;
  readonly seconds: number;
  /** The most memory it had at once; 0 where the system does not say. */
  readonly mostBytes: number;
}

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const PASSPHRASE = 'a bench of restoring 2026';

export async function runTool(dataFolder: string, args: readonly string[]): Promise<ToolRun> {
  const since = performance.now();
  const child = spawn(process.execPath, ['board-server/tool/main.ts', ...args], {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: dataFolder, HALL_PASSPHRASE: PASSPHRASE },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let mostBytes = 0;
  const watch = setInterval(() => {
    mostBytes = Math.max(mostBytes, mostOf(child.pid));
  }, 50);
  await once(child, 'exit');
  clearInterval(watch);
  return { code: child.exitCode ?? 1, seconds: (performance.now() - since) / 1000, mostBytes };
}

/** `VmHWM` of /proc/<pid>/status (proc(5)), in bytes. */
function mostOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid ?? 0}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0; // It ended between two looks, or there is no /proc.
  }
}
