import { instantOf, dayOf, zoneTable } from '../../shared/domain/civil.ts';
import type { Setting } from '../../shared/records/kind.ts';
import type { NoticeFields } from '../../shared/records/notice.ts';
import { notice } from '../../shared/records/notice.ts';
import type { PolicyDocumentFields } from '../../shared/records/policy-document.ts';
import { policyDocument } from '../../shared/records/policy-document.ts';
import { textToRichText } from '../../shared/records/rich-text.ts';

/** Builders of records that have nothing wrong with them; a test names only what it is about. */

export const shanghai = zoneTable('Asia/Shanghai', Date.UTC(2026, 0, 1), Date.UTC(2028, 0, 1));

/** A local time of September 2026 in the hall. */
export const september = (day: number, hour = 0, minute = 0): number =>
  instantOf(shanghai, dayOf({ year: 2026, month: 9, day }), hour * 60 + minute);

export const setting: Setting = { zone: shanghai, publishedOn: '2026-09-17' };

export function noticeOf(parts: Partial<NoticeFields> = {}): NoticeFields {
  return {
    ...notice.blank(),
    title: '县城北大街停水公告',
    category: '停水停电',
    body: textToRichText('因管网检修，9月18日8时至20时北大街停水。\n请居民提前储水。'),
    ledText: '9月18日8时至20时北大街停水，请提前储水。',
    issuer: '县自来水公司',
    department: '住房和城乡建设局',
    post: '供水管理岗',
    phone: '0312-0000000',
    validFrom: september(17, 8),
    validUntil: september(19),
    ...parts,
  };
}

export function documentOf(parts: Partial<PolicyDocumentFields> = {}): PolicyDocumentFields {
  return {
    ...policyDocument.blank(),
    title: '安澜县供水管理办法',
    issuers: ['安澜县人民政府'],
    docNo: '安政发〔2026〕8号',
    madeOn: '2026-08-01',
    publishedOn: '2026-08-10',
    genre: '办法',
    parts: [{ title: '', body: textToRichText('第一条 为加强供水管理，制定本办法。') }],
    department: '县政府办公室',
    post: '政务公开岗',
    phone: '0312-0000001',
    summary: '规范全县供水的规划、建设、检修和收费。',
    ...parts,
  };
}
