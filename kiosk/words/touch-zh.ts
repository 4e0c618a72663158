import { blocksZh } from './blocks.ts';

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}
interface Moment extends Day {
  readonly weekday: number;
  readonly clock: string;
}

const WEEKDAYS = ['', '一', '二', '三', '四', '五', '六', '日'];
const moment = ({ month, day, clock }: Moment) => `${month}月${day}日${clock}`;
const KINDS: Readonly<Record<string, string>> = {
  'policy-document': '政策文件',
  notice: '公告公示',
};

/** What the touch screen says. This file defines the words; English follows it. */
export const touchZh = {
  language: 'zh-CN',
  blocks: blocksZh,
  product: '政务公开屏',
  demo: '演示数据',
  kind: (kind: string) => KINDS[kind] ?? '其他公开',
  count: (count: number) => `${count}条`,
  date: ({ year, month, day }: Day) => `${year}年${month}月${day}日`,
  now: ({ month, day, weekday, clock }: Moment) =>
    `${month}月${day}日 星期${WEEKDAYS[weekday]} ${clock}`,
  list: '、',
  bar: {
    label: '常用操作',
    back: '返回',
    home: '首页',
    listen: '听一听',
    stopListening: '停止',
    type: { standard: '大字', large: '特大', largest: '标准' },
    low: '低位',
    high: '高位',
    desk: '找人帮忙',
    language: 'English',
    finish: '结束使用',
  },
  home: {
    title: '您想看什么？',
    open: '看政府公开',
    openHint: '政策文件、公告公示',
    issuers: '找哪个部门',
    issuersHint: '按单位看它公开了什么',
    letters: '按拼音字母',
    lettersHint: '按单位名称的首字母找',
    search: '搜一搜',
    searchHint: '输入拼音首字母就行',
    latest: '最近公开',
  },
  attract: {
    start: '触摸屏幕开始',
    free: '不用身份证，不用注册。',
    latest: '最近公开',
    latestHint: '触摸屏幕，进去查看',
    ways: ['政策文件、公告公示，都在这里查。', '字小可以放大，够不着可以调低。'],
  },
  idle: {
    title: '您还在吗？',
    text: (seconds: number) => `${seconds}秒后清除刚才的内容。`,
    stay: '还在，继续',
    finish: '结束并清除',
  },
  fresh: (at: Moment) => `内容更新于${moment(at)}`,
  carried: (at: Moment) => `内容由U盘带来，导出于${moment(at)}`,
  offline: (at: Moment) => `网络断了。公告和文件照常看。内容更新于${moment(at)}。`,
  stale: (at: Moment) => `本屏内容停在${moment(at)}，可能不是最新。办事前请问窗口或拨打电话。`,
  neverProved: '本屏内容还没有得到确认，可能不是最新。办事前请问窗口。',
  clockLost: '本屏的时间不准，有截止日期的内容先不显示。',
  clockUnconfirmed: '本屏的时间正在核对。',
  pairing: (code: string, fingerprint: string) =>
    `配对码 ${code.slice(0, 3)} ${code.slice(3)}　指纹 ${fingerprint.slice(0, 6)} ${fingerprint.slice(6, 12)}`,
  records: {
    all: '全部',
    byCategory: '按类别看',
    categories: '按类别看',
    empty: '这里现在没有公开的内容。',
    emptyNext: '可以换一类看看，或者回首页。',
    until: (day: Day) => `有效至${day.month}月${day.day}日`,
  },
  pager: {
    label: '翻页',
    previous: '上一页',
    next: '下一页',
    at: (page: number, pages: number) => `第${page}页，共${pages}页`,
  },
  issuers: {
    title: '找哪个部门',
    of: (letter: string) => `${letter} 开头的单位`,
    byLetter: '按拼音字母',
    letters: '按拼音字母找单位',
    open: (name: string) => `${name}公开的内容`,
  },
  document: {
    contents: '目录',
    closeContents: '回到正文',
    previous: '上一节',
    next: '下一节',
    up: '上一屏',
    down: '下一屏',
    progress: (percent: number) => `已读${percent}%`,
    reading: '正文',
    tools: '阅读',
    loading: '正在打开…',
    updated: '这条内容刚刚更新过，下面是新的。',
    ended: '这条内容已到期，不再显示。',
    stale: '这条内容太久没有核对，先不显示。请问窗口或拨打电话。',
    withdrawn: '这条内容已撤下，不再显示。',
    goneNext: '可以看看最近公开的其他内容。',
  },
  search: {
    title: '搜一搜',
    input: '搜索内容',
    placeholder: '例如：tsgg 或 停水',
    hint: '按拼音首字母就行。例如“停水公告”按 T S G G。',
    found: (count: number) => `找到${count}条`,
    none: (query: string) => `没有找到“${query}”。`,
    noneNext: '请少按几个字母试试，或者换一种找法：',
    preparing: '正在准备搜索…',
    failed: '搜索现在用不了。请用下面的办法找：',
    keyboard: '屏幕键盘',
    letters: '字母',
    typewriter: '26键',
    digits: '数字',
    erase: '退格',
    clear: '清空',
    space: '空格',
  },
  desk: {
    title: '找人帮忙',
    go: '请到这里，有人帮您：',
    phone: '也可以打电话：',
    none: '请问大厅里的工作人员。',
    hours: '上班时间',
    hoursOf: (from: string, until: string) => `${from}–${until}`,
    workdays: '工作日',
    honest: '本屏不能直接呼叫工作人员。',
  },
  office: {
    open: (until: string) => `正在上班，${until}下班。`,
    break: (opens: string) => `午间休息，${opens}开门。公开内容照常看。`,
    closedToday: (opens: string) => `还没上班，今天${opens}开门。公开内容照常看。`,
    closedTomorrow: (opens: string) => `已下班，明天${opens}开门。公开内容照常看。`,
    closedUntil: (days: number, opens: string) =>
      `现在不上班，${days}天后${opens}开门。公开内容照常看。`,
    closed: '今天不上班。公开内容照常看。',
  },
  error: {
    title: '这一页打不开。',
    text: '内容正在重新获取。您可以再试一次。',
    retry: '再试一次',
    home: '回首页',
  },
  boot: {
    title: '本屏正在接收内容',
    text: '第一次打开需要一点时间，收到后会自动显示。办事请先到窗口。',
    offline: '还没有连上服务器。请工作人员检查网线，或看管理端“屏幕”一页。',
  },
  wrongKind: {
    title: '本屏的网址不对',
    ask: '办事请先到窗口，或请问大厅里的工作人员。',
    staff:
      '请工作人员处理：这是触摸屏的网址，而这块屏登记的是大屏。请在管理端“屏幕”一页复制它自己的网址，或改正它的类型。',
  },
};
export type TouchWords = typeof touchZh;
