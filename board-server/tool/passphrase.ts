import { readFile } from 'node:fs/promises';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import { hasCode } from '../store/file-system.ts';
import type { Sentence, ToolContext } from './command.ts';

type PassphraseRefusal = keyof typeof PASSPHRASE_REFUSALS;

/** From the first line of a file when one is named, else from the person at the terminal. */
export async function readPassphrase(
  question: Sentence,
  file: string | undefined,
  { askSecret }: Pick<ToolContext, 'askSecret'>,
): Promise<Result<string, PassphraseRefusal>> {
  if (file !== undefined) return readFirstLine(file);
  const typed = await askSecret(question);
  return typed === undefined || typed === '' ? refused('no-passphrase') : accepted(typed);
}

/** A new one: long enough, and from the terminal typed twice. */
export async function choosePassphrase(
  question: Sentence,
  file: string | undefined,
  context: Pick<ToolContext, 'askSecret'>,
): Promise<Result<string, PassphraseRefusal>> {
  const chosen = await readPassphrase(question, file, context);
  if (!chosen.ok) return chosen;
  if (chosen.value.length < LEAST) return refused('short-passphrase');
  if (file !== undefined) return chosen;
  const again = await context.askSecret(['再输入一遍', 'Once more']);
  return again === chosen.value ? chosen : refused('unlike-passphrase');
}

/** Whoever holds the file may try as often as they like. */
const LEAST = 12;

export const PASSPHRASE_REFUSALS = {
  'no-passphrase': [
    '没有口令。请在终端里输入，或用 --passphrase-file 指定写有口令的文件。',
    'There is no passphrase. Type one at a terminal, or name a file that holds it by --passphrase-file.',
  ],
  'no-passphrase-file': [
    '口令文件不存在或不能读取。',
    'The passphrase file is not there or cannot be read.',
  ],
  'short-passphrase': [
    `口令太短，至少 ${LEAST} 个字符。`,
    `The passphrase is too short: at least ${LEAST} characters.`,
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
