import { expect, test } from 'vitest';
import { killRounds } from './kill-rounds.ts';
import { temporaryFolder } from './open-journal.ts';

// The bench `crash` does the same a thousand times.

test(
  '[ST1] [ST2] kill -9 at any moment loses no acknowledged commit and tears none',
  { timeout: 60_000 },
  async () => {
    const tally = await killRounds({ folder: await temporaryFolder(), rounds: 20, seed: 7 });
    expect(tally).toMatchObject({ kills: 20, lost: 0, torn: 0, examples: [] });
    expect(tally.acknowledged).toBeGreaterThan(50);
  },
);
