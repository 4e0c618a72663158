import type { AuditAction, AuditSubject, PUBLISH_REASONS } from '../../shared/protocol/audit.ts';

const actions: Record<AuditAction, string> = {
  'account.lock': '账号锁定',
  'channel.publish': '发到各屏',
  'clock.confirm': '确认服务器时间',
  'hall.close-early': '提前闭厅',
  'hall.create': '建立大厅',
  'hall.duty': '安排值班',
  'hall.edit': '修改大厅信息',
  'hall.reopen': '撤销提前闭厅',
  'password.change': '修改密码',
  'password.reset': '重设密码',
  'person.create': '添加人员',
  'record.approve': '批准',
  'record.create': '新建内容',
  'record.damage': '文件损坏，撤出屏幕',
  'record.edit': '修改内容',
  'record.merge': '合并两人的修改',
  'record.return': '退回',
  'record.submit': '提交审核',
  'record.withdraw': '撤下',
  'record.withdraw-reason': '记下撤下原因',
  'screen.pair': '批准配对',
  'screen.put': '添加或修改屏幕',
  'screen.refuse': '拒绝配对',
  'screen.revoke': '取消配对',
  'session.begin': '登录',
  'session.end': '退出登录',
  'session.refuse': '登录被拒',
  'slot.interrupt': '立即插播',
  'slot.put': '排进大屏',
  'slot.remove': '移出排期',
};

const subjects: Record<AuditSubject, string> = {
  account: '账号',
  channel: '全部屏幕',
  hall: '大厅信息',
  person: '人员',
  record: '内容',
  screen: '屏幕',
  server: '服务器',
  slot: '排期',
};

const reasons: Record<(typeof PUBLISH_REASONS)[number], string> = {
  start: '服务器启动',
  time: '到了时间',
};

/** The audit log in words: every action and subject that a server can write. */
export const auditZh = {
  actions,
  subjects,
  reasons,
  /** Written by a version of the system that this page does not know. */
  otherAction: '其他操作',
  otherSubject: '其他',
  unknownAccount: '不存在的账号',
  system: '系统',
  named: (kind: string, name: string) => `${kind}“${name}”`,
  version: (version: string) => `第 ${version} 版`,
  published: (times: string) => `第 ${times} 次发布`,
  fingerprint: (short: string) => `指纹 ${short}`,
  from: (address: string) => `来自 ${address}`,
};
