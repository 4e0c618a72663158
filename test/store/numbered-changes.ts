import { hash } from 'node:crypto';
import type { Change } from '../../board-server/store/store.ts';
import type { Json } from '../../shared/kit/json.ts';

/** What is written again and again by processes that are killed: change by change, by number alone. */

export const AUDIT = 'audit';
export const COLLECTIONS = ['records', 'heads'];

export function numberedChange(number: number): Change {
  const record = { collection: 'records', id: `记录-${number % 7}` };
  const isRemoved = number % 11 === 0;
  return {
    puts: [
      ...(isRemoved ? [] : [{ ...record, value: { number, text: textOf(number) } }]),
      ...(number % 5 === 0 ? [{ collection: 'heads', id: 'hall', value: headOf(number) }] : []),
    ],
    removes: isRemoved ? [record] : [],
    appends: [{ log: AUDIT, value: number }],
  };
}

/** The object that must be kept before the head that names it. */
export function objectOf(number: number): Buffer {
  return Buffer.from(`object ${number} ${textOf(number + 1)}`);
}

function headOf(number: number): Json {
  return { number, object: hash('sha256', objectOf(number)) };
}

/** From nothing to several blocks. */
function textOf(number: number): string {
  return '关于城北大街停水的公告。'.repeat((number * 37) % 190);
}
