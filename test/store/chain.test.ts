import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { chainEntry, EMPTY_LOG, verifyChain } from '../../board-server/store/chain.ts';
import type { LogEntry } from '../../board-server/store/store.ts';
import { at } from './store-words.ts';

const entries: LogEntry[] = [];
for (const value of ['登录', { by: 'li', 做: '发布' }, null, 4]) {
  entries.push(
    chainEntry(entries.at(-1) ?? EMPTY_LOG, { log: 'audit', at: 1000 + entries.length, value }),
  );
}

test('[ST8] an entry is the SHA-256 of the canonical JSON of its other members', () => {
  const text = `{"at":1000,"log":"audit","prev":"${'0'.repeat(64)}","seq":1,"value":"登录"}`;
  expect(at(entries, 0).hash).toBe(createHash('sha256').update(text).digest('hex'));
});

test('[ST8] an unaltered chain leads to its head, from the beginning or from a known entry', () => {
  const head = { seq: 4, hash: at(entries, 3).hash };
  expect(verifyChain(entries, EMPTY_LOG)).toEqual({ ok: true, head });
  expect(verifyChain(entries.slice(2), at(entries, 1))).toEqual({ ok: true, head });
  expect(verifyChain(entries.slice(2))).toEqual({ ok: true, head });
  expect(verifyChain([])).toEqual({ ok: true, head: EMPTY_LOG });
});

test('[ST8] every altered member is found at its entry', () => {
  const third = at(entries, 2);
  const alterations: Partial<LogEntry>[] = [
    { at: 5 },
    { value: 0 },
    { log: 'audio' },
    { hash: third.prev },
  ];
  for (const alteration of alterations) {
    const altered = entries.with(2, { ...third, ...alteration });
    expect(verifyChain(altered, EMPTY_LOG)).toEqual({ ok: false, refusal: 'altered', seq: 3 });
  }
});

test('[ST8] an entry rewritten together with its hash is found at the next', () => {
  const rewritten = chainEntry(at(entries, 0), {
    log: 'audit',
    at: 1001,
    value: 'nothing happened',
  });
  expect(verifyChain(entries.with(1, rewritten), EMPTY_LOG)).toEqual({
    ok: false,
    refusal: 'forked',
    seq: 3,
  });
});

test('[ST8] a missing, doubled or moved entry is found', () => {
  expect(verifyChain(entries.toSpliced(1, 1), EMPTY_LOG)).toEqual(gapAt(3));
  expect(verifyChain(entries.slice(1), EMPTY_LOG)).toEqual(gapAt(2));
  expect(verifyChain(entries.toSpliced(1, 0, at(entries, 0)), EMPTY_LOG)).toEqual(gapAt(1));
  expect(verifyChain(entries.toReversed())).toEqual(gapAt(3));
});

function gapAt(seq: number): ReturnType<typeof verifyChain> {
  return { ok: false, refusal: 'gap', seq };
}
