import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Server } from 'node:http';
import { accepted, refused } from '../shared/kit/result.ts';
import type { Result } from '../shared/kit/result.ts';
import type { Failure, Reset } from './announcement.ts';
import { announce, announcePasswords, explain, troubles } from './announcement.ts';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { readConfig } from './config.ts';
import type { FirstStart } from './first-start.ts';
import { furnish } from './first-start.ts';
import { clock, monotonic, openHall, random } from './hall.ts';
import type { Hall } from './hall.ts';
import { attachLive } from './live/live.ts';
import type { Logger } from './log.ts';
import { createLog, createRequestLog, logDestination } from './log.ts';
import type { Metrics } from './metrics/metrics.ts';
import { createMetrics, METRICS_TYPE } from './metrics/metrics.ts';
import { timedFileSystem } from './metrics/timed-file-system.ts';
import { createOutput } from './output.ts';
import { keepShells } from './routes/kept-shells.ts';
import { objectListener } from './routes/object-listener.ts';
import type { Front } from './routes/pages.ts';
import type { ShellFiles } from './routes/shell-files.ts';
import { readShellFiles } from './routes/shell-files.ts';
import { stateListener } from './routes/state-listener.ts';
import { isOwnSocket, readSocketSessionId } from './routes/visit.ts';
import { SYSTEM } from './services/audit.ts';
import { confirmClock } from './services/clock.ts';
import type { HallServices } from './services/hall-services.ts';
import { resetPassword } from './services/recovery.ts';
import { HALL } from './services/stored.ts';
import { present } from '../shared/kit/assert.ts';
import { startServer } from './server.ts';
import { urlHost } from './tls/names.ts';
import type { HallTls } from './tls/tls-files.ts';
import { reachFolder } from './reach-folder.ts';
import { expiresSoon, readTls } from './tls/tls-files.ts';
import { nodeFileSystem } from './store/node-file-system.ts';

const output = createOutput(process.stdout.fd);
const errors = createOutput(process.stderr.fd);

const config = readConfig(process.env, process.argv.slice(2));
if (config.ok) await run(config.value);
else leave(2, `${config.detail ?? ''}\n`);

/** From an empty process to an open hall, and back on a signal. */
async function run(config: Config): Promise<void> {
  const log = createLog(config.logLevel, logDestination(output, config.logFile));
  const metrics = createMetrics();
  process.once('uncaughtException', (error) => {
    log.fatal({ err: error }, 'a fault ended the server');
    leave(1, '服务器因故障停止，详见日志。\nA fault ended the server; see the log.\n');
  });
  const reached = await reachFolder(resolve(config.dataDir));
  if (!reached.ok) return leave(1, explain(reached.refusal, reached.detail));
  const certificate = await readTls(`${resolve(config.dataDir)}/tls`);
  if (!certificate.ok) return leave(1, explain(certificate.refusal, certificate.detail));
  const tls = certificate.value;
  const disk = timedFileSystem(nodeFileSystem, monotonic, metrics.synced);
  const opened = await openHall(config, log, disk);
  if (!opened.ok) return leave(1, explain(opened.refusal, opened.detail));
  const hall = opened.value;
  const prepared = await prepare(hall, config, log);
  if (!prepared.ok) {
    await hall.close();
    return leave(1, explain(prepared.refusal, prepared.detail));
  }
  metrics.watch(hall, clock);
  const server = await openDoor({ hall, tls, config, log, metrics });
  const { first, reset } = prepared.value;
  if (!server.ok) {
    await hall.close();
    // The hall is made all the same, and the next start knows its passwords no more.
    process.stdout.write(announcePasswords(first, reset));
    return leave(
      1,
      explain('not-listening', `${config.host}:${config.port} ${server.detail ?? ''}`),
    );
  }
  stopOnSignals(config, async (reason) => {
    log.info({ reason }, 'stopping');
    hall.announceStop();
    await server.value.close();
    await hall.close();
    log.info('stopped');
  });
  const urls = addressesOf(config, tls, server.value.url);
  output.write(announce(urls, first, reset));
  warn(hall, tls, config, log);
}

/** What has to be done before anyone may come in. */
async function prepare(
  hall: Hall,
  config: Config,
  log: Logger,
): Promise<Result<{ first: FirstStart; reset: Reset | undefined }, Failure>> {
  if (config.confirmClock) {
    const confirmed = await confirmClock({ ...hall, ...hall.services }, SYSTEM);
    if (!confirmed.ok) return refused('not-furnished', confirmed.refusal);
  }
  const first = await furnish(hall, config, log);
  if (!first.ok) {
    return refused(isSaid(first.refusal) ? first.refusal : 'not-furnished', first.detail);
  }
  const account = config.resetPassword;
  if (account === undefined) return accepted({ first: first.value, reset: undefined });
  const person = hall.accounts.people.findByAccount(account);
  if (person === undefined || person.standing.state === 'closed')
    return refused('no-account', account);
  const password = await resetPassword({ ...hall, ...hall.accounts }, person, clock());
  if (!password.ok) return refused('not-furnished', account);
  return accepted({ first: first.value, reset: { account, password: password.value } });
}

function isSaid(refusal: string): refusal is 'half-made' | 'damaged' {
  return refusal === 'half-made' || refusal === 'damaged';
}

/** This run and the requests of it by number: drawing for each at random would take longer than all its log. */
function createRequestIds(): () => string {
  const run = Buffer.from(random(6)).toString('base64url');
  let number = 0;
  return () => `${run}.${(number += 1).toString(36)}`;
}

/** What the door opens on. */
interface Opened {
  readonly hall: Hall;
  readonly tls: HallTls | undefined;
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Metrics;
}

async function openDoor({ hall, tls, config, log, metrics }: Opened) {
  const { services, accounts } = hall;
  const { publicUrl, trustedProxies } = config;
  const surroundings = { publicUrl, trustedProxies };
  const newRequestId = createRequestIds();
  const requestLog = metrics.counting(createRequestLog(log));
  const app = createApp({
    handlers: hall.handlers,
    sessions: accounts.sessions,
    objects: hall.objects,
    deltas: services.deltas,
    shells: config.dev ? new Map() : await openShells(config, log),
    surroundings,
    tls,
    front: () => frontOf(services),
    obstacles: () => hall.obstacles(),
    newRequestId,
    clock,
    monotonic,
    log: requestLog,
    metrics: { type: METRICS_TYPE, text: metrics.text, token: config.metricsToken },
  });
  const attach = (server: Server) =>
    attachLive(server, {
      announcer: services.announcer,
      screens: services.screens.port,
      isOwnOrigin: (request) => isOwnSocket(request, surroundings),
      authenticate(request) {
        const session = accounts.sessions.peek(readSocketSessionId(request, surroundings), clock());
        return session !== undefined && !session.mustChangePassword;
      },
      monotonic,
      log: (message, error) => log.warn({ err: error }, message),
    });
  return startServer({
    ...config,
    certificate: tls?.server,
    fetch: app.fetch,
    before(next) {
      const short = { surroundings, newRequestId, monotonic, log: requestLog };
      const states = stateListener({ ...short, state: services.screens.state }, next);
      return objectListener({ ...short, objects: hall.objects }, states);
    },
    attach,
  });
}

/** The clients of this build, and the chunks of the one before. */
async function openShells({ dataDir }: Config, log: Logger): Promise<ShellFiles> {
  const dist = fileURLToPath(new URL('../dist', import.meta.url));
  try {
    return readShellFiles(dist, await keepShells(dist, resolve(dataDir, 'shells')));
  } catch (error) {
    // A full disk must not keep the hall shut: pages opened before an upgrade load anew.
    log.warn({ err: error }, 'the chunks of the build before are not kept');
    return readShellFiles(dist);
  }
}

/** Each screen under its launch address, which pins the root it trusts. */
function frontOf({ collections, signer }: HallServices): Front {
  const hall = present(collections.halls.get(HALL), 'hall').value.card;
  const screens = collections.screens.list().map(({ id, value: { name, device } }) => {
    const { kind } = device;
    return { name, kind, address: `/${kind}/?screen=${id}&root=${signer.rootFingerprint}` };
  });
  return { hall, screens };
}

/** Where browsers reach the hall: under its names, and on this machine always by loopback. */
function addressesOf(
  { publicUrl, host }: Config,
  tls: HallTls | undefined,
  listening: string,
): readonly string[] {
  if (publicUrl !== undefined) return [publicUrl];
  if (tls === undefined || isLoopbackHost(host)) return [listening];
  const { port } = new URL(listening);
  const local = host === '0.0.0.0' || host === '::' ? [`http://127.0.0.1:${port}`] : [];
  return [...tls.names.map((name) => `https://${urlHost(name)}:${port}`), ...local];
}

function isLoopbackHost(host: string): boolean {
  return host === '127.0.0.1' || host === '::1' || host === 'localhost';
}

/** What works now but will not do in a real hall. */
function warn(hall: Hall, tls: HallTls | undefined, config: Config, log: Logger): void {
  const speaksHttps = tls !== undefined || config.publicUrl?.startsWith('https:') === true;
  if (!isLoopbackHost(config.host) && !speaksHttps) errors.write(explain('plain', undefined));
  if (tls !== undefined && expiresSoon(tls, clock())) {
    errors.write(explain('expiring', new Date(tls.expiresAt).toISOString()));
  }
  for (const obstacle of hall.obstacles())
    log.warn({ obstacle }, 'the hall is open, but not ready');
  errors.write(
    troubles({
      isRestored: hall.services.signer.isHeld,
      damage: [
        ...hall.store.status().damage.map(({ file }) => `store/${file}`),
        ...hall.services.signer.damage.map(({ file }) => `keys/${file}`),
      ],
    }),
  );
  const suspicion = hall.services.signer.suspicion();
  if (suspicion !== undefined) {
    errors.write(
      `服务器时钟可疑（${suspicion}），暂停签发。核对时间后执行：npm start -- --confirm-clock\n` +
        'The server’s clock is suspect and nothing is signed. Check the time, then run the above.\n',
    );
  }
}

/** Stops once, in order; a second signal does not wait. */
function stopOnSignals({ launcher }: Config, close: (reason: string) => Promise<void>): void {
  let stopping = false;
  const stop = (reason: string): void => {
    if (stopping) leave(1, '');
    stopping = true;
    close(reason).then(
      () => leave(0, ''),
      (error: unknown) => leave(1, `${String(error)}\n`),
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.on(signal, () => stop(signal));
  if (launcher === undefined || launcher !== process.ppid) return;
  // No event tells a process that its parent was killed.
  const watch = setInterval(() => {
    if (process.ppid === launcher) return;
    clearInterval(watch);
    stop('the launcher is gone');
  }, 500);
}

function leave(code: number, message: string): void {
  errors.write(message);
  process.exit(code);
}
