import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Every rule of shared/SPEC.md has a test whose name carries its number, and none is invented. */

const root = new URL('../../', import.meta.url);

function ruleNumbers(text: string): string[] {
  return [...text.matchAll(/^- \[([A-Z]{2}\d+)\]/gm)].map((match) => match[1] ?? '');
}

function testedNumbers(source: string): string[] {
  const names = source.matchAll(
    /(?:\b(?:test|it|describe)(?:\.\w+)*|\))\(\s*(?:'|"|`)((?:\s*\[[A-Z]{2}\d+\])+)/g,
  );
  return [...names].flatMap((match) => [...(match[1] ?? '').matchAll(/[A-Z]{2}\d+/g)].map(String));
}

function testSources(): string {
  const files = readdirSync(new URL('test/', root), { recursive: true, encoding: 'utf8' });
  const tests = files.filter((file) => /\.test\.tsx?$/.test(file));
  return tests.map((file) => readFileSync(new URL(`test/${file}`, root), 'utf8')).join('\n');
}

const rules = ruleNumbers(readFileSync(new URL('shared/SPEC.md', root), 'utf8'));

test('rule numbers are unique', () => {
  expect(rules.length).toBeGreaterThan(70);
  expect(new Set(rules).size).toBe(rules.length);
});

test('every rule has a test that carries its number', () => {
  const tested = new Set(testedNumbers(testSources()));
  expect(rules.filter((rule) => !tested.has(rule))).toEqual([]);
});

test('every number in a test name is a rule', () => {
  const known = new Set(rules);
  expect([...new Set(testedNumbers(testSources()))].filter((number) => !known.has(number))).toEqual(
    [],
  );
});

test('a rule without a test would be found', () => {
  expect(ruleNumbers('- [ZZ9] is a rule')).toEqual(['ZZ9']);
  expect(testedNumbers("test('[PB1] [PB4] is total', () => {")).toEqual(['PB1', 'PB4']);
});
