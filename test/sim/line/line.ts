import type { RequestContext } from '../../../board-server/routes/handlers.ts';
import { createDeltas } from '../../../board-server/services/deltas.ts';
import type { ScreenId, Sha256 } from '../../../shared/kit/ids.ts';
import type { Ack } from '../../../shared/protocol/screen.ts';
import type { Fetched, Upstream } from '../../../shared/sync/ports.ts';
import type { Life } from '../box/life.ts';
import type { Chance } from '../chance.ts';
import type { HallProcess, RunningHall } from '../hall/process.ts';
import { SECOND } from '../seconds.ts';
import type { Answer } from './answer.ts';
import type { Overheard } from './attacker.ts';
import { flippedBytes, flippedText } from './attacker.ts';
import type { Weather } from './weather.ts';

/** The simulated network between one box and the hall. */
export interface Line {
  readonly weather: Weather;
  upstream(life: Life): Upstream;
  /** A hint on its way to the box: it may be lost, late, doubled or overtaken. */
  hint(life: Life, deliver: () => void): void;
  /** [TK6] The socket is up and greets: whether the hall has the report that is named. */
  greet(hall: RunningHall, reported: number | undefined): boolean;
  close(hall: RunningHall | undefined): void;
  /** A signed report on its way to the hall, and its acknowledgement back. */
  report(life: Life, envelope: string): Promise<Ack | 'unreachable'>;
}

export interface LineParts {
  readonly chance: Chance;
  readonly screen: ScreenId;
  readonly process: HallProcess;
  readonly overheard: Overheard;
  readonly weather: Weather;
  /** The hall answered a screen. */
  readonly answered: (hall: RunningHall, answer: Answer) => number;
  /** The box asks for something. */
  readonly asked: () => void;
}

const UNREACHABLE = { ok: false, refusal: 'unreachable' } as const;
/** After so long without an answer the page gives up, as in the browser. */
const STALL_MS = 15 * SECOND;

export function createLine(parts: LineParts): Line {
  const { chance, weather, process, screen, overheard } = parts;
  const delay = (): number => Math.ceil(chance.between(...weather.delayMs));
  /** [TK2] Kept by the box from one connection to the next. */
  let ticket: string | undefined;
  const isLost = (): boolean => !weather.isUp || chance.is(weather.loss);

  /** There and back: `ask` runs at the hall, `change` is what the way back does to its answer. */
  function exchange<Value>(
    life: Life,
    ask: (hall: RunningHall) => Promise<Fetched<Value>>,
    change: (answer: Fetched<Value>) => Fetched<Value>,
  ): Promise<Fetched<Value>> {
    return new Promise((resolve) => {
      const giveUp = life.after(STALL_MS, () => resolve(UNREACHABLE));
      const answer = (ms: number, value: Fetched<Value>): void => {
        life.after(ms, () => {
          giveUp();
          resolve(value);
        });
      };
      if (!weather.isUp) return answer(delay(), UNREACHABLE);
      if (isLost()) return;
      life.after(delay(), () => {
        const hall = process.running();
        if (hall === undefined) return answer(delay(), UNREACHABLE);
        void ask(hall).then((value) => {
          if (!hall.isAlive() || isLost()) return;
          const changed = change(value);
          answer(delay(), changed);
        });
      });
    });
  }

  const changeState = (answer: Fetched<Answer>): Fetched<Answer> => {
    if (!answer.ok) return answer;
    if (weather.attacker !== undefined) return weather.attacker.state(screen, answer.value);
    if (!chance.is(weather.damage)) return answer;
    const { text, leases } = answer.value;
    const isCut = chance.is(0.5);
    const damaged = isCut ? text.slice(0, chance.below(text.length)) : flippedText(text, chance);
    return { ok: true, value: { text: damaged, leases } };
  };

  const changeObject = (
    answer: Fetched<Uint8Array<ArrayBuffer>>,
  ): Fetched<Uint8Array<ArrayBuffer>> => {
    if (!weather.hasObjects) return UNREACHABLE;
    if (!answer.ok) return answer;
    if (weather.attacker !== undefined) return weather.attacker.object(answer.value);
    if (!chance.is(weather.damage)) return answer;
    const { value } = answer;
    return {
      ok: true,
      value: chance.is(0.5)
        ? value.slice(0, chance.below(value.length))
        : flippedBytes(value, chance),
    };
  };

  return {
    weather,
    upstream: (life) => ({
      async state(_, maxBytes) {
        parts.asked();
        const answer = await exchange(life, (hall) => askState(parts, hall), changeState);
        if (!answer.ok) return answer;
        const { text } = answer.value;
        return text.length > maxBytes
          ? { ok: false, refusal: 'too-large' }
          : { ok: true, value: text };
      },
      async object(digest: Sha256, maxBytes) {
        parts.asked();
        const ask = async (hall: RunningHall): Promise<Fetched<Uint8Array<ArrayBuffer>>> => {
          const kept = hall.isAlive() ? await process.objects.read(digest) : undefined;
          if (kept === undefined) return { ok: false, refusal: 'missing' };
          const bytes = new Uint8Array(kept.bytes);
          overheard.keepObject(bytes);
          return { ok: true, value: bytes };
        };
        const answer = await exchange(life, ask, changeObject);
        return answer.ok && answer.value.length > maxBytes
          ? { ok: false, refusal: 'too-large' }
          : answer;
      },
      async delta(asked, maxBytes) {
        parts.asked();
        const ask = async (hall: RunningHall): Promise<Fetched<Uint8Array<ArrayBuffer>>> => {
          const packed = hall.isAlive() ? await deltasOf(parts, hall).read(asked) : undefined;
          if (packed === undefined) return { ok: false, refusal: 'missing' };
          return { ok: true, value: new Uint8Array(packed.bytes) };
        };
        const answer = await exchange(life, ask, changeObject);
        return answer.ok && answer.value.length > maxBytes
          ? { ok: false, refusal: 'too-large' }
          : answer;
      },
    }),
    hint(life, deliver) {
      const times = isLost() ? 0 : chance.is(weather.twice) ? 2 : 1;
      for (let time = 0; time < times; time += 1) life.after(delay(), deliver);
    },
    greet: ({ screens }, reported) => screens.port.connected(screen, screen, { ticket, reported }),
    close: (hall) => hall?.screens.port.disconnected(screen, screen),
    async report(life, envelope) {
      const ask = async ({ screens: { port } }: RunningHall): Promise<Fetched<Ack>> => {
        const value = await port.report(screen, screen, envelope);
        ticket = port.freshTicket(screen, screen) ?? ticket;
        return { ok: true, value };
      };
      const answer = await exchange(life, ask, (ack) => ack);
      return answer.ok ? answer.value : 'unreachable';
    },
  };
}

/** Packed anew for each, and never compressed: that happens on threads, which no seed decides. */
function deltasOf({ process }: LineParts, hall: RunningHall) {
  return createDeltas({
    objects: process.objects,
    current: () => hall.publishing.current()?.document.head.release.digest,
    compress: async () => undefined,
  });
}

async function askState(
  { screen, answered, overheard }: LineParts,
  hall: RunningHall,
): Promise<Fetched<Answer>> {
  const answer = await stateOf(hall, screen);
  if (answer === undefined) return { ok: false, refusal: 'missing' };
  overheard.hear(screen, answered(hall, answer), answer);
  return { ok: true, value: answer };
}

async function stateOf(hall: RunningHall, screen: ScreenId): Promise<Answer | undefined> {
  const reply = await hall.handlers.screenState(NOBODY, { screen });
  if (!reply.ok) return undefined;
  return {
    text: JSON.stringify(reply.value),
    leases: reply.value.channels.map(({ lease }) => lease),
  };
}

/** Statements are asked for by nobody in particular. */
const NOBODY: RequestContext = {
  actor: undefined,
  sessionId: undefined,
  address: '192.0.2.1',
  now: () => 0,
  requestId: 'simulated',
  require: () => ({ ok: false, refusal: 'signed-out' }),
};
