import type { Sha256 } from '../../../shared/kit/ids.ts';
import type { Facts } from '../../../shared/protocol/wall.ts';
import { itemsOf } from '../../../shared/sync/contents.ts';
import type { Clocks } from '../../../shared/sync/ports.ts';
import type { OpenScreen } from '../../../shared/sync/screen.ts';
import type { Disk } from './store.ts';
import type { Line } from './line.ts';

export interface FactPorts {
  readonly screen: OpenScreen;
  readonly clocks: Clocks;
  readonly line: Pick<Line, 'answerMs' | 'spoilt'>;
  readonly disk: Pick<Disk, 'wrong'>;
}

/** [WA4] What a frame says of its screen comes from the engine that runs there, never from a switch. */
export function createFacts({ screen, clocks, line, disk }: FactPorts): () => Facts {
  const { held, asking, showing } = screen.inside;
  const found = new Set<Sha256>();
  let connected = screen.condition().connected;
  let wasConnected = connected;
  let since = clocks.monotonic();
  let harm = '';
  let harmedAt = -Infinity;

  return () => {
    const condition = screen.condition();
    const generation = screen.generation();
    if (condition.connected !== connected) since = clocks.monotonic();
    ({ connected } = condition);
    wasConnected ||= connected;
    for (const digest of held.damaged.keys()) found.add(digest);
    const damaged = { found: found.size, open: held.damaged.size };
    const received = { spoilt: line.spoilt(), stored: disk.wrong() };
    const done = JSON.stringify([damaged, received]);
    if (harm !== '' && done !== harm) harmedAt = clocks.monotonic();
    harm = done;
    const [first] = generation?.channels ?? [];
    const [wanted] = asking.target?.heads.values() ?? [];
    return {
      shown: first?.head.version ?? null,
      wanted: wanted?.head.version ?? null,
      isFromStore: generation !== undefined && !wasConnected,
      connected,
      lineForMs: clocks.monotonic() - since,
      answerMs: line.answerMs(),
      clock: condition.clock,
      deviceAheadMs: clocks.wall() - screen.now(),
      problem: first === undefined ? null : (condition.problems[first.channel] ?? null),
      withheld: held.time.withheld(itemsOf(showing.shown)).size,
      damaged,
      received,
      harmForMs: Number.isFinite(harmedAt) ? clocks.monotonic() - harmedAt : null,
    };
  };
}
