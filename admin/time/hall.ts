import { computed, signal } from '@preact/signals';
import type { ZoneTable } from '../../shared/domain/civil.ts';
import { zoneTable } from '../../shared/domain/civil.ts';
import type { OutputOf } from '../../shared/protocol/routes.ts';
import { call } from '../client/client.ts';
import { hearServerTime, now } from './clock.ts';

export type Hall = OutputOf<'hall'>;

/** The hall, once known. Every page needs its name, zone and board profiles. */
export const hall = signal<Hall | null>(null);

/** Asks again; keeps what is known when there is no answer. */
export async function askHall(): Promise<void> {
  const answer = await call('hall', {});
  if (!answer.ok) return;
  hearServerTime(answer.value.now);
  hall.value = answer.value;
}

const zoneName = computed(() => hall.value?.zone ?? 'Asia/Shanghai');

const YEAR_MS = 366 * 86_400_000;

/** The hall's zone over the years a form may name; times are the hall's, not the browser's. */
export const zone = computed<ZoneTable>(() => {
  const at = now();
  return zoneTable(zoneName.value, at - 20 * YEAR_MS, at + 20 * YEAR_MS);
});
