import type { Finding } from './kind.ts';
import { foldForSearch, SEARCH_TEXT_MAX } from './search.ts';

/** Findings that every kind makes. */

export const blocking = (
  field: string,
  zh: string,
  en: string,
  basis: string | null = null,
): Finding => ({
  level: 'block',
  field,
  zh,
  en,
  basis,
});

export const noting = (
  field: string,
  zh: string,
  en: string,
  basis: string | null = null,
): Finding => ({
  level: 'note',
  field,
  zh,
  en,
  basis,
});

/** The finding, when its condition holds. */
export const when = (condition: boolean, finding: Finding): readonly Finding[] =>
  condition ? [finding] : [];

export const isBlank = (text: string): boolean => text.trim() === '';

/** Who answers for it, by department and post: public screens name no persons. */
export function checkOwner(fields: {
  readonly department: string;
  readonly post: string;
}): readonly Finding[] {
  return [
    ...when(
      isBlank(fields.department),
      blocking(
        'department',
        '请选择责任部门。',
        'Choose the department that answers for it.',
        DUTY,
      ),
    ),
    ...when(
      isBlank(fields.post),
      blocking(
        'post',
        '请填写责任岗位，写岗位，不写姓名。',
        'Name the post that answers for it: a post, not a person.',
        DUTY,
      ),
    ),
  ];
}

/** 及时、准确: timely and accurate. */
const DUTY = '《政府信息公开条例》第六条';

/** Most characters of one text on a board: at three a second, a little over two minutes. */
export const BOARD_TEXT_MAX = 400;

export function checkBoardText(field: string, text: string): readonly Finding[] {
  return when(
    text.length > BOARD_TEXT_MAX,
    blocking(
      field,
      `大屏上的文字有${text.length}字，请压缩到${BOARD_TEXT_MAX}字以内，全文放在触摸屏。`,
      `The boards would show ${text.length} characters; keep it to ${BOARD_TEXT_MAX} and leave the whole to the touch screen.`,
    ),
  );
}

export function checkLength(field: string, text: string): readonly Finding[] {
  return when(
    foldForSearch(text).length > SEARCH_TEXT_MAX,
    blocking(
      field,
      '全文超过20万字，触摸屏放不下。请分成几条记录。',
      'More than 200,000 characters are too long for a touch screen. Split it into several records.',
    ),
  );
}
