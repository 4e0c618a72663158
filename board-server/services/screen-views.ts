import { id, isRecordId, isScreenId } from '../../shared/kit/ids.ts';
import type { OutputOf } from '../../shared/protocol/routes.ts';
import type { Problem, Report } from '../../shared/protocol/report.ts';
import { hasPainted, screenGroup } from '../../shared/protocol/screen-state.ts';
import { compareOrder } from '../../shared/trust/accept.ts';
import type { ApprovedItems } from './approved-items.ts';
import type { Kept } from './collection.ts';
import type { Waiting } from './pairing.ts';
import type { Standing } from './screen-index.ts';
import type { HeardReport } from './kept-reports.ts';
import type { ChannelDocument, ScreenDocument } from './stored.ts';

export type ScreenView = OutputOf<'screens'>['screens'][number];

/** What is known of one screen besides its document. */
export interface ScreenNews {
  readonly report: HeardReport | undefined;
  /** [TK3] What it is said to have reported last bears a signature that is not its own. */
  readonly isForged: boolean;
  readonly waiting: Waiting | undefined;
  readonly connected: boolean;
  readonly program: ScreenView['program'];
  /** When its socket was last there, in this run of the server. */
  readonly seenAt: number | undefined;
  readonly channel: ChannelDocument | undefined;
}

/** One screen as the console shows it at `t`: what it should show, what it painted, and why not. */
export function screenViewOf(
  { id: name, value }: Kept<ScreenDocument>,
  news: ScreenNews,
  items: ApprovedItems,
  t: number,
): ScreenView {
  const { connected, seenAt } = news;
  const kept = news.report?.stored;
  const report = news.report?.said;
  // [SK7] What was carried here was seen when it was made, as far as its screen knew the time.
  const carried = kept?.via === 'stick' && report ? Math.min(report.at, kept.receivedAt) : null;
  const lastSeenAt = Math.max(connected ? t : 0, seenAt ?? 0, carried ?? kept?.receivedAt ?? 0);
  return {
    id: id(isScreenId, name),
    name: value.name,
    device: value.device,
    key: keyOf(value),
    waiting: waitingOf(news.waiting),
    connected,
    lastSeenAt: lastSeenAt === 0 ? null : lastSeenAt,
    clock: report?.clock ?? null,
    shell: report?.shell ?? null,
    program: news.program,
    channels: news.channel === undefined ? [] : [channelOf(news.channel, report, connected, t)],
    showing: showingOf(report, items),
    receiptAt: carried,
    forged: news.isForged,
  };
}

function waitingOf(waiting: Waiting | undefined): ScreenView['waiting'] {
  if (waiting === undefined) return null;
  const { code, fingerprint, expiresAt } = waiting;
  return { code, fingerprint, expiresAt };
}

function keyOf({ key }: ScreenDocument): ScreenView['key'] {
  return key === null
    ? { state: 'none' }
    : { state: 'paired', fingerprint: key.fingerprint, at: key.at };
}

function channelOf(
  { head, publishedAt }: ChannelDocument,
  report: Report | undefined,
  connected: boolean,
  t: number,
) {
  const { channel, epoch, version } = head;
  const wanted = { epoch, version, at: publishedAt };
  const said = report?.channels.find((entry) => entry.channel === channel);
  return {
    channel,
    wanted,
    painted: said?.painted ?? null,
    problem: connected ? problemOf(wanted, said, t) : null,
  };
}

/** Decoding and two frames take a fraction of this. */
const PAINTING_MS = 10_000;

/** Why a connected screen does not show what it should; null when it does, or says nothing yet. */
function problemOf(
  wanted: ScreenView['channels'][number]['wanted'],
  said: Report['channels'][number] | undefined,
  t: number,
): Problem | null {
  if (said === undefined) return null;
  if (said.problem !== null) return said.problem;
  if (said.painted !== null && compareOrder(said.painted, wanted) >= 0) return null;
  if (said.accepted === null || compareOrder(said.accepted, wanted) < 0) return 'fetching';
  return t - wanted.at < PAINTING_MS ? 'fetching' : 'not-painting';
}

/** [FL1] [FL2] The group a screen is in at `t`, and until when if nothing is heard. */
export function standingOf(view: ScreenView, programUntil: number, t: number): Standing {
  const { waiting, channels, connected } = view;
  const edges = [
    ...(waiting === null ? [] : [waiting.expiresAt]),
    ...channels.map(({ wanted }) => wanted.at + PAINTING_MS),
    programUntil,
  ];
  return {
    group: screenGroup(view, t),
    confirmed: connected && hasPainted(view),
    until: Math.min(...edges.filter((at) => at > t)),
  };
}

function showingOf(report: Report | undefined, items: ApprovedItems): ScreenView['showing'] {
  const [record] = report?.showing?.split('/') ?? [];
  if (record === undefined || !isRecordId(record)) return null;
  return { record, title: items.get(record)?.item.listing.title ?? '' };
}
