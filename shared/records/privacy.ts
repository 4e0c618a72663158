import type { Finding } from './kind.ts';

/**
 * Numbers that name a person and must not be on a public screen: identity cards, mobile telephones,
 * bank cards. Landlines are wanted there and pass. One finding for each number.
 *
 * @param texts by field path, such as `parts.0.body`
 */
export function findPersonalNumbers(texts: Readonly<Record<string, string>>): readonly Finding[] {
  return Object.entries(texts).flatMap(([field, text]) =>
    numbersIn(text).map(({ kind, digits }) => findingOf(field, kind, digits)),
  );
}

type NumberKind = 'identity' | 'mobile' | 'bank';

const WORDS: Readonly<Record<NumberKind, { readonly zh: string; readonly en: string }>> = {
  identity: { zh: '身份证号', en: 'an identity card number' },
  mobile: { zh: '手机号', en: 'a mobile number' },
  bank: { zh: '银行卡号', en: 'a bank card number' },
};

function findingOf(field: string, kind: NumberKind, digits: string): Finding {
  const { zh, en } = WORDS[kind];
  // Enough to find it in the text, too little to spread it further.
  const shown = `${digits.slice(0, 3)}…${digits.slice(-2)}`;
  return {
    level: 'block',
    field,
    zh: `这里有疑似${zh}（${shown}，共${digits.length}位），公众屏上不能出现。请删去，或改为座机、职务等。`,
    en: `This looks like ${en} (${shown}, ${digits.length} digits), which must not be on a public screen. Remove it, or give a landline or a post instead.`,
    basis: '《政府信息公开条例》第十五条；《个人信息保护法》第二十八条',
  };
}

/** Numbers however they are grouped: runs of digit groups, every stretch of neighbouring groups. */
function numbersIn(text: string): { readonly kind: NumberKind; readonly digits: string }[] {
  const found: { kind: NumberKind; digits: string }[] = [];
  for (const [run] of normalise(text).matchAll(RUN)) {
    const groups = run.split(/[ -]+/).filter((group) => group !== '');
    let from = 0;
    while (from < groups.length) {
      const hit = longestAt(groups, from);
      if (hit !== undefined) found.push({ kind: hit.kind, digits: hit.digits });
      from = hit?.next ?? from + 1;
    }
  }
  return found;
}

const RUN = /\d(?:[ -]{0,3}\d)*(?:[ -]{0,3}[Xx](?![A-Za-z]))?/g;
/** An identity number written digit by digit has the most groups. */
const GROUPS_MAX = 19;

function longestAt(groups: readonly string[], from: number) {
  for (let next = Math.min(groups.length, from + GROUPS_MAX); next > from; next--) {
    const taken = groups.slice(from, next);
    const digits = taken.join('').toUpperCase();
    const kind = kindOf(
      digits,
      taken.map((group) => group.length),
    );
    if (kind !== undefined) return { kind, digits, next };
  }
  return undefined;
}

function kindOf(digits: string, sizes: readonly number[]): NumberKind | undefined {
  if (isIdentity18(digits) || isIdentity15(digits, sizes)) return 'identity';
  if (/^(?:0086|86)?1[3-9]\d{9}$/.test(digits) && isGroupedAsMobile(sizes)) return 'mobile';
  return isBankCard(digits, sizes) ? 'bank' : undefined;
}

/** Full-width digits and signs as plain ones; every kind of space and dash as one. */
function normalise(text: string): string {
  return text
    .replace(/[０-９Ｘｘ]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\t\u00a0\u2000-\u200b\u202f\u3000]/g, ' ')
    .replace(/[\u2010-\u2015\u2212－﹣·]/g, '-');
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/** GB 11643: weights modulo 11. The region is not looked up: regions come and go. */
function isIdentity18(digits: string): boolean {
  if (!/^[1-9]\d{16}[\dX]$/.test(digits) || !isBirthday(digits.slice(10, 14))) return false;
  if (!/^(?:18|19|20)/.test(digits.slice(6, 10))) return false;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return CHECK_DIGITS[sum % 11] === digits[17];
}

/** The older form has no check digit: only written together or in its own groups is it meant. */
function isIdentity15(digits: string, sizes: readonly number[]): boolean {
  const grouped = sizes.length === 1 || sizes.join() === '6,6,3';
  return grouped && /^[1-9]\d{14}$/.test(digits) && isBirthday(digits.slice(8, 12));
}

function isBirthday(monthDay: string): boolean {
  const [month, day] = [Number(monthDay.slice(0, 2)), Number(monthDay.slice(2))];
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** Other groupings of eleven digits are dates, sums and times that happen to stand together. */
function isGroupedAsMobile(sizes: readonly number[]): boolean {
  const own = sizes[0] === 2 || sizes[0] === 4 ? sizes.slice(1).join() : '';
  return (
    [sizes.join(), own].some((form) => MOBILE_GROUPS.has(form)) || sizes.every((size) => size === 1)
  );
}
const MOBILE_GROUPS = new Set(['11', '13', '15', '3,4,4', '3,8', '7,4', '4,4,3', '5,6']);

/** Luhn, 13 to 19 digits together or in fours; cards begin with 3 to 6, older ones here with 9. */
function isBankCard(digits: string, sizes: readonly number[]): boolean {
  if (!/^[3-69]\d{12,18}$/.test(digits)) return false;
  const inFours = sizes.slice(0, -1).every((size) => size === 4) && (sizes.at(-1) ?? 0) <= 4;
  if (sizes.length > 1 && !inFours) return false;
  const sum = [...digits].reverse().reduce((total, char, index) => {
    const value = Number(char) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
