import type { Role } from '../shared/domain/policy.ts';
import type { FirstStart } from './first-start.ts';

/** What the person at the terminal reads when the hall is open: Chinese first. */
export function announce(
  urls: readonly string[],
  first: FirstStart,
  reset: Reset | undefined,
): string {
  const lines = [
    '',
    '政务公开屏已启动 · OpenHall is running',
    ...urls.map((url) => `  ${url}/`),
    '',
    ...linesOf(first),
    ...(reset === undefined ? [] : oneTime(reset)),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

/** The passwords that this start made, which nobody can be told again; empty when it made none. */
export function announcePasswords(first: FirstStart, reset: Reset | undefined): string {
  const lines = [
    ...(first.kind === 'existing' ? [] : linesOf(first)),
    ...(reset === undefined ? [] : oneTime(reset)),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

export interface Reset {
  readonly account: string;
  readonly password: string;
}

function linesOf(first: FirstStart): string[] {
  switch (first.kind) {
    case 'demo':
      return [
        '演示账号（密码只显示这一次）· Demonstration accounts (passwords are shown only now)',
        ...first.accounts.map(
          ({ account, password, roles, name }) =>
            `  ${account.padEnd(10)} ${password.padEnd(22)} ${roles.map(titleOf).join('、')} ${name}`,
        ),
      ];
    case 'empty':
      return oneTime(first);
    case 'existing':
      return [
        first.mode === 'demo'
          ? '演示账号的密码在首次启动时显示过。忘记时：'
          : '忘记密码时（数据文件夹已有内容，未作改动）：',
        '  npm start -- --reset-password <账号>',
        '  Passwords were shown at the first start; this makes a new one for an account.',
      ];
  }
}

function oneTime({ account, password }: Reset): string[] {
  return [
    '一次性密码，登录后须立即更改 · One-time password, to be changed at sign-in',
    `  ${account.padEnd(10)} ${password}`,
  ];
}

const TITLES: Readonly<Record<string, string>> = {
  editor: '编辑',
  reviewer: '审核',
  manager: '大厅主任',
  auditor: '监督',
  administrator: '系统管理员',
} satisfies Record<Role, string>;

function titleOf(role: string): string {
  return TITLES[role] ?? role;
}

/** [DG1] [BK5] What is wrong although the hall is open, and what to do; empty when nothing is. */
export function troubles({
  isRestored,
  damage,
}: {
  readonly isRestored: boolean;
  readonly damage: readonly string[];
}): string {
  const restored = [
    '这个大厅是从备份恢复的，还没有重新启用，现在不发布。请停止服务器，执行：npm run hall -- raise-epoch',
    'This hall was restored from a backup and publishes nothing yet. Stop it and run: npm run hall -- raise-epoch',
    '',
  ];
  const damaged = [
    '数据文件夹里有损坏的文件，已移到一边留存，其余照常：',
    ...damage.map((file) => `  ${file}`),
    '看是什么、怎么办：npm run hall -- verify',
    '要整个恢复：停止服务器，移走数据文件夹，npm run hall -- restore 备份文件，再 npm run hall -- raise-epoch',
    'Files of the data folder are damaged and set aside; the rest is served. See npm run hall -- verify.',
    '',
  ];
  return [...(isRestored ? restored : []), ...(damage.length === 0 ? [] : damaged)].join('\n');
}

/** Why there is no hall, or one with a lack: what happened, and what to do. */
export const FAILURES = {
  locked: [
    '数据文件夹正被另一个服务使用。请先停止它，或用 DATA_DIR 换一个文件夹。',
    'The data folder is in use by another server. Stop that one, or name another folder by DATA_DIR.',
  ],
  unreachable: [
    '这个数据文件夹不能用：不是文件夹、建不了，或没有权限。请检查 DATA_DIR，以及运行服务的账号的权限。',
    'The data folder cannot be used: it is no folder, cannot be made, or permission is denied. Check DATA_DIR and the account’s rights.',
  ],
  volatile: [
    '数据文件夹在内存盘上，断电后会全部丢失。请用 DATA_DIR 指定磁盘上的文件夹。',
    'The data folder lies in memory and would be lost with the power. Name one on a disk by DATA_DIR.',
  ],
  newer: [
    '数据文件夹由更新的版本写过。请安装那个版本，或更新的版本。',
    'A later version wrote in the data folder. Install that version or a newer one.',
  ],
  'half-restored': [
    '恢复备份没有完成，这个数据文件夹还不能用。请再执行一次：npm run hall -- restore 备份文件',
    'A restore was cut short and the data folder cannot be used yet. Run it again: npm run hall -- restore FILE',
  ],
  'lost-keys': [
    '签名密钥文件丢失或损坏，各屏不再认得这个大厅，所以没有启动。各屏照常播放已有内容。\n请把整个数据文件夹移走留存，再恢复备份：npm run hall -- restore 备份文件，然后 npm run hall -- raise-epoch',
    'A file of the signing keys is lost or damaged, so the hall was not opened; screens play on. Move the data\nfolder away, restore a backup (npm run hall -- restore FILE), then run npm run hall -- raise-epoch.',
  ],
  damaged: [
    '数据文件夹损坏，大厅的基本信息丢失，所以没有启动，也没有当成新的大厅。各屏照常播放已有内容。\n请把整个数据文件夹移走留存，再恢复备份：npm run hall -- restore 备份文件，然后 npm run hall -- raise-epoch',
    'The data folder is damaged and the hall’s own document is lost, so it was not opened, nor taken for a new one;\nscreens play on. Move the data folder away, restore a backup (npm run hall -- restore FILE), then run npm run hall -- raise-epoch.',
  ],
  'half-made': [
    '上次首次启动没有完成，账号密码无人知道。请删除数据文件夹后重新启动。',
    'The first start was cut short and nobody has its passwords. Delete the data folder and start again.',
  ],
  'not-furnished': [
    '无法写入数据文件夹，未能建立大厅。请检查磁盘空间和权限。',
    'The data folder could not be written, so no hall was made. Check space and permissions.',
  ],
  'not-listening': [
    '无法在这个地址和端口上监听。请用 PORT 或 HOST 换一个。',
    'This address and port cannot be used. Choose others by PORT or HOST.',
  ],
  'bad-certificate': [
    '数据文件夹 tls/ 里的证书损坏或不全。请从备份恢复，或执行 npm run hall -- tls --new-authority 重做。',
    'The certificate in tls/ of the data folder is damaged or incomplete. Restore it, or make a new one by the command above.',
  ],
  plain: [
    '没有证书：其他机器用 http 打开，只有公开页面和说明，不能登录，屏幕断网后留不住内容。请执行 npm run hall -- tls。',
    'There is no certificate: other machines get the public pages and an explanation only. Run the command above.',
  ],
  expiring: [
    '服务器证书快到期或已到期。请执行 npm run hall -- tls 续期，屏幕不用动。',
    'The server’s certificate is about to expire, or has. Renew it by the command above; screens need not be touched.',
  ],
  'no-account': [
    '没有这个账号，或账号已停用，未重置密码。',
    'There is no such account, or it is closed; no password was reset.',
  ],
} as const;
export type Failure = keyof typeof FAILURES;

export function explain(failure: Failure, detail: string | undefined): string {
  const [zh, en] = FAILURES[failure];
  return `${zh}\n${en}\n${detail === undefined ? '' : `(${detail})\n`}`;
}
