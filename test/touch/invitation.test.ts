import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { touchZh } from '../../kiosk/words/touch-zh.ts';

const page = readFileSync(new URL('../../kiosk/touch/index.html', import.meta.url), 'utf8');

/** What stands between tags of a template, in order. */
function textsOf(template: string): readonly string[] {
  const [, inside = ''] =
    new RegExp(`<template id="${template}">([^]*?)</template>`).exec(page) ?? [];
  return [...inside.matchAll(/>([^<>]*\S[^<>]*)</g)].map(([, text = '']) => text.trim());
}

test('[SC10] what stands first says what the screen’s own says, and nothing published', () => {
  const { product, attract, home } = touchZh;
  const opening = '正在打开，请稍候。';
  expect(textsOf('invitation')).toEqual([
    product,
    opening,
    product,
    '政务公开',
    ...attract.ways,
    attract.start,
    attract.free,
  ]);
  expect(textsOf('opening')).toEqual([
    product,
    '&nbsp;',
    home.title,
    home.open,
    home.openHint,
    home.search,
    home.searchHint,
    home.latest,
    opening,
  ]);
});
