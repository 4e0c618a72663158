import type { Sentence } from './command.ts';
import { PASSPHRASE_REFUSALS } from './passphrase.ts';

export const NAMES_QUESTION = (suggested: readonly string[]): Sentence => [
  `大厅的主机名和 IP 地址，用空格分开；直接回车用 ${suggested.join(' ')}`,
  'Names and addresses of the hall, separated by spaces; Enter takes these',
];

export const KEY_QUESTION: Sentence = [
  '证书机构的私钥文件，放在数据文件夹以外，如 U 盘；首次制作时直接回车表示不保留',
  'File of the authority’s key, outside the data folder; Enter at the first time keeps none',
];

export const PASSPHRASE_QUESTION: Sentence = ['私钥文件的口令', 'Passphrase of the key file'];

/** What happened, and what to do next. */
export const TLS_REFUSALS = {
  ...PASSPHRASE_REFUSALS,
  'bad-flags': [
    '参数无效；可用：--name、--authority-key 或 --discard-authority-key、--passphrase-file、--new-authority。',
    'Invalid arguments; see the list above.',
  ],
  'bad-name': [
    '不是主机名，也不是 IP 地址。请写成 hall.lan 或 192.168.1.10，不带 http:// 和端口；本机回环地址不用证书。',
    'This is neither a host name nor an IP address. Write hall.lan or 192.168.1.10, without http:// and port.',
  ],
  'no-names': [
    '没有写明大厅的名字。请用 --name 写主机名或 IP 地址，可以写多个。',
    'No name was given. Name the hall’s host or IP address by --name, once for each.',
  ],
  'no-key-choice': [
    '请用 --authority-key 指定私钥文件（以后续期要用），或用 --discard-authority-key 表示不保留。',
    'Name a file for the authority’s key by --authority-key (needed to renew), or discard it by --discard-authority-key.',
  ],
  'key-in-data': [
    '私钥不能放在数据文件夹里：备份数据的人会一并拿走它。请放到别处，如 U 盘。',
    'The key may not lie in the data folder, where whoever copies the hall would get it. Name another place.',
  ],
  'file-exists': [
    '这个文件已经存在，没有覆盖，也没有改动证书。请换一个文件名。',
    'This file exists; it was not overwritten and no certificate was changed. Choose another name.',
  ],
  'no-folder': [
    '没有放私钥文件的这个文件夹，没有新建，证书没有改动。请看 U 盘是否插好、挂载好。',
    'The folder for the key file does not exist and was not made; no certificate was changed. See whether the stick is mounted.',
  ],
  'not-written': [
    '私钥文件写不进去，证书没有改动。请检查路径、权限和空间。',
    'The key file could not be written; no certificate was changed. Check path, permissions and space.',
  ],
  'key-needed': [
    '续期要用首次制作时保存的私钥文件，请用 --authority-key 指定。没有保留的，用 --new-authority 重做证书机构，然后每块屏和每台管理电脑重新安装一次。',
    'Renewing needs the key file saved at the first time: name it by --authority-key. If none was kept, make a new authority by --new-authority and install it on every screen and console again.',
  ],
  'no-key-file': ['没有这个私钥文件。', 'There is no such key file.'],
  'wrong-passphrase': [
    '口令不对，或这不是私钥文件。',
    'The passphrase is wrong, or this is no key file.',
  ],
  'wrong-key': ['这把私钥不是现在这个证书机构的。', 'This key is not of the present authority.'],
  'outside-authority': [
    '现在的证书机构不能担保这个名字。要换名字，请用 --new-authority 重做，然后每块屏和每台管理电脑重新安装一次。',
    'The present authority cannot vouch for this name. Make another by --new-authority, and install it on every screen and console again.',
  ],
  'bad-certificate': [
    '现有证书损坏，没有改动。请从备份恢复，或用 --new-authority 重做。',
    'The present certificate is damaged and was left as it is. Restore it from a backup, or make a new one by --new-authority.',
  ],
} as const satisfies Record<string, Sentence>;
export type TlsRefusal = keyof typeof TLS_REFUSALS;
