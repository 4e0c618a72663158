import fc from 'fast-check';
import { expect, test } from 'vitest';
import { id, isSha256 } from '../../shared/kit/ids.ts';
import type { KnownTime } from '../../shared/trust/accept.ts';
import {
  acceptLease,
  acceptOrdered,
  compareOrder,
  LEASE_AHEAD_MS,
} from '../../shared/trust/accept.ts';

const [A, B] = [id(isSha256, 'a'.repeat(64)), id(isSha256, 'b'.repeat(64))];

test('[TR4] newer is taken, the same is nothing new, older and differing are refused', () => {
  const have = { epoch: 2, version: 5, digest: A };
  expect(acceptOrdered(undefined, have)).toEqual({ ok: true, value: 'newer' });
  expect(acceptOrdered(have, { epoch: 2, version: 6, digest: B })).toEqual({
    ok: true,
    value: 'newer',
  });
  expect(acceptOrdered(have, { epoch: 3, version: 0, digest: B })).toEqual({
    ok: true,
    value: 'newer',
  });
  expect(acceptOrdered(have, have)).toEqual({ ok: true, value: 'same' });
  expect(acceptOrdered(have, { ...have, digest: B })).toEqual({ ok: false, refusal: 'conflict' });
  expect(acceptOrdered(have, { epoch: 1, version: 9, digest: B })).toEqual({
    ok: false,
    refusal: 'rollback',
  });
});

test('[TR4] whatever is offered in whatever order, the highest order never falls', () => {
  const mark = fc.record({ epoch: fc.nat(3), version: fc.nat(5), digest: fc.constantFrom(A, B) });
  fc.assert(
    fc.property(fc.array(mark), (offers) => {
      let highest = undefined as (typeof offers)[number] | undefined;
      for (const offer of offers) {
        const before = highest;
        if (acceptOrdered(highest, offer).ok) highest = offer;
        expect(
          before === undefined || (highest !== undefined && compareOrder(highest, before) >= 0),
        ).toBe(true);
      }
    }),
    { seed: 41 },
  );
});

const LEASE = { head: A, signedAt: 1_000_000, expires: 1_600_000 };
const at = (t: number): KnownTime => ({ proved: t, latest: t });
const known = (parts: Partial<KnownTime>): KnownTime => ({
  proved: 0,
  latest: undefined,
  ...parts,
});

test('[TR6] a lease counts for the head it names, and never goes back', () => {
  expect(acceptLease(-Infinity, A, LEASE, known({}))).toEqual({ ok: true, value: 'fresh' });
  expect(acceptLease(-Infinity, B, LEASE, known({}))).toEqual({ ok: false, refusal: 'other-head' });
  expect(acceptLease(1_000_001, A, LEASE, known({}))).toEqual({ ok: false, refusal: 'older' });
  expect(acceptLease(1_000_000, A, LEASE, known({}))).toEqual({ ok: true, value: 'fresh' });
});

test('[TR6] a lease is refused past its end and far ahead of trusted time', () => {
  expect(acceptLease(-Infinity, A, LEASE, at(1_599_999))).toEqual({ ok: true, value: 'fresh' });
  expect(acceptLease(-Infinity, A, LEASE, at(1_600_000))).toEqual({
    ok: false,
    refusal: 'expired',
  });
  expect(acceptLease(-Infinity, A, LEASE, at(1_000_000 - LEASE_AHEAD_MS))).toEqual({
    ok: true,
    value: 'fresh',
  });
  expect(acceptLease(-Infinity, A, LEASE, at(999_999 - LEASE_AHEAD_MS))).toEqual({
    ok: false,
    refusal: 'from-future',
  });
});
