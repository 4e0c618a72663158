import type { ClockState } from '../../shared/protocol/report.ts';
import type { BootFailure } from '../../shared/protocol/shell.ts';
import type { Taken } from '../../shared/sync/carry.ts';
import type { TakeRefusal } from '../../shared/sync/stick.ts';

export type TechnicianTrouble = TakeRefusal | 'no-file' | 'no-folder';

const troubles: Record<TechnicianTrouble, string> = {
  rollback: '这份文件比屏上的内容旧，没有换。请在管理台重新导出一份，带最新的来。',
  conflict: '这份文件和屏上的内容互相矛盾，没有采用。请马上联系系统管理员。',
  'other-screen': '文件里没有给这块屏的内容，没有换。请在管理台导出时选上这块屏。',
  'other-hall': '这份文件是别的大厅的，没有采用。请用本大厅管理台导出的文件。',
  'other-version': '文件和屏上程序的版本不同，没有采用。请先给这台机器联网更新程序，再导出一次。',
  'other-format': '文件和屏上程序的版本不同，没有采用。请先给这台机器联网更新程序，再导出一次。',
  'not-a-stick': '这不是公开屏的内容文件。请选名字以 openhall 开头、.ohs 结尾的那个文件。',
  'cut-off': '文件不完整，可能没拷完就拔了U盘。请重新拷一次，弹出U盘后再拔。',
  overlong: '文件比它应有的长，可能拷坏了或被改过，没有采用。请重新下载，再拷一次。',
  damaged: '文件损坏了，没有采用。请重新下载，再拷一次。',
  'bad-object': '文件有一处损坏，没有采用，屏上照旧。请重新拷一次；还不行换一个U盘。',
  'missing-object': '文件里缺一部分，没有采用，屏上照旧。请在管理台重新导出。',
  unreadable: 'U盘读不出来。请拔下重新插好，或换一个U盘。',
  fetching: 'U盘读到一半断了，没有换，屏上照旧。请插好U盘，再选一次同一个文件，会接着读。',
  'no-space': '这台机器的存储满了，新内容放不下，屏上照旧。请清理磁盘、重启，再试一次。',
  'too-large': '内容太大，这台机器放不下，屏上照旧。请联系系统管理员。',
  unsigned: '文件里的签名不可信，没有采用。请用本大厅管理台导出的文件。',
  'bad-statement':
    '文件里的说明看不懂，或导出时间比屏上的时间还晚，没有采用。请核对这台机器的时间，再导出一次。',
  'not-public': '文件里有不对公众公开的内容，没有采用。请联系系统管理员。',
  'clock-lost': '这台机器不知道现在几点。请校准它的时间，再选一次。',
  'not-painting': '内容收下了，但屏上没有画出来。请重启这台机器。',
  'no-file': '这个文件夹里没有 .ohs 文件。请选文件所在的文件夹。',
  'no-folder': '没有选文件夹，或没有允许读写。可以改用“选择文件”。',
};

const taken: Record<Taken, string> = {
  shown: '已经换上。',
  same: '屏上已经是这一版，不用换。',
  soon: '已经收下，一分钟内换上。',
};

const clocks: Record<ClockState, string> = {
  confirmed: '已由网络核对',
  unconfirmed: '按这台机器的时间，没有网络核对',
  lost: '不准。有截止日期的内容先不显示。请校准这台机器的时间，再选一次文件',
};

const failures: Record<BootFailure, string> = {
  threw: '启动时出错',
  'not-painted': '没有画面',
};

/** What the technician's page says. This file defines the words; English follows it. */
export const technicianZh = {
  language: 'zh-CN',
  other: 'English',
  title: '技术页',
  screen: '屏幕',
  none: '还没有内容',
  content: '内容',
  carried: (times: number, when: string) => `第 ${times} 次发布，U盘导出于 ${when}`,
  online: (times: number, when: string) => `第 ${times} 次发布，更新于 ${when}`,
  clock: '时间',
  clocks,
  program: '程序',
  failures,
  rolledBack: (failed: string, why: string) =>
    `新版 ${failed} 连续三次没有启动成功（${why}），已自动退回这一版，不会再装。请告诉系统管理员；服务器换上修好的新版，联网就会自己装。`,
  fingerprint: '指纹',
  ask: '没有网络时，用U盘换上新内容',
  explain: '请选管理台导出的 .ohs 文件。屏自己核对签名和版本，不合格的不会换上。',
  file: '选择文件',
  folder: '选择U盘文件夹，回执自动写回',
  reading: (megabytes: string) => `正在读U盘，已读 ${megabytes} MB。请不要拔。`,
  troubles,
  taken,
  receipt: '回执',
  written: (name: string) => `回执已写到U盘：${name}。可以拔U盘了，带回去在管理台“登记回执”。`,
  unwritten: '回执没能写到U盘。请用下面任一种办法带回去：',
  handed: '请带回执回去，在管理台“登记回执”。下面任一种办法都行：',
  download: '保存回执文件',
  scan: '用手机扫这个码，把文字发回去',
  close: '关闭，回到公开屏',
};

export type TechnicianWords = typeof technicianZh;
