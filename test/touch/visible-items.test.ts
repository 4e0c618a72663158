import { describe, expect, it } from 'vitest';
import { visibleItems } from '../../kiosk/touch/model/visible-items.ts';
import { freshnessAt } from '../../kiosk/touch/model/freshness.ts';
import type { Condition } from '../../shared/sync/generation.ts';
import { noticeOf, documentOf, september } from '../builders/records.ts';
import { channel, generationOf, publish } from '../builders/touch-screen.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const condition = (parts: Partial<Condition> = {}): Condition => ({
  freshAt: { [channel]: september(17, 9) },
  carriedAt: NaN,
  revoked: {},
  connected: true,
  clock: 'confirmed',
  problems: {},
  ...parts,
});
const water = await publish('water', {
  kind: 'notice',
  fields: noticeOf({ validFrom: september(17, 8), validUntil: september(19) }),
});
const rules = await publish(
  'rules',
  { kind: 'policy-document', fields: documentOf() },
  { publishedOn: '2026-08-10' },
);
const generation = generationOf([rules, water]);
const titles = (t: number, parts?: Partial<Condition>) =>
  visibleItems(generation, condition(parts), t).value.map(({ item }) => item.record);

describe('what citizens may see', () => {
  it('[SC9] a notice shows from its first millisecond until, not including, its end', () => {
    expect(titles(september(17, 8) - 1)).toEqual(['rules']);
    expect(titles(september(17, 8))).toEqual(['water', 'rules']);
    expect(titles(september(19) - 1)).toEqual(['water', 'rules']);
    expect(titles(september(19))).toEqual(['rules']);
  });

  it('[SC9] the answer names the moment until which it holds', () => {
    const span = visibleItems(generation, condition(), september(17, 10));
    expect(span.since).toBe(september(17, 8));
    expect(span.until).toBe(september(19));
    expect(visibleItems(generation, condition(), september(19)).until).toBe(Infinity);
  });

  it("[SC9] without proof for its kind's limit a notice leaves, a standing document stays", () => {
    const long = generationOf([rules]);
    expect(visibleItems(long, condition(), september(30)).value).toHaveLength(1);
    const freshAt = { [channel]: september(18) - 7 * DAY };
    expect(titles(september(18) - 1, { freshAt })).toEqual(['water', 'rules']);
    expect(titles(september(18), { freshAt })).toEqual(['rules']);
  });

  it('a withdrawn version is gone, a later one is not', async () => {
    const revoked = { [channel]: new Set(['water/1']) };
    expect(titles(september(17, 10), { revoked })).toEqual(['rules']);
    const again = await publish('water', { kind: 'notice', fields: noticeOf() }, { version: 2 });
    const next = generationOf([rules, again]);
    expect(visibleItems(next, condition({ revoked }), september(17, 10)).value).toHaveLength(2);
  });
});

const proved = september(17, 9);
const stateAt = (t: number, connected: boolean) =>
  freshnessAt(generation, condition({ connected }), t);

describe('what the glass says of its content', () => {
  it('[SC5] ten minutes without proof it is offline, after a day stale', () => {
    expect(stateAt(proved + 10 * MINUTE - 1, false).value.state).toBe('fresh');
    expect(stateAt(proved + 10 * MINUTE, false).value).toEqual({
      state: 'offline',
      provedAt: proved,
    });
    expect(stateAt(proved + DAY, false).value.state).toBe('stale');
    expect(stateAt(proved, false).until).toBe(proved + 10 * MINUTE);
  });

  it('[SC5] a server that proves nothing for ten minutes leaves the content stale, not offline', () => {
    expect(stateAt(proved + 10 * MINUTE, true).value.state).toBe('stale');
  });
});

describe('content that was carried', () => {
  const carriedAt = september(17, 9);
  const at = (t: number, parts: Partial<Condition> = {}) =>
    freshnessAt(generation, condition({ carriedAt, connected: false, ...parts }), t);

  it('[SK5] says so with the time of the export, whether or not the line is there', () => {
    for (const connected of [false, true]) {
      expect(at(september(20), { connected })).toEqual({
        value: { state: 'carried', provedAt: carriedAt },
        since: -Infinity,
        until: carriedAt + 30 * DAY,
      });
    }
  });

  it('[SK5] is stale after thirty days, and what the line proved since is no longer carried', () => {
    expect(at(carriedAt + 30 * DAY - 1).value.state).toBe('carried');
    expect(at(carriedAt + 30 * DAY).value.state).toBe('stale');
    const freshAt = { [channel]: carriedAt + MINUTE };
    expect(at(carriedAt + 2 * MINUTE, { freshAt }).value.state).toBe('fresh');
  });
});
