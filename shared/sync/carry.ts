import type { Result } from '../kit/result.ts';
import { accepted, refused } from '../kit/result.ts';
import type { Problem } from '../protocol/report.ts';
import type { Proof } from './accept.ts';
import { acceptState, STATE_BYTES_MAX } from './accept.ts';
import type { Clock } from './clock.ts';
import { NEAR_MS, UNCONFIRMED_LIMIT_MS } from './clock.ts';
import type { Upstream } from './ports.ts';
import type { Inside } from './screen.ts';
import { keyOf } from './statements.ts';

/** `same`: the screen had that version already. `soon`: it activates within a minute. */
export type Taken = 'shown' | 'same' | 'soon';

/**
 * [SK3] Has an open screen take what was carried here: statements judged as any answer, then the
 * same fetching and verifying. Ends when it is shown, or says why not.
 */
export async function carry(inside: Inside, source: Upstream): Promise<Result<Taken, Problem>> {
  const { asking, showing, held, options, upstream } = inside;
  const before = showing.shown?.key;
  let answer: Result<'taken', Problem> = refused('fetching');
  await asking.insteadOfAsking(async () => {
    answer = await takeStatements(inside, source);
  });
  if (!answer.ok) return answer;
  // Objects only: what the screen asks meanwhile of its statements, it asks the hall.
  Object.assign(upstream, { ...source, state: upstream.state });
  try {
    await showing.work();
  } finally {
    Object.assign(upstream, options.ports.upstream);
  }
  const { target } = asking;
  if (target === undefined) return refused('bad-statement');
  const now = showing.shown?.key;
  if (keyOf(target) === now) return accepted(now === before ? 'same' : 'shown');
  const built = await held.contents.build(target, 'never');
  if (!('problem' in built)) return accepted('soon');
  const [problem = built.problem] = showing.problems.values();
  return refused(problem);
}

/** [SK3] All of what was carried here, or nothing of it: nobody could tell the parts apart. */
async function takeStatements(
  { asking, held, options }: Inside,
  source: Upstream,
): Promise<Result<'taken', Problem>> {
  const { time, trust, proofs } = held;
  const answer = await source.state(options.screen, STATE_BYTES_MAX);
  if (!answer.ok) return refused('bad-statement', answer.refusal);
  // [SK4] Its leases ended on the way, which is what they say of themselves.
  const known = { ...time.known(), proved: -Infinity };
  const result = await acceptState(answer.value, asking.standing(), trust, known);
  if (!result.ok) return result;
  const [refusal] = result.value.problems.values();
  if (refusal !== undefined) return refused(refusal);
  await asking.take(result.value, ({ head, lease }: Proof) => {
    const { signedAt } = lease.lease;
    // [SK5] The line may have brought the very same proof.
    if (signedAt > proofs.freshAt(head)) proofs.carriedAt = signedAt;
    time.adjust((clock, wall, m) => carryClock(clock, signedAt, wall, m));
  });
  await options.ports.notebooks[0].write('carried', String(proofs.carriedAt));
  const [problem] = asking.problems.values();
  return problem === undefined ? accepted('taken') : refused(problem);
}

/**
 * [SK4] A lease that was carried here: it was `signedAt` then, and is later now. That much is proved
 * and no more, so it raises the floor and never confirms. With the floor raised, CK3 is asked anew; a
 * device clock that agrees with the stick within the 72 hours of CK4 begins them again.
 */
export function carryClock(clock: Clock, signedAt: number, wall: number, m: number): Clock {
  const sample = signedAt - m;
  if (clock.state === 'confirmed') {
    const base = Math.max(clock.base, sample);
    return { ...clock, base, provedBase: base, offset: base + m - wall };
  }
  const proved = Math.max(clock.provedBase, sample);
  // Never confirmed, it stands on the device's clock alone, and nothing was shown by it.
  const floor = clock.offset === null ? proved : Math.max(clock.base, proved);
  const offset = clock.offset ?? 0;
  const estimate = wall + offset - m;
  const raised = { ...clock, base: floor, provedBase: proved };
  if (Math.abs(estimate - floor) > NEAR_MS) return { ...raised, state: 'lost' };
  const agrees = Math.abs(estimate - sample) <= UNCONFIRMED_LIMIT_MS;
  return {
    ...raised,
    state: 'unconfirmed',
    base: Math.max(floor, estimate),
    offset,
    ...(agrees ? { unconfirmedMs: 0, startedAt: m } : {}),
  };
}
