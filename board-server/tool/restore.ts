import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dataFolder } from '../backup/data-folder.ts';
import { restoreBackup } from '../backup/restore.ts';
import type { Restored, RestoreRefusal } from '../backup/restore.ts';
import { clock } from '../hall.ts';
import type { Command, Sentence, ToolContext } from './command.ts';
import { sayingDiskFaults } from './failed-file.ts';
import { KNOWN_PASSPHRASE, PASSPHRASE_REFUSALS, readPassphrase } from './passphrase.ts';
import { inUtc } from './quantity.ts';

export const restore: Command = {
  name: 'restore',
  usage: 'FILE [--passphrase-file FILE]',
  summary: [
    '把备份恢复到空的数据文件夹；之后要执行 raise-epoch 才会发布',
    'Restore a backup into an empty data folder; nothing is published until raise-epoch',
  ],
  run: (args, context) => sayingDiskFaults(context, () => run(args, context)),
};

async function run(args: readonly string[], context: ToolContext): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { 'passphrase-file': { type: 'string' } },
  });
  const [given] = positionals;
  if (given === undefined || positionals.length > 1) return 2;
  const passphrase = await readPassphrase(KNOWN_PASSPHRASE, values['passphrase-file'], context);
  if (!passphrase.ok) return context.fail(PASSPHRASE_REFUSALS[passphrase.refusal]);
  const folder = dataFolder(context.config);
  const restored = await restoreBackup(folder, resolve(given), {
    passphrase: passphrase.value,
    now: clock(),
  });
  if (!restored.ok) return context.fail(RESTORE_FAILURES[restored.refusal]);
  context.say(told(folder.path, restored.value));
  return 0;
}

function told(path: string, { about, files }: Restored): Sentence {
  const at = inUtc(about.madeAt);
  return [
    `已恢复到 ${path}（${files} 个文件，备份于 ${at}）。\n` +
      '各屏可能见过比这份备份更新的内容，所以现在还不发布。接下来：\n' +
      '  1. 确认原来的服务器已经停用，不会再启动；\n' +
      '  2. 执行 npm run hall -- raise-epoch\n' +
      '  3. 执行 npm start，登录管理台，看备份之后撤下或改过的内容是不是又回来了。',
    `Restored to ${path} (${files} files, backed up at ${at}).\n` +
      'Screens may have seen newer content than this backup, so nothing is published yet. Next:\n' +
      '  1. Make sure that the old server is out of use and will not start again.\n' +
      '  2. Run npm run hall -- raise-epoch\n' +
      '  3. Run npm start, sign in, and see whether something is back that was withdrawn or changed since.',
  ];
}

/** Also for other sealed files, such as an exported root key. */
export const RESTORE_FAILURES: Readonly<Record<RestoreRefusal, Sentence>> = {
  missing: ['没有这个文件。', 'There is no such file.'],
  foreign: ['这不是 OpenHall 加密的文件。', 'This is not a file that OpenHall sealed.'],
  newer: [
    '这个文件由更新的版本写成。请先升级。',
    'A later version wrote this file. Upgrade first.',
  ],
  'wrong-passphrase': [
    '口令不对，没有改动任何东西。',
    'The passphrase is wrong; nothing was changed.',
  ],
  damaged: [
    '这个文件已损坏或不完整，什么也没有恢复。请换另一份备份。',
    'The file is damaged or cut short; nothing was restored. Use another backup.',
  ],
  'not-a-backup': [
    '这个文件不是大厅的备份（可能是导出的根密钥）。',
    'The file is not a backup of a hall (perhaps an exported root key).',
  ],
  occupied: [
    '数据文件夹里已有内容，没有改动它。请用 DATA_DIR 指定一个空文件夹，或先把原来的移走。',
    'The data folder holds something and was left as it is. Name an empty one by DATA_DIR, or move it away.',
  ],
  volatile: [
    '数据文件夹在内存盘上，断电后会全部丢失。请用 DATA_DIR 指定磁盘上的文件夹。',
    'The data folder lies in memory and would be lost with the power. Name one on a disk by DATA_DIR.',
  ],
};
