import { unreachable } from '../../shared/kit/assert.ts';
import type { Feature } from '../device/floor.ts';

/** What a page that cannot run says, in both languages at once: nobody is there to choose. */
export const floorZh = {
  title: '这台设备打不开政务公开屏',
  waiting: '这块屏先等一等',
  browser: '浏览器版本太低。需要 Chromium 109 或更新的版本。',
  secure: '网址不是安全连接。请改用 https 网址，或在本机用 http://localhost 打开。',
  storage: '浏览器不允许保存内容。请关闭无痕模式，允许本站保存数据。',
  address: '网址里没有写明是哪块屏。请从管理端“屏幕”一页复制这块屏的网址。',
  kind: '这是大屏的网址，而这块屏登记的是触摸屏，或这一版还不认识的大屏。请在管理端“屏幕”一页复制它自己的网址，或改正它的类型。',
  failed: '启动没有成功。请重新打开；还是不行，请联系管理员。',
  elsewhere: '这块屏已经在本机另一个窗口里打开。关掉那个窗口，这里会自动接着显示。',
  ask: '请问大厅里的工作人员。',
  staff: '请工作人员处理：',
};

export const floorEn: Omit<typeof floorZh, 'ask'> = {
  title: 'This device cannot open the screen',
  waiting: 'This screen waits',
  browser: 'The browser is too old. Chromium 109 or newer is needed.',
  secure: 'The address is not a secure connection. Use https, or http://localhost on this box.',
  storage: 'The browser may not keep data. Leave private mode and allow this site to store data.',
  address: 'The address does not say which screen this is. Copy it from "Screens" in the console.',
  kind: 'This is the address of a board, but the screen is registered as a touch screen, or as a board unknown to this version. Copy its own address from "Screens" in the console, or correct its kind.',
  failed: 'Starting failed. Open it again; if that does not help, ask the administrator.',
  elsewhere:
    'This screen is already open in another window of this device. Close that one and this goes on.',
  staff: 'For staff:',
};

export type Trouble =
  | 'browser'
  | 'secure'
  | 'storage'
  | 'address'
  | 'kind'
  | 'failed'
  | 'elsewhere';

/** Waiting for another window is no failure. */
export const titleOf = (words: typeof floorEn, trouble: Trouble): string =>
  trouble === 'elsewhere' ? words.waiting : words.title;

/** What to tell staff about what the browser lacks: the first lack explains the others. */
export function troubleOf(missing: readonly Feature[]): Trouble {
  const [first] = missing;
  switch (first) {
    case 'secure-context':
      return 'secure';
    case 'local-storage':
      return 'storage';
    case 'web-crypto':
    case 'indexed-db':
    case 'streams':
    case 'web-animations':
      return 'browser';
    case undefined:
      return 'failed';
    default:
      return unreachable(first);
  }
}
