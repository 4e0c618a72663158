import { faultsOfCard } from '../../shared/domain/hall-card.ts';
import type { HallCard } from '../../shared/domain/release.ts';
import { minutesOf, timeOf } from '../time/moment.ts';
import type { Words } from '../words/zh.ts';

/** A hall card as typed: a time that was cleared is empty, and not what it was before. */
export interface CardFields extends Omit<HallCard, 'hours'> {
  readonly hours: readonly HoursFields[];
}

export interface HoursFields {
  readonly from: string;
  readonly until: string;
}

export function fieldsOf({ hours, ...card }: HallCard): CardFields {
  return {
    ...card,
    hours: hours.map(({ fromMinute, untilMinute }) => ({
      from: timeOf(fromMinute),
      until: timeOf(untilMinute),
    })),
  };
}

/** The card that is meant, hours oldest first, or what is still wrong with it, as sentences. */
export function cardOf(fields: CardFields, w: Words): HallCard | readonly string[] {
  const hours = fields.hours.flatMap(({ from, until }) => {
    const [fromMinute, untilMinute] = [minutesOf(from), minutesOf(until)];
    return fromMinute === undefined || untilMinute === undefined
      ? []
      : [{ fromMinute, untilMinute }];
  });
  const card = {
    ...fields,
    name: fields.name.trim(),
    phone: fields.phone.trim(),
    hours: hours.sort((a, b) => a.fromMinute - b.fromMinute),
  };
  const faults = new Set(faultsOfCard(card));
  if (hours.length < fields.hours.length) faults.add('hours');
  if (faults.size === 0) return card;
  const said = { name: w.required(w.settings.hallName), ...w.settings.cardFaults };
  return [...faults].map((fault) => said[fault]);
}
