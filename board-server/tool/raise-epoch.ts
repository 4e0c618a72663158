import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { accepted } from '../../shared/kit/result.ts';
import type { DataFolder } from '../backup/data-folder.ts';
import { dataFolder } from '../backup/data-folder.ts';
import { readRestoredMark, removeRestoredMark } from '../backup/restored-mark.ts';
import { heldRoot, importRoot } from '../backup/root-key.ts';
import { audited, SYSTEM } from '../services/audit.ts';
import { nodeFileSystem } from '../store/node-file-system.ts';
import type { Store } from '../store/store.ts';
import type { HeldKey } from '../trust/key-files.ts';
import { raiseEpoch } from '../trust/roles-file.ts';
import type { Command, Sentence, ToolContext } from './command.ts';
import { sayingDiskFaults } from './failed-file.ts';
import { withStore } from './opened-store.ts';
import { KNOWN_PASSPHRASE, PASSPHRASE_REFUSALS, readPassphrase } from './passphrase.ts';
import { RESTORE_FAILURES } from './restore.ts';

export const raise: Command = {
  name: 'raise-epoch',
  usage: '[--root FILE] [--passphrase-file FILE]',
  summary: [
    '恢复备份之后重新启用大厅：各屏从此只认这台服务器现在的内容',
    'Put a restored hall back to work: from then on screens follow this server’s content',
  ],
  run: (args, context) => sayingDiskFaults(context, () => run(args, context)),
};

async function run(args: readonly string[], context: ToolContext): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { root: { type: 'string' }, 'passphrase-file': { type: 'string' } },
  });
  const folder = dataFolder(context.config);
  return withStore(folder, context, async (store) => {
    const root = await rootKey(folder, values.root, values['passphrase-file'], context);
    if (!root.ok) return context.fail(root.sentence);
    return raiseWith(root.value, folder, store, context);
  });
}

/** [BK6] The new roles statement is the commit point; whatever is cut short after it is made up for. */
async function raiseWith(
  root: HeldKey,
  folder: DataFolder,
  store: Store,
  { say, fail }: ToolContext,
): Promise<number> {
  const wasRestored = (await readRestoredMark(nodeFileSystem, folder.path)) !== undefined;
  const raised = await raiseEpoch(folder.keys, root);
  if (!raised.ok) return fail(FAILURES[raised.refusal]);
  const { epoch } = raised.value.newest;
  await store.commit({
    appends: [
      audited({
        by: SYSTEM,
        action: 'epoch.raise',
        subject: 'server',
        detail: String(epoch),
      }),
    ],
  });
  await removeRestoredMark(nodeFileSystem, folder.path);
  say([
    `大厅已重新启用（第 ${epoch} 纪元）。下次启动时，各屏的登记和内容都会重新签发，几分钟内各屏跟上。\n` +
      (wasRestored ? '' : '这个大厅并不是从备份恢复的；照样有效，只是没有必要。\n') +
      '如果有屏仍说“退回旧内容”，是它见过更高的纪元：停止服务器，再执行一次这个命令。\n' +
      '现在执行 npm start。',
    `The hall is back to work (epoch ${epoch}). At the next start lineups and content are signed anew; screens follow within minutes.\n` +
      (wasRestored ? '' : 'This hall had not been restored; this works, but was not needed.\n') +
      'If a screen still speaks of old content, it has seen a higher epoch: stop the server and run this again.\n' +
      'Now run npm start.',
  ]);
  return 0;
}

type RootKey =
  | { readonly ok: true; readonly value: HeldKey }
  | { readonly ok: false; readonly sentence: Sentence };

async function rootKey(
  { keys }: DataFolder,
  given: string | undefined,
  passphraseFile: string | undefined,
  context: ToolContext,
): Promise<RootKey> {
  const held = given === undefined ? await heldRoot(keys) : undefined;
  if (held !== undefined) return accepted(held.key);
  const file = given ?? (await context.ask(WHERE));
  if (file === undefined || file === '') return { ok: false, sentence: FAILURES['no-root'] };
  const passphrase = await readPassphrase(KNOWN_PASSPHRASE, passphraseFile, context);
  if (!passphrase.ok) return { ok: false, sentence: PASSPHRASE_REFUSALS[passphrase.refusal] };
  const imported = await importRoot(resolve(file), passphrase.value);
  if (imported.ok) return imported;
  const { refusal } = imported;
  return {
    ok: false,
    sentence: refusal === 'not-a-root' ? FAILURES[refusal] : RESTORE_FAILURES[refusal],
  };
}

const WHERE: Sentence = [
  '根密钥不在数据文件夹里。导出的根密钥文件在哪里（路径）',
  'The root key is not in the data folder. Path of the exported file',
];

const FAILURES = {
  missing: [
    '数据文件夹里没有 keys/roles.json，没有改动。请先恢复备份。',
    'There is no keys/roles.json in the data folder; nothing was changed. Restore a backup first.',
  ],
  damaged: [
    'keys/roles.json 已损坏，没有改动。请先恢复备份。',
    'keys/roles.json is damaged; nothing was changed. Restore a backup first.',
  ],
  'foreign-root': [
    '这个根密钥不是这个大厅的，没有改动。',
    'This root key is another hall’s; nothing was changed.',
  ],
  'no-root': [
    '需要根密钥：数据文件夹里没有。请用 --root 给出 export-root 导出的文件。',
    'The root key is needed and not in the data folder. Name the file that export-root made by --root.',
  ],
  'not-a-root': [
    '这个文件里没有根密钥（可能是大厅的备份）。',
    'There is no root key in this file (perhaps it is a backup).',
  ],
} as const satisfies Record<string, Sentence>;
