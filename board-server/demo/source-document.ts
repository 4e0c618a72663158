import { readFile } from 'node:fs/promises';
import { documentFromText } from '../../shared/records/outline.ts';
import type { PolicyDocumentFields } from '../../shared/records/policy-document.ts';

/**
 * A real document of a county, kept as written, as a record of the demonstration hall. Its text is
 * `source-document.txt`; what that does not say (number, date of disclosure) stays empty.
 *
 * @param owner who keeps it in the hall
 */
export async function readSourceDocument(owner: {
  readonly department: string;
  readonly post: string;
  readonly phone: string;
}): Promise<PolicyDocumentFields> {
  const text = await readFile(new URL('source-document.txt', import.meta.url), 'utf8');
  const { parts, issuers, madeOn } = documentFromText(text);
  return {
    title: parts.map(({ title }) => title).find((title) => title !== '') ?? '',
    issuers: [...issuers],
    docNo: '',
    madeOn,
    publishedOn: null,
    genre: '方案',
    validity: '历史文件',
    // The note that forwards the plan has no heading of its own; 转发语 is ours.
    parts: parts.map(({ title, body }) => ({ title: title === '' ? '转发语' : title, body })),
    ...owner,
    summary:
      '徐水县2010年推进政务公开和行政权力公开透明运行的安排：落实省规定和市办法，抓好五个方面的公开，规范裁量权，建设行政服务中心，加强公开载体，推进办事公开。',
    topic: '政务公开',
    remark: REMARK,
    carriers: ['touch', 'board'],
  };
}

const REMARK =
  '本件由转发语和工作方案两部分组成，照原文收录，标点和空格未作改动。转发语写“2009年”，方案标题和落款为2010年。文中有两个报送日期：贯彻落实情况于2010年5月15日前报送，各单位的具体工作方案于2010年5月10日前报送。原件没有发文字号，也没有注明公开日期。“转发语”三字为编者所加。';
