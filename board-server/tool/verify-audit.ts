import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { isSha256 } from '../../shared/kit/ids.ts';
import type { Sha256 } from '../../shared/kit/ids.ts';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import type { Checked, Fault, HeaderFault } from '../services/audit-check.ts';
import { checkAuditExport } from '../services/audit-check.ts';
import { hasCode } from '../store/file-system.ts';
import type { Command, Sentence, ToolContext } from './command.ts';

/** [AD3] Needs no hall, no data folder and no network: it runs on the supervisor's own computer. */
export const verifyAudit: Command = {
  name: 'verify-audit',
  usage: 'FILE [--root FINGERPRINT]',
  summary: [
    '核对导出的操作记录：有没有被改过、少过，是不是这个大厅签发的',
    'Check an exported log: whether it was altered or cut, and whether this hall signed it',
  ],
  async run(args, context) {
    const asked = readArguments(args);
    if (!asked.ok) {
      context.fail(USAGE);
      return 2;
    }
    const { file, root } = asked.value;
    const bytes = await readBytes(file);
    if (bytes === undefined)
      return context.fail([`没有这个文件：${file}`, `There is no such file: ${file}`]);
    const checked = await checkAuditExport(bytes, root);
    if (!checked.ok) return context.fail(HEADER_FAULTS[checked.refusal]);
    if (checked.value.faults.length > 0) return failWith(checked.value, context);
    succeed(checked.value, root, context);
    return 0;
  },
};

const USAGE: Sentence = [
  '用法：npm run hall -- verify-audit 文件 [--root 根指纹]（根指纹是 64 位十六进制，屏幕的打开地址里有）',
  'Usage: npm run hall -- verify-audit FILE [--root FINGERPRINT] (64 hexadecimal digits, as in a screen’s address)',
];

function readArguments(
  args: readonly string[],
): Result<{ readonly file: string; readonly root: Sha256 | undefined }, 'malformed'> {
  try {
    const options = { root: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [file, ...surplus] = positionals;
    const root = values.root?.toLowerCase().replaceAll(' ', '');
    if (file === undefined || surplus.length > 0) return refused('malformed');
    if (root !== undefined && !isSha256(root)) return refused('malformed');
    return accepted({ file, root });
  } catch {
    return refused('malformed'); // parseArgs throws on an option that it does not know.
  }
}

async function readBytes(file: string): Promise<Buffer<ArrayBuffer> | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'EISDIR', 'EACCES')) return undefined;
    throw error;
  }
}

const HEADER_FAULTS: Readonly<Record<HeaderFault, Sentence>> = {
  'not-export': [
    '不能核对：第 1 行（签名和公钥）读不出来。这不是导出的操作记录，或者第 1 行被改过。',
    'Not checked: line 1 (signature and public keys) is not readable. This is no export, or line 1 was altered.',
  ],
  'wrong-root': [
    '不可信：根指纹不一致。文件是另一个大厅签发的，或者指纹抄错了。',
    'Not to be trusted: the root fingerprint differs. Another hall signed this, or the fingerprint was copied wrongly.',
  ],
  'bad-roles': [
    '不可信：第 1 行里的公钥与签名不符，被改过。',
    'Not to be trusted: the public keys in line 1 do not fit their signatures; they were altered.',
  ],
  'bad-statement': [
    '不可信：第 1 行里的签名与内容不符，被改过。',
    'Not to be trusted: the signed statement in line 1 does not fit its signature; it was altered.',
  ],
};

/** More than this says the same again. */
const FAULTS_SHOWN = 20;

function failWith({ faults }: Checked, { fail }: ToolContext): number {
  for (const fault of faults.slice(0, FAULTS_SHOWN)) fail(sayFault(fault));
  const rest = faults.length - FAULTS_SHOWN;
  if (rest > 0) fail([`还有 ${rest} 处。`, `And ${rest} more.`]);
  return fail([
    `核对不通过：${faults.length} 处与签名不符。`,
    `Check failed: ${faults.length} places differ from what was signed.`,
  ]);
}

function sayFault({ kind, seq, until, at }: Fault): Sentence {
  const zh = at === null ? '' : `，${timeOf(at)}`;
  const en = at === null ? '' : `, ${timeOf(at)}`;
  switch (kind) {
    case 'unreadable':
      return [`第 ${seq} 条${zh}：读不出来`, `Entry ${seq}${en}: not readable`];
    case 'altered':
      return [
        `第 ${seq} 条${zh}：内容与它的哈希不符`,
        `Entry ${seq}${en}: it does not match its own hash`,
      ];
    case 'forked':
      return [
        `第 ${seq} 条${zh}：接不上前一条，这两条中有一条被换过`,
        `Entry ${seq}${en}: it does not follow the entry before; one of the two was replaced`,
      ];
    case 'missing':
      return [
        `第 ${seq} 至 ${until} 条不见了${at === null ? '' : `（前一条的时间 ${timeOf(at)}）`}`,
        `Entries ${seq} to ${until} are missing${at === null ? '' : ` (the one before: ${timeOf(at)})`}`,
      ];
    case 'surplus':
      return [
        `第 ${seq} 条之前${zh}：多出一条没有签过的`,
        `Before entry ${seq}${en}: an entry that was not signed`,
      ];
    case 'other-end':
      return [
        `第 ${seq} 条${zh}：不是签过的最后一条，结尾被整段重写过`,
        `Entry ${seq}${en}: not the last one that was signed; the end was written anew`,
      ];
  }
}

function succeed({ root, statement }: Checked, given: Sha256 | undefined, { say }: ToolContext) {
  const { hall, first, last, head, signedAt } = statement;
  const entries = last.seq - first.seq + 1;
  say([
    `核对通过：${hall}，第 ${first.seq} 至 ${last.seq} 条，共 ${entries} 条，一条不少，一字未改。`,
    `Check passed: ${hall}, entries ${first.seq} to ${last.seq}, ${entries} in all, none missing, none altered.`,
  ]);
  say([
    `签发时间 ${timeOf(signedAt)}，当时全部记录到第 ${head.seq} 条。`,
    `Signed ${timeOf(signedAt)}, when the whole log reached entry ${head.seq}.`,
  ]);
  if (given === undefined) {
    say([
      `文件里的根指纹：${root}\n请与屏幕打开地址里 root= 后面的那一串核对，一致才可信；或加 --root 再核对一次。`,
      `Root fingerprint in the file: ${root}\nCompare it with root= in a screen’s address, or check again with --root; only then is it to be trusted.`,
    ]);
  } else say(['根指纹一致。', 'The root fingerprint is the one given.']);
}

/** In the zone of this computer, which it names. */
function timeOf(t: number): string {
  const date = new Date(t);
  if (Number.isNaN(date.getTime())) return String(t);
  const minutes = -date.getTimezoneOffset();
  const local = new Date(t + minutes * 60_000).toISOString().slice(0, 19).replace('T', ' ');
  return `${local} (UTC${minutes < 0 ? '-' : '+'}${Math.abs(minutes) / 60})`;
}
