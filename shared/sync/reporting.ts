import type { ChannelId, ScreenId } from '../kit/ids.ts';
import type { Report } from '../protocol/statements.ts';
import type { Ordered } from '../trust/accept.ts';
import type { Condition, Generation } from './generation.ts';
import type { Clocks, Timer } from './ports.ts';
import type { Statements } from './statements.ts';

/** A report but for what the device adds: its count and the build of its shell. */
export type ReportBody = Omit<Report, 'seq' | 'shell'>;

export interface Reporting {
  painted(generation: Generation, showing: string | null, at: number): void;
  /** Tells what changed since it was last told; the item alone is told every ten seconds at most. */
  tell(): void;
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

export function createReporting(ports: ReportingPorts): Reporting {
  const painted = new Map<ChannelId, Ordered & { readonly at: number }>();
  let showing: string | null = null;
  let told = '';
  let toldShowing: string | null = null;
  let toldAt = -Infinity;
  let cancel: (() => void) | undefined;

  function channels(): ReportBody['channels'] {
    const { problems } = ports.condition();
    const heads = ports.accepted()?.heads;
    return [...(heads?.keys() ?? [])].map((channel) => {
      const head = heads?.get(channel)?.head;
      return {
        channel,
        accepted: head === undefined ? null : { epoch: head.epoch, version: head.version },
        painted: painted.get(channel) ?? null,
        problem: problems[channel] ?? null,
      };
    });
  }

  function send(): void {
    cancel?.();
    cancel = undefined;
    const body: ReportBody = {
      v: 1,
      screen: ports.screen,
      at: Math.max(0, ports.now()),
      clock: ports.condition().clock,
      channels: channels(),
      showing,
    };
    told = JSON.stringify([body.clock, body.channels]);
    toldShowing = showing;
    toldAt = ports.clocks.monotonic();
    ports.send(body);
  }

  function tell(): void {
    if (JSON.stringify([ports.condition().clock, channels()]) !== told) return send();
    if (showing === toldShowing || cancel !== undefined) return;
    cancel = ports.timer(toldAt + SHOWING_EVERY_MS, send);
  }

  return {
    tell,
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
    close: () => cancel?.(),
  };
}
