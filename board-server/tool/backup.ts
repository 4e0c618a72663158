import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dataFolder } from '../backup/data-folder.ts';
import { makeBackup } from '../backup/backup.ts';
import type { BackupRefusal, MadeBackup } from '../backup/backup.ts';
import { noteBackup } from '../backup/last-backup.ts';
import { clock, random } from '../hall.ts';
import { nodeFileSystem } from '../store/node-file-system.ts';
import { readHeldRoles } from '../trust/roles-file.ts';
import type { Command, Sentence, ToolContext } from './command.ts';
import { sayingDiskFaults } from './failed-file.ts';
import { choosePassphrase, NEW_PASSPHRASE, PASSPHRASE_REFUSALS } from './passphrase.ts';
import { inMegabytes } from './quantity.ts';

export const backup: Command = {
  name: 'backup',
  usage: 'FILE [--passphrase-file FILE] [--overwrite]',
  summary: [
    '把整个大厅备份成一个加密文件，服务器可以照常运行',
    'Back up the whole hall into one encrypted file, also while the server runs',
  ],
  run: (args, context) => sayingDiskFaults(context, () => run(args, context)),
};

async function run(args: readonly string[], context: ToolContext): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'passphrase-file': { type: 'string' },
      overwrite: { type: 'boolean', default: false },
    },
  });
  const [given] = positionals;
  if (given === undefined || positionals.length > 1) return 2;
  const file = resolve(given);
  const folder = dataFolder(context.config);
  const roles = await readHeldRoles(folder.keys);
  if (!roles.ok) return context.fail(roles.refusal === 'missing' ? FAILURES['no-hall'] : NO_ROLES);
  const passphrase = await choosePassphrase(NEW_PASSPHRASE, values['passphrase-file'], context);
  if (!passphrase.ok) return context.fail(PASSPHRASE_REFUSALS[passphrase.refusal]);
  const madeAt = clock();
  const { newest, root } = roles.value;
  const made = await makeBackup({
    folder,
    file,
    overwrite: values.overwrite ? 'allowed' : 'refused',
    passphrase: passphrase.value,
    about: { v: 1, madeAt, epoch: newest.epoch, root },
    random,
  });
  if (!made.ok) return context.fail(FAILURES[made.refusal]);
  const { size } = await stat(file);
  await noteBackup(nodeFileSystem, folder.path, { madeAt, file, bytes: size });
  context.say(told(file, size, made.value));
  if (made.value.damaged.length > 0) context.fail(left(made.value.damaged));
  return 0;
}

function told(file: string, size: number, { files }: MadeBackup): Sentence {
  return [
    `已备份到 ${file}（${inMegabytes(size)}，${files} 个文件，已加密）。\n请抄到另一台机器或移动硬盘上；口令另外保管，丢了口令谁也打不开。`,
    `Backed up to ${file} (${inMegabytes(size)}, ${files} files, encrypted).\nKeep a copy on another machine or disk, and the passphrase elsewhere: without it nobody can open the file.`,
  ];
}

function left(damaged: readonly string[]): Sentence {
  const names = damaged.map((name) => `\n  ${name}`).join('');
  return [
    `注意：${damaged.length} 个对象文件已损坏，没有放进备份。请执行 npm run hall -- verify 看怎么办。`,
    `Note: ${damaged.length} damaged objects are not in the backup. See npm run hall -- verify.${names}`,
  ];
}

const NO_ROLES: Sentence = [
  'keys/roles.json 已损坏，没有备份。请先用旧备份恢复，或执行 npm run hall -- verify。',
  'keys/roles.json is damaged; nothing was backed up. Restore an earlier backup, or run npm run hall -- verify.',
];

const FAILURES: Readonly<Record<BackupRefusal, Sentence>> = {
  exists: [
    '这个文件已经存在，没有改动它。请换一个名字，或加上 --overwrite。',
    'The file exists and was left as it is. Choose another name, or add --overwrite.',
  ],
  inside: [
    '备份不能放在数据文件夹里面：它坏了，备份也就没了。请放到另一块磁盘。',
    'The backup cannot lie in the data folder: both would be lost together. Use another disk.',
  ],
  'no-hall': [
    '数据文件夹里没有大厅，没有可备份的。请看 DATA_DIR 是否写对。',
    'There is no hall in the data folder. See whether DATA_DIR is right.',
  ],
  'too-busy': [
    '服务器正忙着大量写入，一时备份不了。请过几分钟再试。',
    'The server is writing too much at once. Try again in a few minutes.',
  ],
};
