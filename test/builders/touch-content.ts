import { daysFrom } from '../../board-server/demo/days.ts';
import { demonstrationNotices } from '../../board-server/demo/notices.ts';
import sourceText from '../../board-server/demo/source-document.txt?raw';
import { documentFromText } from '../../shared/records/outline.ts';
import { documentOf, noticeOf, shanghai } from './records.ts';
import type { Holding } from './touch-screen.ts';
import { publish, START } from './touch-screen.ts';

/** The demonstration hall's records, as a touch screen holds them on 2026-09-17. */
export async function demonstration(): Promise<Holding[]> {
  const notices = demonstrationNotices(daysFrom(shanghai, START));
  return Promise.all([
    sourceDocument(),
    publish(
      'water-rules',
      { kind: 'policy-document', fields: documentOf() },
      { publishedOn: '2026-08-10' },
    ),
    publish('water', { kind: 'notice', fields: noticeOf() }),
    ...notices.map((fields, index) =>
      publish(`n-${index}`, { kind: 'notice', fields }, { publishedOn: '2026-09-16' }),
    ),
  ]);
}

/** The real document of a county: two parts, headings of four levels. */
export function sourceDocument(): Promise<Holding> {
  const { parts, issuers, madeOn } = documentFromText(sourceText);
  const fields = documentOf({
    title: parts.map(({ title }) => title).find((title) => title !== '') ?? '',
    issuers: [...issuers],
    docNo: '',
    madeOn,
    publishedOn: null,
    parts: parts.map(({ title, body }) => ({ title: title === '' ? '转发语' : title, body })),
    remark: '本件由转发语和工作方案两部分组成，照原文收录。',
    validity: '历史文件',
    genre: '方案',
  });
  return publish('plan-2010', { kind: 'policy-document', fields }, { publishedOn: '2026-09-10' });
}
