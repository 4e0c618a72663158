import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dataFolder } from '../backup/data-folder.ts';
import { exportRoot, heldRoot, removeRoot } from '../backup/root-key.ts';
import { clock, random } from '../hall.ts';
import type { Command, Sentence, ToolContext } from './command.ts';
import { sayingDiskFaults } from './failed-file.ts';
import { choosePassphrase, NEW_PASSPHRASE, PASSPHRASE_REFUSALS } from './passphrase.ts';

export const exportRootKey: Command = {
  name: 'export-root',
  usage: 'FILE [--move] [--passphrase-file FILE]',
  summary: [
    '把根密钥抄成（--move：移成）一个加密文件，锁进保险柜',
    'Copy (--move: move) the root key into an encrypted file, to be kept in a safe',
  ],
  run: (args, context) => sayingDiskFaults(context, () => run(args, context)),
};

async function run(args: readonly string[], context: ToolContext): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      move: { type: 'boolean', default: false },
      'passphrase-file': { type: 'string' },
    },
  });
  const [given] = positionals;
  if (given === undefined || positionals.length > 1) return 2;
  const file = resolve(given);
  const folder = dataFolder(context.config);
  if (file.startsWith(`${folder.path}/`)) return context.fail(FAILURES.inside);
  const root = await heldRoot(folder.keys);
  if (root === undefined) return context.fail(FAILURES['no-root']);
  const passphrase = await choosePassphrase(NEW_PASSPHRASE, values['passphrase-file'], context);
  if (!passphrase.ok) return context.fail(PASSPHRASE_REFUSALS[passphrase.refusal]);
  const exported = await exportRoot(root.pem, file, { passphrase: passphrase.value, random });
  if (!exported.ok) return context.fail(FAILURES[exported.refusal]);
  if (values.move) await removeRoot(folder.keys, { v: 1, at: clock(), keyid: root.key.keyid });
  context.say(values.move ? moved(file) : copied(file));
  return 0;
}

const copied = (file: string): Sentence => [
  `根密钥已抄到 ${file}（已加密，已读回核对）。数据文件夹里的那一份还在；要拿走它，加上 --move。`,
  `The root key was copied to ${file} (encrypted, read back). The data folder still holds it; add --move to take it out.`,
];

const moved = (file: string): Sentence => [
  `根密钥已移到 ${file}（已加密，已读回核对），数据文件夹里不再有它。\n` +
    '没有它，大厅照常：写稿、审核、发布、插播、撤下、加屏、配对，服务器可以重启、备份。\n' +
    '没有它，不能：恢复备份后重新启用（raise-epoch 会要这个文件）、更换各种签名密钥。\n' +
    '请抄两份，分两处锁好；口令另外保管。文件和口令丢了一样，以后就只能让每块屏重新登记。',
  `The root key was moved to ${file} (encrypted, read back); the data folder no longer holds it.\n` +
    'Without it the hall does its daily work: writing, review, publishing, withdrawing, new screens, restarts, backups.\n' +
    'Without it the hall cannot: open a new epoch after a restore (raise-epoch asks for this file), replace signing keys.\n' +
    'Keep two copies in two places, and the passphrase elsewhere: with either lost, every screen must be set up anew.',
];

const FAILURES = {
  exists: [
    '这个文件已经存在，没有改动它。请换一个名字。',
    'The file exists and was left as it is. Choose another name.',
  ],
  inside: ['请放到数据文件夹以外的地方。', 'Choose a place outside the data folder.'],
  unreadable: [
    '写好的文件读不回来，没有移走根密钥。请换一块磁盘再试。',
    'The file could not be read back; the root key stays where it is. Try another disk.',
  ],
  'no-root': [
    '数据文件夹里没有可用的根密钥：可能已经导出过，或已损坏。',
    'There is no usable root key in the data folder: it was exported already, or is damaged.',
  ],
} as const satisfies Record<string, Sentence>;
