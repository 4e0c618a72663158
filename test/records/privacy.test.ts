import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findPersonalNumbers } from '../../shared/records/privacy.ts';

const kindsIn = (text: string): string[] =>
  findPersonalNumbers({ body: text }).map(
    ({ en }) => /an? (identity|mobile|bank)/.exec(en)?.[1] ?? '?',
  );

// None of these can belong to anyone: no region 99 or 999999 exists, though check digits hold.
const IDENTITY = '990000199001010017';
const BANK = '9999990000000000014';
const MOBILE = '13900000000';

test.each([
  ['an identity number', `证号${IDENTITY}。`, ['identity']],
  ['in full-width digits', '９９００００１９９００１０１００１７', ['identity']],
  ['in groups', '990000 19900101 0017', ['identity']],
  ['with hyphens and wide spaces', '990000-19900101　0017', ['identity']],
  ['the older form of 15 digits', '990000900101001', ['identity']],
  ['a mobile number', `电话${MOBILE}`, ['mobile']],
  ['a mobile number in groups', '139 0000 0000', ['mobile']],
  ['a mobile number with the country’s code', '+86 139-0000-0000', ['mobile']],
  ['a mobile number after a landline', '0312-0000000 13900000000', ['mobile']],
  ['a bank card', BANK, ['bank']],
  ['a bank card in fours', '9999 9900 0000 0000 014', ['bank']],
  ['two of them', `${IDENTITY}，${MOBILE}`, ['identity', 'mobile']],
])('finds %s', (_, text, kinds) => {
  expect(kindsIn(text)).toEqual(kinds);
});

test.each([
  ['landlines', '0312-0000000、0312-0000001 转 801，12345热线，400-000-0000'],
  ['an identity number with a wrong check digit', '990000199001010016'],
  ['one with a month that does not exist', '990000199013010016'],
  ['a span of dates', '2026-09-17 2026-09-30，2026年9月17日08:30'],
  ['a code of credit', '统一社会信用代码91130600MA0000000X'],
  ['sums of money', '1390000元、12345678901元、1,390,000.00元'],
  ['digits in groups that no card has', '99999 90000 00000 0014'],
  ['a document number', '冀政发〔2026〕139号'],
  ['longer numbers that contain one', '00139000000000000000000000'],
])('lets %s pass', (_, text) => {
  expect(kindsIn(text)).toEqual([]);
});

test('a finding blocks, names the field and shows too little of the number to spread it', () => {
  const [finding, ...rest] = findPersonalNumbers({ title: '公告', phone: MOBILE });
  expect(rest).toEqual([]);
  expect(finding).toMatchObject({ level: 'block', field: 'phone' });
  expect(finding?.zh).toContain('手机号（139…00，共11位）');
  expect(JSON.stringify(finding)).not.toContain(MOBILE);
});

test('an identity number is found however its digits are spaced and whatever stands around it', () => {
  const gap = fc.constantFrom('', '', '', ' ', '-', '　', '－');
  const around = fc.constantFrom('', '证号：', '。', '，', '元', '\n');
  fc.assert(
    fc.property(
      fc.array(gap, { minLength: 17, maxLength: 17 }),
      around,
      around,
      (gaps, left, right) => {
        const spaced = [...IDENTITY].map((digit, index) => digit + (gaps[index] ?? '')).join('');
        expect(kindsIn(left + spaced + right)).toContain('identity');
      },
    ),
    { seed: 8 },
  );
});
