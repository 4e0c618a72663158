import type { Database } from '../../device/database.ts';
import { openDatabase } from '../../device/database.ts';
import { openDeviceKey } from '../../device/device-key.ts';

/** [WA3] A browser is one device: what was approved for the screen's own page counts in the frame. */
export async function shareKey(from: string, to: string): Promise<void> {
  const [own, framed] = [await openDatabase(from), await openDatabase(to)];
  if (own !== undefined && framed !== undefined) await copyKey(own, framed);
  own?.close();
  framed?.close();
}

async function copyKey(own: Database, framed: Database): Promise<void> {
  await openDeviceKey(own);
  const pair: unknown = await own.read('keys', (store): IDBRequest<unknown> => store.get('device'));
  await framed.write('keys', (store) => void store.put(pair, 'device'));
}
