import type { CalendarTable, ZoneTable } from '../../shared/domain/civil.ts';
import { civilAt, dayAt, UTC } from '../../shared/domain/civil.ts';
import type { BoardProfile } from '../../shared/domain/profile.ts';
import type { ReleasedHall } from '../../shared/domain/release.ts';
import type { Span } from '../../shared/domain/span.ts';
import type { ClockState } from '../../shared/protocol/report.ts';
import type { Pairing } from '../../shared/sync/generation.ts';
import { officeHoursAt } from './office-hours.ts';
import { words } from './words.ts';

/** What surrounds the main zone: rows of text by zone. `tone` is drawn by the stage. */
export interface Glass {
  readonly name: string;
  readonly clock: string;
  readonly date: string;
  readonly freshness: readonly string[];
  readonly bottom: readonly string[];
  readonly demo: boolean;
  /** Freshness says that something is wrong. */
  readonly alarmed: boolean;
}

export interface GlassInput {
  readonly profile: BoardProfile;
  /** Undefined before the first release. */
  readonly hall: ReleasedHall | undefined;
  readonly zone: ZoneTable | undefined;
  readonly calendar: CalendarTable | undefined;
  /** signedAt of the newest proof; -Infinity before the first. */
  readonly freshAt: number;
  /** [SK5] Whether that proof was carried here. */
  readonly carried: boolean;
  readonly clock: ClockState;
  readonly pairing: Pairing;
}

/** Proof older than this is said to be old: leases come every minute. */
export const STALE_AFTER_MS = 10 * 60_000;
/** [SK5] A stick comes once in a while, and says when it was made. */
const CARRIED_STALE_AFTER_MS = 30 * 86_400_000;

/** What the glass says at `t` beside the item, until the next moment at which it could change. */
export function glassAt(input: GlassInput, t: number): Span<Glass> {
  const { hall, zone = UTC, calendar } = input;
  const nextMinute = (Math.floor(t / 60_000) + 1) * 60_000;
  const lost = input.clock === 'lost';
  const hours = hall && calendar && !lost ? officeHoursAt(hall, zone, calendar, t) : undefined;
  const alternates = input.pairing.state === 'waiting' || (hall?.demo ?? false);
  const nextTurn = alternates ? (Math.floor(t / ALTERNATE_MS) + 1) * ALTERNATE_MS : Infinity;
  const now = civilAt(zone, t);
  return {
    value: {
      name: hall?.name ?? words.appName,
      clock: lost || hall === undefined ? '--:--' : `${two(now.hour)}:${two(now.minute)}`,
      date: dateOf(input, now),
      freshness: freshnessOf(input, zone, t),
      bottom: bottomOf(input, hours === undefined ? undefined : officeWords(hours.value, zone)),
      demo: hall?.demo ?? false,
      alarmed: lost || t - input.freshAt > staleAfterMs(input),
    },
    since: t,
    until: Math.min(nextMinute, nextTurn, hours?.until ?? Infinity),
  };
}

/** Where there is one place for two things they take turns of four seconds. */
const ALTERNATE_MS = 4000;

function dateOf(input: GlassInput, now: ReturnType<typeof civilAt>): string {
  if (input.hall === undefined || input.clock === 'lost') return '';
  const narrow = input.profile.zones.date.columns < 5;
  if (input.clock === 'unconfirmed' && !narrow) return words.clockUnconfirmed;
  if (narrow) return `${two(now.month)}-${two(now.day)}`;
  return words.date(now.month, now.day, words.weekdays[now.weekday - 1] ?? '');
}

/** [SC5] The time of the newest proof, and words when it is old or time itself is in doubt. */
function freshnessOf(input: GlassInput, zone: ZoneTable, t: number): readonly string[] {
  const { profile, pairing, hall, freshAt } = input;
  const narrow = profile.zones.freshness.columns < 5;
  const odd = Math.floor(t / ALTERNATE_MS) % 2 === 1;
  if (narrow && pairing.state === 'waiting') {
    return odd
      ? [words.fingerprint, pairing.fingerprint.slice(0, 6)]
      : [words.pairingCode, pairing.code];
  }
  if (narrow && odd && hall?.demo === true) return words.demo;
  if (input.clock === 'lost') return narrow ? words.clockWrong : [words.clockWrong.join('')];
  if (!Number.isFinite(freshAt)) return [];
  const stamp = stampOf(zone, freshAt, t);
  if (input.carried) return narrow ? [words.carried, stamp] : [words.carriedAt(stamp)];
  if (narrow) return [t - freshAt > STALE_AFTER_MS ? words.stoppedAt : words.updatedAt, stamp];
  return [t - freshAt > STALE_AFTER_MS ? words.notUpdatedSince(stamp) : words.updatedAt + stamp];
}

const staleAfterMs = ({ carried }: GlassInput): number =>
  carried ? CARRIED_STALE_AFTER_MS : STALE_AFTER_MS;

/** `09:40` today, `9-17` on another day. */
function stampOf(zone: ZoneTable, at: number, t: number): string {
  const { month, day, hour, minute } = civilAt(zone, at);
  return dayAt(zone, at) === dayAt(zone, t) ? `${two(hour)}:${two(minute)}` : `${month}-${day}`;
}

function bottomOf(input: GlassInput, office: string | undefined): readonly string[] {
  const { hall, pairing } = input;
  if (pairing.state === 'waiting') {
    const shortPrint = pairing.fingerprint.slice(0, 12);
    return [`${words.pairingCode} ${pairing.code}`, `${words.fingerprint} ${shortPrint}`];
  }
  if (hall === undefined) return [words.reading];
  return [office ?? words.desk(hall.desk), words.telephone(hall.phone)];
}

function officeWords(
  hours: ReturnType<typeof officeHoursAt>['value'],
  zone: ZoneTable,
): string | undefined {
  switch (hours.state) {
    case 'open':
      return words.openUntil(clockTime(zone, hours.closesAt));
    case 'closed': {
      const time = clockTime(zone, hours.opensAt);
      if (hours.daysAhead === 0) return words.opensAt(words.today, time);
      const day =
        hours.daysAhead === 1 ? words.tomorrow : (words.weekdays[hours.weekday - 1] ?? '');
      return words.closedUntil(day, time);
    }
    case 'unknown':
      return undefined;
  }
}

function clockTime(zone: ZoneTable, at: number): string {
  const { hour, minute } = civilAt(zone, at);
  return `${hour}:${two(minute)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
