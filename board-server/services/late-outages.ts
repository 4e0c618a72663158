import type { Outage } from '../../shared/domain/outage.ts';
import { lossesOf } from '../../shared/domain/outage.ts';
import type { Layer } from '../../shared/domain/programme.ts';
import type { ProfileId, RecordId } from '../../shared/kit/ids.ts';
import { id, isScreenId } from '../../shared/kit/ids.ts';
import type { OutageView, OutputOf } from '../../shared/protocol/routes.ts';
import type { Approved, ApprovedItems } from './approved-items.ts';
import type { Kept } from './collection.ts';
import type { HallTables } from './hall-calendar.ts';
import { pastLayers } from './past-layers.ts';
import type { Screens } from './screens.ts';
import type { Collections, ScreenDocument } from './stored.ts';

interface LateDeps {
  readonly collections: Pick<Collections, 'slots' | 'screens'>;
  readonly items: ApprovedItems;
  readonly screens: Pick<Screens, 'outages'>;
}

/** Over a weekend and the night after it. */
const LATE_MS = 3 * 86_400_000;
const MOST_OUTAGES = 30;
const MOST_LOSSES = 12;

/** What was down lately, for how long, and which notices it cost display time. [DY4] */
export function lateOutages(
  { collections, items, screens }: LateDeps,
  tables: HallTables,
  t: number,
): Pick<OutputOf<'today'>, 'outages' | 'moreOutages' | 'downs'> {
  const isLate = (until: number | null): boolean => until === null || until > t - LATE_MS;
  const late = collections.screens
    .list()
    .flatMap((screen) => screens.outages.of(screen.id).map((outage) => ({ screen, outage })))
    .filter(({ outage }) => isLate(outage.until))
    .sort((a, b) => urgencyOf(a.outage) - urgencyOf(b.outage) || b.outage.since - a.outage.since);
  const all = items.list();
  const approved = new Map(all.map((each) => [each.item.record, each]));
  const slots = collections.slots.list().map(({ value }) => value);
  const layersFor = new Map<ProfileId, readonly Layer[]>();
  const layersOf = (profile: ProfileId): readonly Layer[] => {
    const layers = layersFor.get(profile) ?? pastLayers(slots, approved, tables, profile);
    layersFor.set(profile, layers);
    return layers;
  };
  return {
    outages: late
      .slice(0, MOST_OUTAGES)
      .map(({ screen, outage }) => viewOf(screen, outage, { approved, layersOf }, t)),
    moreOutages: Math.max(0, late.length - MOST_OUTAGES),
    downs: screens.outages
      .server()
      .filter(({ until }) => isLate(until))
      .reverse(),
  };
}

/** What lasts first, then what may have cost time, last what played on. */
function urgencyOf(outage: Outage): number {
  if (outage.until === null) return 0;
  return outage.kind === 'silent' && outage.glass.known === 'played' ? 2 : 1;
}

interface Known {
  readonly approved: ReadonlyMap<RecordId, Approved>;
  readonly layersOf: (profile: ProfileId) => readonly Layer[];
}

function viewOf(
  { id: screen, value: { name, device } }: Kept<ScreenDocument>,
  outage: Outage,
  { approved, layersOf }: Known,
  t: number,
): OutageView {
  // A touch screen shows what people ask for: nothing on it has a time of its own to lose.
  const layers = device.kind === 'board' ? layersOf(device.profile) : [];
  const approvedAt = (record: RecordId): number => approved.get(record)?.approvedAt ?? -Infinity;
  const losses = lossesOf(outage, layers, approvedAt, t)
    .flatMap(({ record, ms, known }) => {
      const listing = approved.get(record)?.item.listing;
      return listing === undefined
        ? []
        : [{ record, title: listing.title, category: listing.category, ms: Math.round(ms), known }];
    })
    .sort((a, b) => Number(isLegal(b)) - Number(isLegal(a)) || b.ms - a.ms);
  return {
    screen: id(isScreenId, screen),
    name,
    device: device.kind,
    since: outage.since,
    until: outage.until,
    ...glassOf(outage),
    losses: losses.slice(0, MOST_LOSSES),
    moreLosses: Math.max(0, losses.length - MOST_LOSSES),
  };
}

/** 公示 has a period that must be kept. */
const isLegal = ({ category }: { readonly category: string }): boolean => category === '公示';

function glassOf(outage: Outage): Pick<OutageView, 'glass' | 'paintedAt'> {
  if (outage.kind === 'behind') return { glass: 'behind', paintedAt: null };
  const { glass } = outage;
  switch (glass.known) {
    case 'nothing':
      return { glass: 'unknown', paintedAt: null };
    case 'played':
      return { glass: 'played', paintedAt: null };
    case 'restarted':
      return { glass: 'restarted', paintedAt: glass.paintedAt };
  }
}
