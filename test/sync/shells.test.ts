import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasRested } from '../../kiosk/device/shell-rest.ts';
import { readShellText, shellText } from '../../shared/protocol/shell.ts';
import type { Shells } from '../../shared/sync/shells.ts';
import {
  beginBoot,
  endBoot,
  firstShells,
  isOnTrial,
  isRefused,
  readShells,
  rolledBackFrom,
  takeOver,
} from '../../shared/sync/shells.ts';

const OLD = '0'.repeat(12);
const NEW = '1'.repeat(12);
const NEXT = '2'.repeat(12);
const DOOR = '/board/?screen=door';
const HALL = '/board/?screen=hall';

const updated = (): Shells => takeOver(firstShells(OLD, []), NEW);
const boots = (shells: Shells, count: number, address = DOOR): Shells =>
  Array.from({ length: count }).reduce<Shells>((now) => beginBoot(now, address), shells);

test('[SH2] a shell that waits has rested after ten minutes, and not a millisecond sooner', () => {
  expect(hasRested(1000, 1000 + 10 * 60_000)).toBe(true);
  expect(hasRested(1000, 999 + 10 * 60_000)).toBe(false);
});

test('[SH3] the shell in use until now is the previous one, until the next update', () => {
  expect(updated()).toMatchObject({ use: NEW, previous: OLD });
  const proven = endBoot(boots(updated(), 1), DOOR, 'painted');
  expect(takeOver(proven, NEXT)).toMatchObject({ use: NEXT, previous: NEW, proven: [] });
  expect(takeOver(proven, NEW)).toBe(proven);
});

test('[SH4] the fourth boot after three without a picture is of the previous shell', () => {
  expect(boots(updated(), 3).use).toBe(NEW);
  const back = boots(updated(), 4);
  expect(back).toMatchObject({ use: OLD, previous: null });
  expect(back.failed).toEqual([{ build: NEW, why: 'not-painted' }]);
  expect(boots(back, 9)).toBe(back);
});

test('[SH4] a picture proves the address for good, and no other address', () => {
  const proven = endBoot(boots(updated(), 3), DOOR, 'painted');
  expect(boots(proven, 9).use).toBe(NEW);
  expect(isOnTrial(proven, DOOR)).toBe(false);
  expect(isOnTrial(proven, HALL)).toBe(true);
  expect(boots(proven, 4, HALL).use).toBe(OLD);
});

test('[SH4] four screens of one browser that begin together are four first boots', () => {
  const walls = ['a', 'b', 'c', 'd'].map((name) => `/board/?screen=${name}`);
  expect(walls.reduce(beginBoot, updated()).use).toBe(NEW);
});

test('[SH4] a first shell has nothing to go back to, and is not counted', () => {
  const first = firstShells(OLD, [OLD]);
  expect(boots(first, 9)).toBe(first);
});

test('[SH5] what failed is named with its reason, and is refused from then on', () => {
  const threw = endBoot(boots(updated(), 3), DOOR, 'threw');
  const back = boots(threw, 1);
  expect(rolledBackFrom(back)).toEqual({ build: NEW, why: 'threw' });
  expect(isRefused(back, NEW)).toBe(true);
  expect(takeOver(back, NEW)).toBe(back);
  const onwards = takeOver(back, NEXT);
  expect(onwards).toMatchObject({ use: NEXT, previous: OLD });
  expect(isRefused(onwards, NEW)).toBe(true);
  expect(isRefused(onwards, NEXT)).toBe(false);
  expect(rolledBackFrom(onwards)).toBeNull();
});

test('[SH4] when the memory is lost, another shell that is there is the one to go back to', () => {
  expect(boots(firstShells(NEW, [NEW, OLD]), 4).use).toBe(OLD);
});

test('[SH4] what is written is read back, and what was never written is not taken for it', () => {
  const shells = endBoot(boots(updated(), 2), DOOR, 'threw');
  const back = boots(shells, 2);
  for (const one of [firstShells(OLD, []), shells, back]) {
    expect(readShells(JSON.parse(JSON.stringify(one)))).toEqual(one);
  }
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const read = readShells(value);
      expect(read === undefined || typeof read.use === 'string').toBe(true);
    }),
  );
  expect(readShells({ ...back, use: '../other' })).toBeUndefined();
  expect(readShells(null)).toBeUndefined();
});

test('[SH4] whatever happens, the shell in use is one that was installed and is not refused', () => {
  const step = fc.oneof(
    fc.record({ boot: fc.constantFrom(DOOR, HALL) }),
    fc.record({ end: fc.constantFrom(DOOR, HALL), how: fc.constantFrom('painted', 'threw') }),
    fc.record({ update: fc.constantFrom(NEW, NEXT, '3'.repeat(12)) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let shells = firstShells(OLD, []);
      for (const one of steps) {
        if ('boot' in one) shells = beginBoot(shells, one.boot);
        else if ('update' in one) shells = takeOver(shells, one.update);
        else shells = endBoot(shells, one.end, one.how);
        expect(isRefused(shells, shells.use)).toBe(false);
        expect(shells.previous).not.toBe(shells.use);
      }
    }),
  );
});

test('[SH5] a report names the build that runs, and the one it was rolled back from', () => {
  const plain = { build: OLD, rolledBackFrom: null };
  const back = { build: OLD, rolledBackFrom: { build: NEW, why: 'not-painted' } } as const;
  for (const shell of [plain, back]) {
    expect(shellText(shell).length).toBeLessThanOrEqual(64);
    expect(readShellText(shellText(shell))).toEqual(shell);
  }
  expect(readShellText('screen-C_JHwGSk.js')).toBeUndefined();
  expect(readShellText(`${OLD} after ${NEW} because`)).toBeUndefined();
});
