import type { NoticeFields } from '../../../shared/records/notice.ts';
import { NOTICE_CATEGORIES } from '../../../shared/records/notice.ts';
import { textToRichText } from '../../../shared/records/rich-text.ts';
import { present } from '../../../shared/kit/assert.ts';

/** A notice of everyday length, 300 to 900 characters, that no other number has; valid for a year. */
export function noticeNumbered(number: number, now: number): NoticeFields {
  const street = `${pick(STREETS, number)}${pick(STREETS, number * 7 + 3)}`;
  const matter = pick(MATTERS, number * 5 + 1);
  const paragraphs = Array.from(
    { length: 3 + (number % 5) },
    (_, index) =>
      `${index + 1}. ${pick(SENTENCES, number * 3 + index)}涉及${street}第${(number * 31 + index * 17) % 900}号至第${((number * 37 + index * 19) % 900) + 900}号，编号${number}-${index}。${pick(SENTENCES, number + index * 11)}`,
  );
  return {
    title: `关于${street}${matter}的公告（第${number}号）`,
    category: pick(NOTICE_CATEGORIES, number),
    body: textToRichText(paragraphs.join('\n')),
    ledText: '',
    issuer: pick(ISSUERS, number * 11),
    department: pick(ISSUERS, number * 11),
    post: '公告管理岗',
    phone: '0312-0000000',
    validFrom: null,
    validUntil: now + 365 * 86_400_000,
    summary: '',
    docNo: '',
    madeOn: null,
    carriers: ['touch'],
  };
}

const pick = <Value>(list: readonly Value[], number: number): Value =>
  present(list[number % list.length], 'one of a list');

const STREETS = [
  '城北大街',
  '建设路',
  '育才街',
  '振兴路',
  '滨河西路',
  '文昌巷',
  '安澜大道',
  '东关街',
  '南环路',
  '和平里',
  '新华街',
  '水厂路',
  '青年路',
];
const MATTERS = [
  '供水管网检修停水',
  '配电线路检修停电',
  '窗口临时调整',
  '不动产登记系统升级',
  '道路改造封闭施工',
  '惠民补贴发放',
  '公益性岗位招聘',
  '征地补偿方案公示',
  '医保缴费集中办理',
];
const ISSUERS = [
  '供水公司',
  '供电公司',
  '市场监督管理局',
  '税务局',
  '医疗保障局',
  '民政局',
  '自然资源局',
  '交通运输局',
];
const SENTENCES = [
  '因设施老化需集中检修，期间将分段停止供应，请沿线居民和单位提前做好储备，检修结束后及时恢复，',
  '为保障群众出行安全，施工路段全天封闭，过往车辆请按现场指示标志绕行，公交线路同步调整，',
  '符合条件的申请人可携带身份证原件和户口簿到一楼综合窗口办理，资料齐全的当场受理，',
  '公示期内如有异议，请以书面形式向责任部门反映，并注明真实姓名和联系方式，逾期不再受理，',
  '系统升级期间暂停网上申报，已提交的业务不受影响，紧急事项请拨打值班电话，工作人员将登记处理，',
  '请广大群众相互转告，由此带来的不便敬请谅解，感谢您的理解与支持，',
  '经研究决定，对本次范围内的对象统一核查登记，结果在政务服务中心和所在村居同时张贴，',
];
