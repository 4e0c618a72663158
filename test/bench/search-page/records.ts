import type { Shown } from '../../../kiosk/touch/model/visible-items.ts';
import { id, isRecordId, isSha256 } from '../../../shared/kit/ids.ts';

/** Ten thousand notices as a county might have them, from a stated seed. */
export const RECORDS = 10_000;
const SEED = 20_260_917;

const PLACES =
  '北大街 滨河路 文化街 育才街 光明街 建设路 城东片区 东关村 西关村 南环路 安肃镇 遂城镇 大王店镇 漕河镇'.split(
    ' ',
  );
const MATTERS =
  '停水 停电 窗口调整 系统升级 公示 征地补偿 低保名单 招聘 培训 失物招领 道路施工 供暖 医保缴费 环评受理'.split(
    ' ',
  );
const UNITS =
  '县自来水公司 县供电公司 县民政局 县人社局 县自然资源局 县医疗保障局 县交通运输局 县住建局'.split(
    ' ',
  );
const WORDS =
  '因 管网 检修 定于 上午 下午 请 居民 提前 储水 工作 人员 办理 咨询 电话 地址 一楼 大厅 材料 身份证 户口本 申请 审批 期限 公开 监督 意见 反馈 说明 事项 依据 规定 执行 时间 范围 影响 恢复 通知 单位 个人 项目 资金 金额 标准 发放'.split(
    ' ',
  );

export function records(): {
  readonly shown: readonly Shown[];
  readonly queries: readonly string[];
} {
  const next = randomFrom(SEED);
  const pick = (list: readonly string[]): string => list[Math.floor(next() * list.length)] ?? '';
  const shown: Shown[] = [];
  for (let number = 0; number < RECORDS; number++) {
    const title = `${pick(PLACES)}${pick(MATTERS)}公告第${number}号`;
    const sentences = Array.from(
      { length: 12 + Math.floor(next() * 60) },
      () => pick(WORDS) + pick(WORDS) + pick(WORDS),
    );
    const text = `${title}\n${pick(UNITS)}\n${sentences.join('，')}。`;
    const initials = Array.from(title, (char) =>
      char < '\u0250' ? char : String.fromCodePoint(97 + ((char.codePointAt(0) ?? 0) % 26)),
    ).join('');
    shown.push(shownOf(`r-${number}`, title, text, initials));
  }
  return { shown, queries: queriesFrom(shown, next) };
}

/** Substrings that occur, of one to eight characters, others that do not, and runs of initials. */
function queriesFrom(shown: readonly Shown[], next: () => number): string[] {
  const queries: string[] = [];
  for (let count = 0; count < 600; count++) {
    const entry = shown[Math.floor(next() * shown.length)]?.entry;
    const source = count % 3 === 2 ? entry?.initials : entry?.text;
    const from = Math.floor(next() * ((source?.length ?? 1) - 8));
    const taken = source?.slice(from, from + 1 + Math.floor(next() * 8)).replaceAll('\n', '') ?? '';
    queries.push(count % 10 === 9 ? `${taken}无此词` : taken);
  }
  return queries.filter((query) => query.trim() !== '');
}

function shownOf(key: string, title: string, text: string, initials: string): Shown {
  const record = id(isRecordId, key);
  const digest = id(isSha256, '0'.repeat(64));
  return {
    entry: { key: record, version: 1, text, initials },
    item: {
      v: 1,
      record,
      version: 1,
      kind: 'notice',
      audience: 'public',
      carriers: ['touch'],
      listing: {
        title,
        summary: '',
        issuers: [],
        category: '',
        docNo: null,
        madeOn: null,
        publishedOn: null,
        validUntil: null,
      },
      view: { digest, bytes: 1 },
      boards: {},
      search: digest,
      earliestAt: null,
      latestAt: null,
      maxStaleSeconds: null,
    },
  };
}

/** Mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
