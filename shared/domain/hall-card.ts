import type { HallCard } from './release.ts';

/** [HC1] The fields of a hall card that cannot stand on a screen as they are. */
export function faultsOfCard({ name, phone, hours }: HallCard): ('name' | 'phone' | 'hours')[] {
  const isInOrder = hours.every(
    ({ fromMinute, untilMinute }, index) =>
      fromMinute < untilMinute && fromMinute >= (hours[index - 1]?.untilMinute ?? 0),
  );
  return [
    ...(name.trim() === '' ? (['name'] as const) : []),
    ...(isPhone(phone) ? [] : (['phone'] as const)),
    ...(isInOrder ? [] : (['hours'] as const)),
  ];
}

/** None, or something that can be dialled: `0312-5550123 转 8`, `12345`. */
function isPhone(phone: string): boolean {
  return phone.trim() === '' || (phone.match(/\d/g) ?? []).length >= 3;
}
