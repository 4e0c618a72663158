import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { SERVER } from '../../../board-server/launch/run.mjs';
import type { Running } from './processes.ts';

/** What a server process says of itself, when asked. */
export interface Measures {
  readonly kind: 'measures';
  /** Since it began, user and system, all threads. */
  readonly cpuMs: number;
  readonly rss: number;
  /** JavaScript's heap and the buffers outside it, in bytes. */
  readonly held: number;
  /** The longest that its event loop was held up since it was last asked. */
  readonly longestStallMs: number;
}

export interface MeasureOrder {
  readonly kind: 'measure';
  /** Collects garbage first. */
  readonly collect: boolean;
}

export interface MeasuredServer extends Running {
  readonly child: ChildProcess;
  measure(options?: { readonly collect: boolean }): Promise<Measures>;
}

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const TELLER = fileURLToPath(new URL('./tell-measures.ts', import.meta.url));

/** The real board-server over a data folder, asked for its own costs. */
export function startMeasuredBoardServer(
  dataFolder: string,
  port?: number,
): Promise<MeasuredServer> {
  return launch(
    SERVER,
    {
      DATA_DIR: dataFolder,
      LOG_LEVEL: 'warn',
      TRUSTED_PROXY: '127.0.0.1',
      LAUNCHER_PID: String(process.pid),
    },
    port,
  );
}

/** A script that prints its address once it listens on PORT; `engine` is told to Node. */
export function startMeasured(
  script: string,
  environment: Readonly<Record<string, string>> = {},
  port?: number,
  engine: readonly string[] = [],
): Promise<MeasuredServer> {
  return launch([...engine, script], environment, port);
}

async function launch(
  program: readonly string[],
  environment: Readonly<Record<string, string>>,
  port: number = freePort(),
): Promise<MeasuredServer> {
  const child = spawn(process.execPath, ['--expose-gc', '--import', TELLER, ...program], {
    cwd: ROOT,
    env: { ...process.env, ...environment, PORT: String(port), HOST: '127.0.0.1' },
    stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
  });
  return {
    child,
    url: await announced(child),
    async measure({ collect } = { collect: false }) {
      const told = heard<Measures>(child, 'measures');
      child.send({ kind: 'measure', collect } satisfies MeasureOrder);
      return told;
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** The next message of one kind from a process of ours. */
export function heard<Message extends { readonly kind: string }>(
  child: ChildProcess,
  kind: Message['kind'],
): Promise<Message> {
  return new Promise((resolve) => {
    const hear = (message: Message): void => {
      if (message.kind !== kind) return;
      child.off('message', hear);
      resolve(message);
    };
    child.on('message', hear);
  });
}

/** Below the range from which the system picks ports of outgoing connections. */
export const freePort = (): number => 20_000 + Math.floor(Math.random() * 12_000);

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
