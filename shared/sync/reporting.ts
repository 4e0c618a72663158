import type { ChannelId, ScreenId } from '../kit/ids.ts';
import type { Report } from '../protocol/report.ts';
import type { Ordered } from '../trust/accept.ts';
import type { Condition, Generation } from './generation.ts';
import type { Clocks, Timer } from './ports.ts';
import type { Statements } from './statements.ts';

/** A report but for what the device adds: its count and the build of its shell. */
export type ReportBody = Omit<Report, 'seq' | 'shell'>;

export interface Reporting {
  painted(generation: Generation, showing: string | null, at: number): void;
  /**
   * Tells what changed since it was last told: at once what hinders the screen, a quarter of a second
   * later what stands on its glass, after two seconds what is still being fetched, and every ten
   * seconds at most the item alone.
   */
  tell(): void;
  /** What would be told now. */
  body(): ReportBody;
  /** A connection came up: whoever listens now knows nothing yet. */
  tellAgain(): void;
  close(): void;
}

export interface ReportingPorts {
  readonly screen: ScreenId;
  readonly send: (body: ReportBody) => void;
  readonly clocks: Clocks;
  readonly timer: Timer;
  readonly now: () => number;
  readonly condition: () => Condition;
  readonly accepted: () => Statements | undefined;
}

const SHOWING_EVERY_MS = 10_000;
/** Until then the other screens of the hall can flip, and the server has nothing else to do. */
const PAINTED_MS = 250;
/** What is only on its way is told after so long: a publish costs each screen one report, not four. */
const UNDER_WAY_MS = 2000;

export function createReporting(ports: ReportingPorts): Reporting {
  const { clocks, timer } = ports;
  const painted: Map<ChannelId, Painted> = new Map();
  let showing: string | null = null;
  let told: News = { hindered: '', painted: '', underWay: '', showing: null };
  let toldAt = -Infinity;
  let waiting: { readonly at: number; readonly cancel: () => void } | undefined;

  const channels = () => channelsOf(ports, painted);
  const news = (): News => newsOf(ports.condition().clock, channels(), showing);

  const body = (): ReportBody => ({
    v: 1,
    screen: ports.screen,
    at: Math.max(0, ports.now()),
    clock: ports.condition().clock,
    channels: channels(),
    showing,
  });

  function send(): void {
    waiting?.cancel();
    waiting = undefined;
    told = news();
    toldAt = clocks.monotonic();
    ports.send(body());
  }

  function sendBy(at: number): void {
    if (waiting !== undefined && waiting.at <= at) return;
    waiting?.cancel();
    const cancel = timer(at, () => {
      waiting = undefined;
      const next = news();
      const isOld = next.underWay === told.underWay && next.showing === told.showing;
      if (!isOld) send();
    });
    waiting = { at, cancel };
  }

  function tell(): void {
    const next = news();
    if (next.hindered !== told.hindered) return send();
    if (next.painted !== told.painted) return sendBy(clocks.monotonic() + PAINTED_MS);
    if (next.underWay !== told.underWay) return sendBy(clocks.monotonic() + UNDER_WAY_MS);
    if (next.showing !== told.showing) sendBy(toldAt + SHOWING_EVERY_MS);
  }

  return {
    tell,
    body,
    tellAgain: send,
    painted(generation, item, at) {
      for (const { channel, head } of generation.channels) {
        const last = painted.get(channel);
        if (last?.epoch === head.epoch && last.version === head.version) continue;
        painted.set(channel, { epoch: head.epoch, version: head.version, at });
      }
      showing = item;
      tell();
    },
    close: () => waiting?.cancel(),
  };
}

type Painted = Ordered & { readonly at: number };

function channelsOf(
  { condition, accepted }: ReportingPorts,
  painted: ReadonlyMap<ChannelId, Painted>,
): ReportBody['channels'] {
  const { problems } = condition();
  return [...(accepted()?.heads ?? [])].map(([channel, { head }]) => ({
    channel,
    accepted: { epoch: head.epoch, version: head.version },
    painted: painted.get(channel) ?? null,
    problem: problems[channel] ?? null,
  }));
}

/** What a report says, by how soon it must be told; equal texts say the same. */
interface News {
  /** What hinders it, and the clock. */
  readonly hindered: string;
  /** What stands on the glass. */
  readonly painted: string;
  /** All of that, with what is accepted and being fetched. */
  readonly underWay: string;
  readonly showing: string | null;
}

function newsOf(
  clock: ReportBody['clock'],
  channels: ReportBody['channels'],
  showing: string | null,
): News {
  const hindered = channels.map(({ channel, problem }) => [
    channel,
    problem === 'fetching' ? null : problem,
  ]);
  return {
    hindered: JSON.stringify([clock, hindered]),
    painted: JSON.stringify(channels.map(({ channel, painted }) => [channel, painted])),
    underWay: JSON.stringify([clock, channels]),
    showing,
  };
}
