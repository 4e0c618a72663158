import { dataFolder } from '../backup/data-folder.ts';
import { isCutShort } from '../backup/restore.ts';
import { MIGRATIONS } from '../services/upgrades.ts';
import { nodeFileSystem } from '../store/node-file-system.ts';
import type { Finding, FindingKind } from '../verify/finding.ts';
import type { Verified } from '../verify/verify-folder.ts';
import { verifyFolder } from '../verify/verify-folder.ts';
import type { Command, Sentence, ToolContext } from './command.ts';
import { sayingDiskFaults } from './failed-file.ts';

export const verifyHall: Command = {
  name: 'verify',
  usage: '',
  summary: [
    '核对数据文件夹里的每个文件、每条记录、每个签名；只看不改，服务器可以照常运行',
    'Check every file, entry and signature of the data folder; changes nothing, also while the server runs',
  ],
  run: (args, context) =>
    sayingDiskFaults(context, async () => (args.length > 0 ? 2 : verify(context))),
};

async function verify(context: ToolContext): Promise<number> {
  const folder = dataFolder(context.config);
  if (await isCutShort(folder)) return context.fail(CUT_SHORT);
  if ((await nodeFileSystem.list(folder.store)).length === 0) return context.fail(NO_HALL);
  const verified = await verifyFolder(folder, MIGRATIONS);
  if (!verified.ok) return context.fail(verified.refusal === 'newer' ? NEWER : TOO_BUSY);
  context.say(told(verified.value));
  const { findings } = verified.value;
  if (findings.length === 0) return 0;
  for (const kind of KINDS) {
    const found = findings.filter((each) => each.kind === kind);
    if (found.length > 0) context.fail(listed(kind, found));
  }
  return context.fail(HOW_TO_RESTORE);
}

function told({ documents, entries, objects, findings }: Verified): Sentence {
  const wrong = findings.length;
  const [zh, en] =
    wrong === 0 ? ['全部完好。', 'all sound.'] : [`${wrong} 处损坏。`, `${wrong} damaged.`];
  return [
    `核对了 ${documents} 份文档、${entries} 条日志、${objects} 个对象，以及所有密钥和签名：${zh}`,
    `Checked ${documents} documents, ${entries} log entries, ${objects} objects, all keys and signatures: ${en}`,
  ];
}

/** A long list is the same trouble many times. */
const LISTED = 50;

function listed(kind: FindingKind, found: readonly Finding[]): Sentence {
  const [zh, en] = ADVICE[kind];
  const lines = found.slice(0, LISTED).map(({ file, detail }) => `\n  ${file}（${detail}）`);
  const more = found.length > LISTED ? `\n  …… +${found.length - LISTED}` : '';
  return [`\n${zh}${lines.join('')}${more}`, en];
}

/** What each kind of damage means, and what to do about it. */
const ADVICE: Readonly<Record<FindingKind, Sentence>> = {
  roles: [
    '【授权名册】损坏：大厅无法证明谁可以签发，服务器不会启动。请恢复备份。',
    'The roles are damaged: nobody can prove who may sign, and the server will not start. Restore a backup.',
  ],
  key: [
    '【密钥】丢失、损坏或不是这个大厅的：用它签发的事做不了。请恢复备份；不要另造。',
    'A key is lost, damaged or another hall’s: what it signs cannot be done. Restore a backup.',
  ],
  journal: [
    '【流水】有一段读不出来：最近的几次保存可能丢了。下次启动会把它移到 quarantine 留存，其余照常。请对照最近的修改，缺了的补上，或恢复备份。',
    'A part of the journal is unreadable: some of the latest changes may be lost. The next start sets it aside and serves the rest. Compare the latest changes, or restore a backup.',
  ],
  document: [
    '【文档】损坏：这几份内容丢了。下次启动会把它们移到 quarantine 留存，其余照常。请重新填写，或恢复备份。',
    'Documents are damaged and lost. The next start sets them aside and serves the rest. Enter them again, or restore a backup.',
  ],
  log: [
    '【操作记录】被改动或有缺损：查账时请注明这一处。可用备份对照出原文。',
    'The audit log was altered or has lost entries: say so when it is examined. A backup has the original.',
  ],
  signature: [
    '【签名】不被信任：这些内容各屏会拒绝显示。内容请重新提交审核；屏幕登记请改一下名称再改回来。',
    'Signatures that nobody trusts: screens will refuse this. Have the content reviewed anew; change the name of a screen and change it back.',
  ],
  report: [
    '【屏幕报告】签名不是那块屏的：有别的机器冒用它报告过，这份报告不可信。请到屏前看实际显示什么；查不清原因就在管理台先取消配对，再重新配对。',
    'Reports that their screens did not sign: another machine spoke in their name. Look at the glass itself; if the cause stays unknown, unpair the screen in the console and pair it again.',
  ],
  object: [
    '【对象】损坏：各屏不会显示错的内容。服务器读到时会移走它，并从原文重新生成；生成不了的会撤出屏幕。也可以从备份里取回。',
    'Objects are damaged; no screen shows them. The server sets them aside when it reads them and makes them again from their records, or leaves the record out.',
  ],
  'lost-object': [
    '【对象】不见了：服务器会从原文重新生成；几分钟后仍缺，请恢复备份。',
    'Objects are missing. The server makes them again from their records; if they are missing after some minutes, restore a backup.',
  ],
  'set-aside': [
    '【留存】以前发现损坏、移到一边的文件。看过、补好之后就可以删掉。',
    'Files that were damaged and set aside earlier. Delete them once what they held was entered again.',
  ],
};
const KINDS: readonly FindingKind[] = [
  'roles',
  'key',
  'journal',
  'document',
  'log',
  'signature',
  'report',
  'object',
  'lost-object',
  'set-aside',
];

const HOW_TO_RESTORE: Sentence = [
  '\n要整个恢复：停止服务器，把数据文件夹移走留存，执行 npm run hall -- restore 备份文件，再执行 npm run hall -- raise-epoch。',
  'To restore all: stop the server, move the data folder away, run npm run hall -- restore FILE, then npm run hall -- raise-epoch.',
];

const CUT_SHORT: Sentence = [
  '恢复备份没有完成，没有可核对的。请再执行一次 npm run hall -- restore 备份文件。',
  'A restore was cut short; there is nothing to check. Run npm run hall -- restore FILE again.',
];
const NO_HALL: Sentence = [
  '数据文件夹里没有大厅。请看 DATA_DIR 是否写对。',
  'There is no hall in the data folder. See whether DATA_DIR is right.',
];
const NEWER: Sentence = [
  '数据文件夹由更新的版本写过。请用那个版本核对。',
  'A later version wrote in the data folder. Check it with that version.',
];
const TOO_BUSY: Sentence = [
  '服务器正忙着大量写入，一时核对不了。请过几分钟再试。',
  'The server is writing too much at once. Try again in a few minutes.',
];
