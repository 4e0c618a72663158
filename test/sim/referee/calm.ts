import { heardFrom } from '../../../board-server/services/kept-reports.ts';
import type { Box } from '../box/box.ts';
import type { People } from '../hall/people.ts';
import type { RunningHall } from '../hall/process.ts';
import type { Referee } from './referee.ts';
import type { Out, Truth } from './truth.ts';
import { orderOf } from './order.ts';

/** Liveness: once faults have ended for long enough, everything is as it should be everywhere. */
export function checkCalm(
  referee: Referee,
  truth: Truth,
  hall: RunningHall | undefined,
  people: People,
  boxes: readonly Box[],
  t: number,
): void {
  const suspicion = hall?.signer.suspicion();
  referee.check('convergence', hall !== undefined && suspicion === undefined, 'hall', () =>
    hall === undefined ? 'the server is down' : `its clock is ${suspicion}`,
  );
  const out = truth.newest();
  if (hall === undefined || out === undefined) return;
  checkKept(referee, hall, people, out, t);
  for (const box of boxes) if (box.isOn()) checkBox(referee, box, out, hall);
}

/** What people were told is kept and out; what they took down is out of it. */
function checkKept(
  referee: Referee,
  { collections }: RunningHall,
  { published, withdrawn }: People,
  out: Out,
  t: number,
): void {
  for (const [key, { record, version, from, until }] of published) {
    const kept = collections.items.get(record)?.value;
    referee.check(
      'server-keeps',
      kept !== undefined && kept.version >= version,
      'hall',
      () => `${key} was acknowledged and is gone`,
    );
    if (withdrawn.has(key)) {
      referee.check('server-keeps', !out.items.has(key), 'hall', () => `${key} is out again`);
    } else if (kept?.version === version && kept.withdrawn === null) {
      const item = out.items.get(key);
      // In its last minute it may be there or not.
      const mustBe = from <= t && until > t + 60_000;
      referee.check(
        'server-keeps',
        !mustBe || item !== undefined,
        'hall',
        () => `${key} is approved and not out`,
      );
    }
  }
}

function checkBox(referee: Referee, box: Box, out: Out, hall: RunningHall): void {
  const { watched, screen } = box;
  const open = box.open();
  const must = (holds: boolean, detail: () => string): void =>
    referee.check('convergence', holds, screen, detail);
  must(open !== undefined, () => 'its page did not open');
  if (open === undefined) return;
  const head = open.generation()?.channels[0]?.head;
  const { problems, clock, connected, revoked } = open.condition();
  const reason = (): string =>
    `problems ${JSON.stringify(problems)}, clock ${clock}, ${connected ? '' : 'not '}connected`;
  must(
    head !== undefined && orderOf(head) === orderOf(out),
    () => `shows version ${head?.version ?? 'none'} of ${out.version}: ${reason()}`,
  );
  must(
    Object.values(problems).every((problem) => problem === null),
    reason,
  );
  // A lost answer may have it wait a minute; what it shows is what counts.
  must(clock === 'confirmed', reason);
  must(watched.life?.painted?.order === orderOf(out), () => 'has not painted what it shows');
  const withheld = [...(Object.values(revoked)[0] ?? [])].find((key) => {
    const item = out.items.get(key);
    return item !== undefined && (item.latestAt ?? Infinity) > watched.latestAt;
  });
  must(withheld === undefined, () => `withholds ${withheld}`);
  if (!box.isApproved) return;
  const shards = hall.collections.reportShards.list();
  const [stored] = shards.flatMap(({ value }) => value.reports[screen] ?? []);
  const said = stored && heardFrom(stored)?.said.channels[0]?.painted;
  referee.check(
    'report',
    said !== undefined && said !== null && orderOf(said) === orderOf(out),
    screen,
    () => `the hall believes version ${said?.version}, the glass has ${out.version}`,
  );
}
