import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../admin/settings/audit-words.ts';
import { readEntry } from '../../admin/settings/audit-words.ts';
import { en } from '../../admin/words/en.ts';
import { zh } from '../../admin/words/zh.ts';
import { id, isSha256 } from '../../shared/kit/ids.ts';
import { AUDIT_ACTIONS, AUDIT_SUBJECTS, PUBLISH_REASONS } from '../../shared/protocol/audit.ts';

const SEAL = 'abcdef123456'.padEnd(64, '0');

const entry = (changes: Partial<AuditEntry>): AuditEntry => ({
  seq: 7,
  at: 0,
  by: { id: 'p-1', name: '陈立', post: '大厅主任' },
  action: 'record.approve',
  subject: 'record:20261123-ab',
  name: '北大街停水公告',
  detail: `2 ${SEAL}`,
  hash: id(isSha256, SEAL),
  ...changes,
});

describe('the audit log in words', () => {
  test.each([
    ['zh', zh],
    ['en', en],
  ] as const)('%s has words for every action, subject and reason', (_name, words) => {
    expect(Object.keys(words.audit.actions).sort()).toEqual([...AUDIT_ACTIONS].sort());
    expect(Object.keys(words.audit.subjects).sort()).toEqual([...AUDIT_SUBJECTS].sort());
    expect(Object.keys(words.audit.reasons).sort()).toEqual([...PUBLISH_REASONS].sort());
    const said = AUDIT_ACTIONS.map((action) => readEntry(entry({ action }), words).action);
    expect(new Set(said).size).toBe(AUDIT_ACTIONS.length);
    expect(said).not.toContain(words.audit.otherAction);
  });

  test.each([
    [{}, ['陈立', '批准', '内容“北大街停水公告”', '第 2 版 · 指纹 abcdef 123456']],
    [
      { action: 'record.withdraw', detail: '2 日期 有误' },
      ['陈立', '撤下', '内容“北大街停水公告”', '第 2 版 · 日期 有误'],
    ],
    [
      { action: 'record.edit', detail: '北大街停水公告' },
      ['陈立', '修改内容', '内容“北大街停水公告”', ''],
    ],
    [
      { action: 'channel.publish', subject: 'channel:hall', name: '', detail: '12 slot.put s-1' },
      ['陈立', '发到各屏', '全部屏幕', '第 12 次发布 · 排进大屏'],
    ],
    [
      {
        action: 'person.create',
        subject: 'person:p-2',
        name: '钱进',
        detail: 'qian: editor manager',
      },
      ['陈立', '添加人员', '人员“钱进”', 'qian · 编辑、大厅主任'],
    ],
    [
      {
        action: 'person.edit',
        subject: 'person:p-2',
        name: '钱进',
        detail: 'editor,manager 供水公司 · 客服 主管',
      },
      ['陈立', '修改人员', '人员“钱进”', '编辑、大厅主任 · 供水公司 · 客服 主管'],
    ],
    [
      { action: 'password.reset', subject: 'person:p-2', name: '钱进', detail: 'unlocked' },
      ['陈立', '重设密码', '人员“钱进”', '同时解除锁定'],
    ],
    [
      { action: 'password.reset', subject: 'person:p-2', name: '钱进', detail: '' },
      ['陈立', '重设密码', '人员“钱进”', ''],
    ],
    [
      {
        by: { id: 'system', name: '系统', post: '' },
        action: 'session.refuse',
        subject: 'account:unknown',
        name: '',
        detail: '192.0.2.1',
      },
      ['系统', '登录被拒', '不存在的账号', '来自 192.0.2.1'],
    ],
    [
      { action: 'slot.remove', subject: 'slot:s-1', detail: '20261123-ab' },
      ['陈立', '移出排期', '排期“北大街停水公告”', ''],
    ],
    [
      { action: 'toString', subject: 'constructor', name: '', detail: '' },
      ['陈立', '其他操作', '其他', ''],
    ],
  ])('%o', (changes, expected) => {
    const { by, action, subject, detail } = readEntry(entry(changes), zh);
    expect([by, action, subject, detail]).toEqual(expected);
  });
});
