import { readFile } from 'node:fs/promises';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import { checkStrength } from '../services/password.ts';
import { hasCode } from '../store/file-system.ts';
import type { Sentence, ToolContext } from './command.ts';

type PassphraseRefusal = keyof typeof PASSPHRASE_REFUSALS;
type Asking = Pick<ToolContext, 'askSecret' | 'passphrase'>;

/** For runs without a person; an argument could be read by every process of the machine. */
export const PASSPHRASE_VARIABLE = 'HALL_PASSPHRASE';

/**
 * From the first line of a file when one is named, else from the environment, else from the person
 * at the terminal.
 */
export async function readPassphrase(
  question: Sentence,
  file: string | undefined,
  context: Asking,
): Promise<Result<string, PassphraseRefusal>> {
  if (file !== undefined) return readFirstLine(file);
  const given = givenBy(context) ?? (await context.askSecret(question));
  return given === undefined || given === '' ? refused('no-passphrase') : accepted(given);
}

/** A new one: strong enough, and from the terminal typed twice. */
export async function choosePassphrase(
  question: Sentence,
  file: string | undefined,
  context: Asking,
): Promise<Result<string, PassphraseRefusal>> {
  const chosen = await readPassphrase(question, file, context);
  if (!chosen.ok) return chosen;
  if ([...chosen.value].length < LEAST) return refused('short-passphrase');
  if (!checkStrength(chosen.value, NO_ACCOUNT).ok) return refused('weak-passphrase');
  if (file !== undefined || givenBy(context) !== undefined) return chosen;
  const again = await context.askSecret(['再输入一遍', 'Once more']);
  return again === chosen.value ? chosen : refused('unlike-passphrase');
}

const givenBy = ({ passphrase }: Asking): string | undefined =>
  passphrase === '' ? undefined : passphrase;

/** Whoever holds the file may try as often as they like. */
const LEAST = 12;

/** No passphrase contains it, so none is refused for naming its account. */
const NO_ACCOUNT = '\0';

export const NEW_PASSPHRASE: Sentence = [
  `给这个文件设一个口令（至少 ${LEAST} 位，输入时不显示）`,
  `Choose a passphrase for the file (at least ${LEAST} characters, not shown)`,
];

export const KNOWN_PASSPHRASE: Sentence = [
  '这个文件的口令（输入时不显示）',
  'Passphrase of the file (not shown)',
];

export const PASSPHRASE_REFUSALS = {
  'no-passphrase': [
    `没有口令。请在终端里输入，或用 --passphrase-file 指定写有口令的文件，或用环境变量 ${PASSPHRASE_VARIABLE} 给出。`,
    `There is no passphrase. Type one at a terminal, name a file that holds it by --passphrase-file, or set ${PASSPHRASE_VARIABLE}.`,
  ],
  'no-passphrase-file': [
    '口令文件不存在或不能读取。',
    'The passphrase file is not there or cannot be read.',
  ],
  'short-passphrase': [
    `口令太短，至少 ${LEAST} 个字符。`,
    `The passphrase is too short: at least ${LEAST} characters.`,
  ],
  'weak-passphrase': [
    '口令太简单：请混用字母、数字和符号，或用 16 位以上的一句话，不要用常见的词。',
    'The passphrase is too simple: mix letters, digits and signs, or use 16 characters or more, without well-known words.',
  ],
  'unlike-passphrase': ['两次输入的口令不一样。', 'The two passphrases differ.'],
} as const satisfies Record<string, Sentence>;

async function readFirstLine(file: string): Promise<Result<string, PassphraseRefusal>> {
  try {
    const [line = ''] = (await readFile(file, 'utf8')).split(/\r?\n/);
    return line === '' ? refused('no-passphrase') : accepted(line);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'EACCES', 'EISDIR')) return refused('no-passphrase-file', file);
    throw error;
  }
}
