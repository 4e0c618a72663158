import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import type { Result } from '../shared/kit/result.ts';
import { accepted, refused } from '../shared/kit/result.ts';

/** Everything a start may be told, parsed once: from the environment and the command line. */
export interface Config {
  /** 0 lets the system choose one. */
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** Origin under which browsers reach the hall, such as `https://hall.example`. */
  readonly publicUrl: string | undefined;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** A file that gets the log too, begun anew at `bytes`; `files` old ones are kept beside it. */
  readonly logFile: LogFile | undefined;
  /** Whoever names it reads /metrics from anywhere; undefined leaves it to this machine. */
  readonly metricsToken: string | undefined;
  /** One password for every demonstration account, instead of one made for each. */
  readonly demoPassword: string | undefined;
  /** Addresses of reverse proxies whose `X-Forwarded-…` headers are believed. */
  readonly trustedProxies: readonly string[];
  /** Process id of the launcher, with which the server ends; undefined when it stands alone. */
  readonly launcher: number | undefined;
  readonly mode: 'demo' | 'empty';
  readonly dev: boolean;
  /** [TR10] Whoever starts the server has looked at its clock and says that it is right. */
  readonly confirmClock: boolean;
  /** The account that gets a new one-time password at this start. */
  readonly resetPassword: string | undefined;
}

export interface LogFile {
  readonly path: string;
  readonly bytes: number;
  readonly files: number;
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** A refused start names the setting and what it should be, in Chinese and English. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
): Result<Config, 'bad-setting'> {
  const flags = readFlags(args);
  if (!flags.ok) return flags;
  const named = SETTINGS.flatMap((name) => {
    const value = environment[name];
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  const parsed = settings.safeParse(Object.fromEntries(named));
  if (!parsed.success)
    return refused('bad-setting', parsed.error.issues.map(describe(environment)).join('\n'));
  const {
    PORT,
    HOST,
    DATA_DIR,
    PUBLIC_URL,
    LOG_LEVEL,
    LOG_FILE,
    LOG_FILE_MB,
    LOG_FILE_COUNT,
    METRICS_TOKEN,
    DEMO_PASSWORD,
    TRUSTED_PROXY,
    LAUNCHER_PID,
  } = parsed.data;
  return accepted({
    port: PORT,
    host: HOST,
    dataDir: DATA_DIR,
    publicUrl: PUBLIC_URL === undefined ? undefined : new URL(PUBLIC_URL).origin,
    logLevel: LOG_LEVEL,
    logFile:
      LOG_FILE === undefined
        ? undefined
        : { path: LOG_FILE, bytes: LOG_FILE_MB * 2 ** 20, files: LOG_FILE_COUNT },
    metricsToken: METRICS_TOKEN,
    demoPassword: DEMO_PASSWORD,
    trustedProxies: TRUSTED_PROXY,
    launcher: LAUNCHER_PID,
    mode: flags.value.empty ? 'empty' : 'demo',
    dev: flags.value.dev,
    confirmClock: flags.value['confirm-clock'],
    resetPassword: flags.value['reset-password'],
  });
}

const MEANINGS = {
  PORT: ['0 到 65535 的整数', 'a whole number from 0 to 65535'],
  HOST: ['本机的 IP 地址或 localhost', 'an IP address of this machine, or localhost'],
  DATA_DIR: ['数据文件夹的路径', 'the path of the data folder'],
  PUBLIC_URL: [
    '浏览器访问的地址，如 https://hall.example，不含路径',
    'the address browsers use, such as https://hall.example, without a path',
  ],
  LOG_LEVEL: [`${LOG_LEVELS.join('、')} 之一`, `one of ${LOG_LEVELS.join(', ')}`],
  LOG_FILE: ['日志文件的路径', 'the path of the log file'],
  LOG_FILE_MB: ['1 到 1024 的整数', 'a whole number from 1 to 1024'],
  LOG_FILE_COUNT: ['1 到 100 的整数', 'a whole number from 1 to 100'],
  METRICS_TOKEN: ['16 到 256 个字符，不含空格', '16 to 256 characters without spaces'],
  DEMO_PASSWORD: ['至少 10 个字符', 'at least 10 characters'],
  TRUSTED_PROXY: ['用逗号分开的 IP 地址', 'IP addresses separated by commas'],
  LAUNCHER_PID: ['启动程序的进程号', 'the process id of the launcher'],
} as const;
type Setting = keyof typeof MEANINGS;

const isSetting = (name: unknown): name is Setting =>
  typeof name === 'string' && Object.hasOwn(MEANINGS, name);
const SETTINGS = Object.keys(MEANINGS).filter(isSetting);

const matching = (is: (value: string) => boolean) => z.string().check(z.refine(is));

const wholeUpTo = (most: number, least = 0) =>
  z.pipe(
    matching(
      (value) => /^\d{1,10}$/.test(value) && Number(value) >= least && Number(value) <= most,
    ),
    z.transform(Number),
  );

const settings = z.strictObject({
  PORT: z._default(wholeUpTo(65_535), 4680),
  HOST: z._default(
    matching((value) => value === 'localhost' || isIP(value) !== 0),
    '127.0.0.1',
  ),
  DATA_DIR: z._default(
    matching((value) => !value.includes('\0')),
    './data',
  ),
  PUBLIC_URL: z.optional(matching(isOrigin)),
  LOG_LEVEL: z._default(z.enum(LOG_LEVELS), 'info'),
  LOG_FILE: z.optional(matching((value) => !value.includes('\0'))),
  LOG_FILE_MB: z._default(wholeUpTo(1024, 1), 10),
  LOG_FILE_COUNT: z._default(wholeUpTo(100, 1), 10),
  METRICS_TOKEN: z.optional(matching((value) => /^[!-~]{16,256}$/.test(value))),
  DEMO_PASSWORD: z.optional(z.string().check(z.minLength(10), z.maxLength(256))),
  TRUSTED_PROXY: z._default(
    z.pipe(
      z.string(),
      z.pipe(
        z.transform((value: string) => value.split(',').map((part) => part.trim())),
        z.array(matching((part) => isIP(part) !== 0)),
      ),
    ),
    [],
  ),
  LAUNCHER_PID: z.optional(wholeUpTo(4_294_967_295)),
});

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, pathname, search, hash, username, password } = new URL(value);
  const isBare =
    pathname === '/' && [search, hash, username, password].every((part) => part === '');
  return isBare && (protocol === 'http:' || protocol === 'https:');
}

const FLAGS = {
  empty: { type: 'boolean', default: false },
  dev: { type: 'boolean', default: false },
  'confirm-clock': { type: 'boolean', default: false },
  'reset-password': { type: 'string' },
} as const;

function readFlags(args: readonly string[]) {
  try {
    return accepted(parseArgs({ args: [...args], options: FLAGS, strict: true }).values);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refused(
      'bad-setting',
      `命令行参数无效；可用：--empty、--dev、--confirm-clock、--reset-password <账号> · invalid arguments: ${reason}`,
    );
  }
}

const SECRETS: ReadonlySet<Setting> = new Set(['DEMO_PASSWORD', 'METRICS_TOKEN']);

/** The value is repeated so that a slip is seen at once; a secret is not. */
function describe(environment: Readonly<Record<string, string | undefined>>) {
  return ({ path: [name] }: z.core.$ZodIssue): string => {
    if (!isSetting(name)) return `设置无效 · invalid setting: ${String(name)}`;
    const [zh, en] = MEANINGS[name];
    const given = SECRETS.has(name) ? name : `${name}=${environment[name] ?? ''}`;
    return `${given}：应为${zh} · must be ${en}`;
  };
}
