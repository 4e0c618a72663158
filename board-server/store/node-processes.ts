import { readFile } from 'node:fs/promises';
import { hasCode } from './file-system.ts';
import type { Processes } from './lock.ts';

/**
 * Processes by number, start and boot: after a power cut, and in a container at every start, the
 * same number soon belongs to somebody else. Where there is no /proc the number must do.
 */
export async function nodeProcesses(pid: number = process.pid): Promise<Processes> {
  const boot = await readText('/proc/sys/kernel/random/boot_id');
  if (boot === undefined) return { self: `${pid}`, isAlive: async (name) => answers(name) };
  const nameOf = async (pid: number): Promise<string | undefined> => {
    const start = startOf(await readText(`/proc/${pid}/stat`));
    return start === undefined ? undefined : `${pid}-${start}-${boot.trim()}`;
  };
  return {
    self: (await nameOf(pid)) ?? `${pid}`,
    isAlive: async (name) => (await nameOf(Number.parseInt(name, 10))) === name,
  };
}

/**
 * Ticks from boot to the start of the process, from the text of /proc/<pid>/stat (proc(5)): field
 * 22, counted behind the name in brackets. Undefined for a process that is gone or a zombie.
 */
function startOf(stat: string | undefined): string | undefined {
  const [state, ...fields] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  return state === 'Z' ? undefined : fields[18];
}

function answers(name: string): boolean {
  try {
    return process.kill(Number.parseInt(name, 10), 0);
  } catch (error) {
    return hasCode(error, 'EPERM'); // Somebody else's process, but alive.
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ESRCH')) return undefined;
    throw error;
  }
}
