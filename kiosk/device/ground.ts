import type { Database } from './database.ts';
import { openDatabase } from './database.ts';
import { holdScreen } from './sole-page.ts';

/** What a screen in this browser stands on; a page may begin it before its program is there. */
export interface Ground {
  readonly database: Database | undefined;
  /** Lets the next page be this screen. */
  leave(): void;
}

export async function openGround(name: string): Promise<Ground> {
  const leave = await holdScreen(name);
  return { database: await openDatabase(name), leave };
}
