import { expect, test } from 'vitest';
import { lineOf } from '../../kiosk/wall/line.ts';
import type { Facts } from '../../shared/protocol/wall.ts';

const CALM: Facts = {
  shown: 12,
  wanted: 12,
  isFromStore: false,
  connected: true,
  lineForMs: 90_000,
  answerMs: 40,
  clock: 'confirmed',
  deviceAheadMs: 300,
  problem: null,
  withheld: 0,
  damaged: { found: 0, open: 0 },
  received: { spoilt: 0, stored: 0 },
  harmForMs: null,
};
const said = (facts: Partial<Facts>) => {
  const { tone, text } = lineOf({ state: 'runs', facts: { ...CALM, ...facts } });
  return `${tone} ${text}`;
};
const OFF = { connected: false, lineForMs: 42_000 };
const HOUR = 3_600_000;

test.each<[string, Partial<Facts>]>([
  ['well 连着服务器，正在显示最新的第 12 版；时间可信', {}],
  ['managing 已断网 42 秒：照本机存的第 12 版显示；时间可信', OFF],
  ['managing 已断网 2 小时：照本机存的第 12 版显示；时间可信', { ...OFF, lineForMs: 2 * HOUR }],
  [
    'managing 已断网 42 秒：重启后从本机读出第 12 版接着显示；时间是推算的，还没有核对',
    { ...OFF, isFromStore: true, clock: 'unconfirmed' },
  ],
  [
    'doubtful 已断网 42 秒：照本机存的第 12 版显示；时间不可信：不报时间，30 天内到期的 5 条先撤下',
    { ...OFF, clock: 'lost', problem: 'clock-lost', withheld: 5 },
  ],
  [
    'managing 第 13 版还在取，取齐、核对好之前照旧显示第 12 版；时间可信',
    { wanted: 13, problem: 'fetching' },
  ],
  ['managing 网慢，上次来回用了 3 秒，仍是最新的第 12 版；时间可信', { answerMs: 3100 }],
  [
    'managing 连着服务器，正在显示第 12 版；存储里坏了 3 处：坏的不显示，还有 1 处正在重新取',
    { damaged: { found: 3, open: 1 }, problem: 'bad-object', harmForMs: 0 },
  ],
  [
    'managing 已断网 42 秒：照本机存的第 12 版显示；存储里坏了 3 处：坏的不显示，连上服务器再取',
    { ...OFF, damaged: { found: 3, open: 3 }, problem: 'bad-object', harmForMs: 0 },
  ],
  [
    'managing 连着服务器，正在显示最新的第 12 版；存储里坏过 3 处：没有显示坏的，都已重新取回；收到 2 份坏数据，核对不过，一份也没有存',
    { damaged: { found: 3, open: 0 }, received: { spoilt: 2, stored: 0 }, harmForMs: 9000 },
  ],
  [
    'well 连着服务器，正在显示最新的第 12 版；时间可信',
    { damaged: { found: 3, open: 0 }, received: { spoilt: 2, stored: 0 }, harmForMs: 61_000 },
  ],
  [
    'managing 连着服务器，正在显示第 12 版；服务器的答复核对不过，没有采用',
    { problem: 'bad-statement' },
  ],
  [
    'doubtful 连着服务器，正在显示最新的第 12 版；出错：有 1 份坏数据存进去了',
    { received: { spoilt: 1, stored: 1 } },
  ],
  [
    'managing 连着服务器，正在显示最新的第 12 版；本机时钟慢了 3 小时，没有采信，按服务器证明的时间走',
    { deviceAheadMs: -3 * HOUR },
  ],
  [
    'managing 连着服务器，正在显示最新的第 12 版；本机时钟回到了 1970 年，没有采信，按服务器证明的时间走',
    { deviceAheadMs: -Date.UTC(2026, 10, 26) },
  ],
  [
    'doubtful 本机还没有内容，又连不上服务器：只显示底卡；时间不可信：不报时间',
    { ...OFF, shown: null, wanted: null, clock: 'lost' },
  ],
])('[WA4] the line says “%s”', (line, facts) => {
  expect(said(facts)).toBe(line);
});

test('[WA4] a screen without power, or not yet heard of, claims nothing', () => {
  expect(lineOf('no-power')).toEqual({
    tone: 'dark',
    text: '断电了，屏是黑的。来电后先放本机存的内容。',
  });
  expect(lineOf({ state: 'starting' }).tone).toBe('dark');
});
