import { expect, test } from 'vitest';
import { readSourceDocument } from '../../board-server/demo/source-document.ts';
import { boardProfiles } from '../../shared/domain/profile.ts';
import { id, isRecordId } from '../../shared/kit/ids.ts';
import { canonicalBytes, parseJson } from '../../shared/kit/json.ts';
import { fromUtf8 } from '../../shared/kit/bytes.ts';
import * as schemas from '../../shared/protocol/objects.ts';
import { view as viewSchema } from '../../shared/records/block.ts';
import type { RecordKind } from '../../shared/records/kind.ts';
import { notice } from '../../shared/records/notice.ts';
import type { Body } from '../../shared/records/registry.ts';
import { blankBody, KIND_IDS, kindOf, withKind } from '../../shared/records/registry.ts';
import type { RenderJob, Rendered } from '../../shared/records/render.ts';
import { render } from '../../shared/records/render.ts';
import { textToRichText } from '../../shared/records/rich-text.ts';
import { digest, sha256 } from '../builders/items.ts';
import { documentOf, noticeOf, setting } from '../builders/records.ts';

const job: RenderJob = {
  record: id(isRecordId, 'water'),
  version: 2,
  setting,
  profiles: Object.values(boardProfiles),
  digest,
  initials: (text) => text.replaceAll(/\p{Script=Han}/gu, 'x'),
};

async function rendered<Fields>(
  kind: RecordKind<Fields>,
  fields: Fields,
  parts: Partial<RenderJob> = {},
): Promise<Rendered> {
  const result = await render(kind, fields, { ...job, ...parts });
  if (!result.ok) throw new Error(result.refusal);
  return result.value;
}

const jsonOf = (bytes: Uint8Array): unknown => parseJson(fromUtf8(bytes) ?? '');

test('[RL4] the item names digest and size of every rendering, and the seal is that of its bytes', async () => {
  const { item, payload, seal, objects, view, pages, search } = await rendered(notice, noticeOf());
  expect(schemas.item.parse(jsonOf(payload))).toEqual(item);
  expect(sha256(payload)).toBe(seal);
  expect(item).toMatchObject({
    record: 'water',
    version: 2,
    kind: 'notice',
    audience: 'public',
    carriers: ['touch', 'board'],
    earliestAt: noticeOf().validFrom,
    latestAt: noticeOf().validUntil,
    maxStaleSeconds: 604_800,
  });
  const named = [item.view, ...Object.values(item.boards).map((board) => board.pages)];
  expect(objects.map(({ digest: name, bytes }) => ({ digest: name, bytes: bytes.length }))).toEqual(
    expect.arrayContaining(named),
  );
  expect(named).toHaveLength(objects.length);
  for (const object of objects) expect(sha256(object.bytes)).toBe(object.digest);
  expect(viewSchema.parse(jsonOf(objects[0]?.bytes ?? new Uint8Array()))).toEqual(view);
  expect(Object.keys(pages).sort()).toEqual(['led-384x64', 'led-640x320', 'tv-1920x1080']);
  for (const [profile, each] of Object.entries(pages)) {
    expect(schemas.pages.parse(each)).toEqual(each);
    expect(item.boards[profile as keyof typeof item.boards]?.dwellSeconds).toEqual(
      each.pages.map(({ dwellSeconds }) => dwellSeconds),
    );
  }
  expect(item.search).toBe(search && sha256(canonicalBytes(search)));
});

test('[RL4] the same version renders to the same seal, whatever the order of carriers', async () => {
  const one = await rendered(notice, noticeOf());
  const again = await rendered(notice, noticeOf({ carriers: ['board', 'touch'] }));
  expect(again.seal).toBe(one.seal);
});

test('[WF3] one changed character changes the seal, wherever it stands', async () => {
  const seals = await Promise.all(
    [
      noticeOf(),
      noticeOf({ title: '县城北大街停水公吿' }),
      noticeOf({
        body: textToRichText('因管网检修，9月18日8时至20时北大街停水。\n请居民提前储水！'),
      }),
      noticeOf({ ledText: '9月18日8时至20时北大街停水，请提前储水！' }),
      noticeOf({ phone: '0312-0000009' }),
      noticeOf({ validUntil: (noticeOf().validUntil ?? 0) + 1 }),
      noticeOf({ carriers: ['touch'] }),
    ].map(async (fields) => (await rendered(notice, fields)).seal),
  );
  expect(new Set(seals).size).toBe(seals.length);
});

test('[WF3] the seal is of this record and this version', async () => {
  const one = await rendered(notice, noticeOf());
  expect((await rendered(notice, noticeOf(), { version: 3 })).seal).not.toBe(one.seal);
  expect((await rendered(notice, noticeOf(), { record: id(isRecordId, 'other') })).seal).not.toBe(
    one.seal,
  );
});

test('what is not on boards has no pages, what is not on touch is not searched', async () => {
  const touch = await rendered(notice, noticeOf({ carriers: ['touch'] }));
  expect(touch.item.boards).toEqual({});
  expect(touch.search).not.toBeNull();
  const board = await rendered(notice, noticeOf({ carriers: ['board'] }));
  expect(board.search).toBeNull();
  expect(board.item.search).toBeNull();
  expect(Object.keys(board.item.boards)).toHaveLength(3);
});

test('[SC8] the search entry holds every word of the page, folded, and the initials of its names', async () => {
  const { search } = await rendered(notice, noticeOf({ title: '县城ＡＢ停水公告' }));
  expect(schemas.searchChunk.safeParse({ v: 1, entries: [search] }).success).toBe(true);
  expect(search?.text).toContain('县城ab停水公告\n县自来水公司\n');
  expect(search?.text).toContain('请居民提前储水。');
  expect(search?.initials).toBe('xxabxxxx\nxxxxxx');
});

test('a draft with nothing in it renders to a page and to no board', async () => {
  const { item, view } = await rendered(notice, notice.blank());
  expect(view.blocks.map(({ type }) => type)).toEqual(['facts', 'contact']);
  expect(item.boards).toEqual({});
});

test('a draft far too long for boards is refused, not cut', async () => {
  const fields = noticeOf({ ledText: '', body: textToRichText('停水'.repeat(10_000)) });
  expect(await render(notice, fields, job)).toMatchObject({
    ok: false,
    refusal: 'too-long-for-board',
  });
});

test('the source document renders whole: every character of it is on its page', async () => {
  const fields = await readSourceDocument({ department: '办', post: '岗', phone: '0312-0000000' });
  const body: Body = { kind: 'policy-document', fields };
  const { view, item, search } = await withKind(body, rendered);
  expect(viewSchema.parse(view)).toEqual(view);
  expect(schemas.item.parse(item)).toEqual(item);
  expect(item.listing).toMatchObject({ madeOn: '2010-04-26', docNo: null });
  const words = view.blocks
    .flatMap((block) => {
      if (block.type === 'heading') return [block.text];
      return block.type === 'paragraph' ? block.runs.map(({ text }) => text) : [];
    })
    .join('');
  expect(words).toContain('2、完善各项配套制度。 各单位要认真研究');
  expect([...words].length).toBeGreaterThan(5400);
  expect(search?.text).toContain('旁听制');
});

test('every kind is in the registry under its own id, and starts with fields it accepts', () => {
  for (const kind of KIND_IDS) {
    expect(kindOf(kind)?.id).toBe(kind);
    withKind(blankBody(kind), ({ fields: schema, id: own }, fields) => {
      expect(own).toBe(kind);
      expect(schema.safeParse(fields).success).toBe(true);
    });
  }
  expect(kindOf('minutes')).toBeUndefined();
});

test('boards of a document carry its title and its summary', async () => {
  const { pages } = await withKind({ kind: 'policy-document', fields: documentOf() }, rendered);
  const texts = Object.values(pages).map((each) =>
    each.pages.flatMap(({ lines }) => lines.map(({ text }) => text)).join(''),
  );
  expect(texts).toHaveLength(3);
  for (const text of texts) {
    expect(text).toContain('安澜县供水管理办法');
    expect(text.replaceAll(/\s/g, '')).toContain('检修和收费');
  }
});
