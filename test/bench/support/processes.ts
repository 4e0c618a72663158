import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** A process of our own that listens; `close` ends it and waits. */
export interface Running {
  readonly url: string;
  close(): Promise<void>;
}

/** The real board-server over a data folder, as `npm start` runs it. */
export function startBoardServer(
  dataFolder: string,
  flags: readonly string[] = [],
): Promise<Running> {
  return start([...flags, 'board-server/main.ts'], {
    DATA_DIR: dataFolder,
    LOG_LEVEL: 'warn',
    TRUSTED_PROXY: '127.0.0.1', // Each screen may come from an address of its own.
    LAUNCHER_PID: String(process.pid), // It ends with us, however we end.
  });
}

/** The bare server that publishing is compared with. */
export function startBareServer(): Promise<Running> {
  return start(['test/bench/support/bare-server.ts'], {});
}

async function start(
  args: readonly string[],
  environment: Record<string, string>,
): Promise<Running> {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...environment, PORT: String(freePort()), HOST: '127.0.0.1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return {
    url: await announced(child),
    async close() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

/** Below the range from which the system picks ports of outgoing connections. */
const freePort = (): number => 20_000 + Math.floor(Math.random() * 12_000);

/** The address that a server prints once it is open. */
async function announced(server: ChildProcess): Promise<string> {
  let said = '';
  for await (const chunk of server.stdout ?? []) {
    said += String(chunk);
    const url = /http:\/\/[\d.:]+\d/.exec(said)?.[0];
    if (url === undefined) continue;
    server.stdout?.resume();
    return url;
  }
  throw new Error(`a server ended before it was open: ${said}`);
}
