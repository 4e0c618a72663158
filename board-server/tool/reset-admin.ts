import { dataFolder } from '../backup/data-folder.ts';
import { clock, random } from '../hall.ts';
import { createAccountServices } from '../services/account-services.ts';
import { resetPassword } from '../services/recovery.ts';
import type { Store } from '../store/store.ts';
import type { Command, Sentence, ToolContext } from './command.ts';
import { sayingDiskFaults } from './failed-file.ts';
import { withStore } from './opened-store.ts';

export const resetAdmin: Command = {
  name: 'reset-admin',
  usage: '[ACCOUNT]',
  summary: [
    '系统管理员忘了密码或被锁定：解锁，并给一个一次性密码',
    'The administrator forgot the password or is locked out: unlocks, and makes a one-time password',
  ],
  run: (args, context) =>
    sayingDiskFaults(context, async () => {
      const [account] = args;
      if (args.length > 1 || account?.startsWith('-') === true) return 2;
      return withStore(dataFolder(context.config), context, (store) =>
        reset(store, account, context),
      );
    }),
};

async function reset(
  store: Store,
  wanted: string | undefined,
  { say, fail }: ToolContext,
): Promise<number> {
  const accounts = createAccountServices({ store, random });
  const administrators = accounts.people
    .list()
    .filter(({ roles, standing }) => roles.includes('administrator') && standing.state === 'open');
  const names = administrators.map((each) => each.account).toSorted();
  if (names.length === 0) return fail(NONE);
  const account = wanted ?? (names.length === 1 ? names[0] : undefined);
  if (account === undefined) return fail(which(names));
  const person = administrators.find((each) => each.account === account);
  if (person === undefined) return fail(notOne(account, names));
  const password = await resetPassword({ store, ...accounts }, person, clock());
  if (!password.ok) return fail(NOT_KEPT);
  say(told(account, password.value));
  return 0;
}

const told = (account: string, password: string): Sentence => [
  `账号 ${account} 已解锁，一次性密码（只显示这一次，登录后须立即更改）：\n  ${password}`,
  `The account ${account} is unlocked; above is its one-time password, shown only now, to be changed at sign-in.`,
];

const listed = (names: readonly string[]): string => names.join(', ');

const which = (names: readonly string[]): Sentence => [
  `有几位系统管理员：${listed(names)}。请写明账号：npm run hall -- reset-admin 账号`,
  `There are several administrators: ${listed(names)}. Name one: npm run hall -- reset-admin ACCOUNT`,
];

const notOne = (account: string, names: readonly string[]): Sentence => [
  `${account} 不是系统管理员的账号。系统管理员：${listed(names)}。其他人的密码，请系统管理员在管理台的“设置 › 人员”里重设。`,
  `${account} is no administrator’s account. Administrators: ${listed(names)}. They reset other people’s passwords in the console, under Settings › People.`,
];

const NONE: Sentence = [
  '这个数据文件夹里没有系统管理员。请看 DATA_DIR 是否写对，或恢复备份。',
  'There is no administrator in this data folder. See whether DATA_DIR is right, or restore a backup.',
];

const NOT_KEPT: Sentence = [
  '没能写入数据文件夹，密码没有改。请检查磁盘空间。',
  'The data folder could not be written; the password was not changed. Check the disk’s space.',
];
