import { ROTATIONS } from '../screen-kit/render.ts';
import type { Sentence } from './command.ts';

/** What is asked at a terminal, each with what an empty answer takes. */
export const QUESTIONS = {
  address: (screens: readonly string[]): Sentence => [
    screens.length === 0
      ? '从管理台“屏幕”一页复制这块屏的打开地址，粘贴在这里'
      : `哪块屏？写编号（${screens.join('、')}），或粘贴管理台里的打开地址`,
    'Paste the screen’s launch address from the console, or type its id',
  ],
  origin: (suggested: string): Sentence => [
    `屏幕用哪个 https 网址找到大厅；直接回车用 ${suggested}`,
    'By which https address the screen reaches the hall; Enter takes this one',
  ],
  name: (suggested: string): Sentence => [
    `屏幕叫什么名字；直接回车用“${suggested}”`,
    'What the screen is called; Enter takes this',
  ],
  contact: (): Sentence => ['屏幕出问题找谁', 'Whom to call'],
  phone: (suggested: string): Sentence => [
    `电话${suggested === '' ? '' : `；直接回车用 ${suggested}`}`,
    'Telephone',
  ],
  power: (): Sentence => [
    '电源开关在哪里；直接回车就在纸上留空，以后手写',
    'Where it is switched on; Enter leaves a line to write on',
  ],
  cable: (): Sentence => [
    '网线和视频线接在哪里；直接回车就在纸上留空，以后手写',
    'Which cable goes where; Enter leaves a line to write on',
  ],
  sound: (suggested: string): Sentence => [
    `音量，0 到 100；直接回车用 ${suggested}`,
    'Sound level, 0 to 100; Enter takes this',
  ],
  rotate: (suggested: string): Sentence => [
    `画面方向 ${ROTATIONS.join('、')}；直接回车用 ${suggested}`,
    'How the picture is turned; Enter takes this',
  ],
  to: (suggested: string): Sentence => [
    `安装包放在哪个文件夹；直接回车用 ${suggested}`,
    'Folder of the kit; Enter takes this one',
  ],
} as const;

export const SUGGESTED = {
  sound: '40',
  rotate: 'normal',
} as const;

/** What happened, and what to do next. */
export const KIT_REFUSALS = {
  'bad-flags': [
    '参数无效；可用：--address（或 --screen、--kind、--root、--origin）、--name、--contact、--phone、--power、--cable、--sound、--rotate、--stick（这块屏用 U 盘更新）、--to。',
    'Invalid arguments; see the list above.',
  ],
  'no-address': [
    '没有写明是哪块屏。请用 --address 粘贴管理台“屏幕”一页里的打开地址，或用 --screen 写编号。',
    'No screen is named. Give its launch address from the console by --address, or its id by --screen.',
  ],
  'bad-address': [
    '这不是屏幕的打开地址。它像 https://hall.lan:4680/touch/?screen=编号&root=指纹，请从管理台“屏幕”一页整行复制。',
    'This is no launch address of a screen. Copy the whole line from “Screens” in the console.',
  ],
  'bad-screen': [
    '屏幕编号不对：只用小写字母、数字和连字符。',
    'The screen’s id is malformed: small letters, digits and hyphens only.',
  ],
  'bad-root': [
    '根指纹不对：应是 64 位十六进制数字，请从打开地址里整段复制。',
    'The root fingerprint is malformed: 64 hexadecimal digits, as in the launch address.',
  ],
  'not-https': [
    '地址不是 https 开头，浏览器断网后留不住内容。请先执行 npm run hall -- tls，再用 https 网址。',
    'The address does not begin with https, so the browser would keep nothing offline. Run npm run hall -- tls first.',
  ],
  'no-such-screen': [
    '大厅里没有这块屏。请先在管理台“屏幕”一页添加。',
    'The hall has no such screen. Add it under “Screens” in the console first.',
  ],
  'other-kind': [
    '这个地址和屏的种类不符：触摸屏用 /touch/，电视和 LED 屏用 /board/。请从管理台“屏幕”一页整行复制。',
    'The address is for a screen of the other kind. Copy the whole line from “Screens” in the console.',
  ],
  'other-hall': [
    '这个地址的根指纹不是本机大厅的。请核对是不是别的大厅的地址。',
    'The root fingerprint in this address is not of this hall. Check whether it is another hall’s.',
  ],
  'other-name': [
    '大厅证书不能担保这个网址。请用证书里的名字，或执行 npm run hall -- tls 加上它。',
    'The hall’s certificate is not good for this address. Use one of its names, or add it by npm run hall -- tls.',
  ],
  'bad-certificate': [
    '大厅证书损坏。请从备份恢复，或执行 npm run hall -- tls --new-authority。',
    'The hall’s certificate is damaged. Restore it, or make a new one.',
  ],
  'no-contact': [
    '没有写明出问题找谁。请用 --contact 写姓名，用 --phone 写电话。',
    'Nobody to call is named. Give a name by --contact and a number by --phone.',
  ],
  'too-long': [
    '这一项太长，最多 60 个字，也不能换行。',
    'This is too long: at most 60 characters in one line.',
  ],
  'bad-sound': ['音量应是 0 到 100 的整数。', 'The sound level is a whole number from 0 to 100.'],
  'bad-rotation': [
    `画面方向应是 ${ROTATIONS.join('、')} 之一。`,
    `The picture’s turn is one of ${ROTATIONS.join(', ')}.`,
  ],
  'not-empty': [
    '这个文件夹里已经有文件，没有改动。请换一个空文件夹。',
    'This folder is not empty; nothing was changed. Name an empty one.',
  ],
  'not-written': [
    '文件夹写不进去。请检查路径、权限和空间。',
    'The folder cannot be written. Check path, permissions and space.',
  ],
} as const satisfies Record<string, Sentence>;
export type KitRefusal = keyof typeof KIT_REFUSALS;
