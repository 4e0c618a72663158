import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import type { Answered, RequestLog } from './app.ts';
import type { Config } from './config.ts';
import { createLogFile } from './log-file.ts';
import { createOutput } from './output.ts';

export type { Logger } from 'pino';

/** Standard output, and a file when one is named. */
export function logDestination(
  output: DestinationStream,
  file: Config['logFile'],
): DestinationStream {
  if (file === undefined) return output;
  const streams = [output, createLogFile(file)];
  return pino.multistream(streams.map((stream) => ({ stream, level: 'trace' })));
}

/** One JSON line for each event. What could hold a secret is blanked, wherever it stands. */
export function createLog(
  level: Config['logLevel'],
  destination: DestinationStream = createOutput(process.stdout.fd),
): Logger {
  const options = { level, base: null, redact: { paths: SECRETS, censor: '[secret]' } };
  return pino(options, destination);
}

const SECRETS = [
  'password',
  'current',
  'next',
  'cookie',
  'authorization',
  'sessionId',
  'phc',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*["set-${name}"]`]);

/** Reading is the daily traffic of ten thousand screens: it is logged only when someone looks. */
export function createRequestLog(log: Logger): RequestLog {
  return {
    answered: (line) => log[levelOf(line)](line, 'answered'),
    failed: (requestId, error) => log.error({ requestId, err: error }, 'a request failed'),
  };
}

/** A screen that nobody has approved yet offers its key every minute. */
const OFFER = /^\/api\/screens\/[^/]+\/pairing$/;

function levelOf({ method, path, status }: Answered): 'debug' | 'info' | 'warn' {
  if (status >= 500) return 'warn';
  if (method === 'GET' || method === 'HEAD') return 'debug';
  return OFFER.test(path) ? 'debug' : 'info';
}
