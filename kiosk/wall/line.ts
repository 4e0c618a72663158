import type { Facts } from '../../shared/protocol/wall.ts';
import type { Heard } from './wall-state.ts';
import { words } from './words.ts';

/** What stands below a screen: one line, and how it is meant. */
export interface Line {
  readonly tone: 'well' | 'managing' | 'doubtful' | 'dark';
  readonly text: string;
}

/** Slower than this is said. */
const SLOW_MS = 1000;
/** A device's clock is seldom to the second. */
const CLOCK_OFF_MS = 60_000;
/** What has been mended is said for so long. */
const NEWS_MS = 60_000;

/** [WA4] What a screen says of itself, in words; the switches have no say in it. */
export function lineOf(heard: Heard | 'no-power'): Line {
  if (heard === 'no-power') return { tone: 'dark', text: words.line.noPower };
  if (heard.state === 'starting') return { tone: 'dark', text: words.line.starting };
  const { facts } = heard;
  const harmed = harm(facts);
  const parts = [content(facts), harmed, clock(facts, harmed === undefined)];
  const text = parts.filter((part) => part !== undefined).join(words.line.and);
  return { tone: toneOf(facts), text };
}

function toneOf(facts: Facts): Line['tone'] {
  if (facts.clock === 'lost' || facts.received.stored > 0 || facts.shown === null)
    return 'doubtful';
  const isCalm =
    facts.connected && facts.problem === null && facts.clock === 'confirmed' && !hasNews(facts);
  return isCalm && !isSlow(facts) && Math.abs(facts.deviceAheadMs) < CLOCK_OFF_MS
    ? 'well'
    : 'managing';
}

function content(facts: Facts): string {
  const { shown, wanted, connected, lineForMs, isFromStore, answerMs, problem } = facts;
  const { line } = words;
  if (shown === null) return connected ? line.firstComing : line.nothing;
  if (!connected) {
    const how = isFromStore ? line.fromStore(shown) : line.asKept(shown);
    return `${line.offlineFor(duration(lineForMs))}${how}`;
  }
  if (wanted !== null && wanted !== shown) return line.coming(wanted, shown);
  if (isSlow(facts) && problem === null) return line.slow(duration(answerMs ?? 0), shown);
  return problem === null ? line.level(shown) : line.at(shown);
}

function harm(facts: Facts): string | undefined {
  const { damaged, received, connected, problem } = facts;
  const { line } = words;
  if (received.stored > 0) return line.storedWrong(received.stored);
  if (damaged.open > 0)
    return connected ? line.mending(damaged.found, damaged.open) : line.mendingLater(damaged.open);
  const mended = hasNews(facts) && damaged.found > 0 ? [line.mended(damaged.found)] : [];
  const spoilt = hasNews(facts) && received.spoilt > 0 ? [line.spoilt(received.spoilt)] : [];
  const said = [...mended, ...spoilt, ...saidOf(problem)];
  return said.length === 0 ? undefined : said.join(line.and);
}

/** What is being fetched and what the clock does are said at their places. */
function saidOf(problem: Facts['problem']): readonly string[] {
  if (problem === null || problem === 'fetching' || problem === 'clock-lost') return [];
  return [words.line.problems[problem]];
}

function clock(
  { clock: state, deviceAheadMs, withheld }: Facts,
  isAlone: boolean,
): string | undefined {
  const { line } = words;
  switch (state) {
    case 'lost':
      return withheld > 0 ? line.clockLostWithheld(withheld) : line.clockLost;
    case 'unconfirmed':
      return line.clockUnconfirmed;
    case 'confirmed':
      if (deviceAheadMs < -YEARS_MS) return line.clockIn1970;
      if (Math.abs(deviceAheadMs) >= CLOCK_OFF_MS)
        return line.clockOff(deviceAheadMs > 0, duration(Math.abs(deviceAheadMs)));
      return isAlone ? line.clockTrusted : undefined;
  }
}

/** A device that is so far behind began to count anew. */
const YEARS_MS = 10 * 365 * 86_400_000;

const isSlow = ({ answerMs }: Facts): boolean => answerMs !== null && answerMs > SLOW_MS;
const hasNews = ({ harmForMs }: Facts): boolean => harmForMs !== null && harmForMs < NEWS_MS;

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return words.seconds(seconds);
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? words.minutes(minutes) : words.hours(Math.round(minutes / 6) / 10);
}
