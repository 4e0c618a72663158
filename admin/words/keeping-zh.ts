import type { OutputOf } from '../../shared/protocol/routes.ts';

type Keeping = OutputOf<'keeping'>;

const kinds: Record<Keeping['damage'][number]['kind'], string> = {
  document: '一份内容或设置，已经丢失。请重新填写，或恢复备份。',
  journal: '最近几次保存的记录。请看看最近的修改还在不在。',
  log: '操作记录的一段。查账时请注明。',
  object: '一条内容的版面，原文已改过，没法重新生成。请把这条内容重新提交审核。',
  key: '签名密钥。用它签发的事做不了，请恢复备份，不要另造。',
};

const levels: Record<Keeping['disk']['level'], string> = {
  ample: '充足',
  low: '不多了',
  critical: '快满了',
};

/** How the hall's data is kept, for managers and administrators. */
export const keepingZh = {
  restoredTitle: '这个大厅是从备份恢复的，现在不发布',
  restoredWhy:
    '各屏可能见过比备份更新的内容，所以先停在这里。现在批准和排期会记下，重新启用后发出。',
  restoredDo: '请系统管理员在服务器上停止服务，执行下面的命令，再启动：',
  damageTitle: (count: number) => `数据里有 ${count} 处损坏，已移到一边，其余照常`,
  damageDo: '请系统管理员在服务器上执行下面的命令，看是什么、怎么办；处理好之后删掉留存的文件：',
  damage: '损坏的文件',
  noDamage: '没有发现损坏。',
  kinds,
  diskTitle: (free: string) => `服务器磁盘只剩 ${free}`,
  diskLow: '请腾出空间，或换大一点的磁盘。',
  diskCritical: '再少下去就不能保存了。请马上腾出空间：先删日志和旧备份，不要动数据文件夹。',
  space: '空间',
  disk: '磁盘',
  levels,
  free: (free: string, total: string) => `还剩 ${free}，共 ${total}`,
  objects: '各屏的内容',
  objectsOf: (count: number, size: string) => `${count} 个对象，${size}`,
  objectsHint: '撤换下来的内容七天后自动清理；操作记录里能查到的，一直保留。',
  store: '文档和操作记录',
  backup: '上次备份',
  never: '还没有备份过',
  backupOf: (when: string, file: string) => `${when}，${file}`,
  backupHint: '在服务器上执行下面的命令，服务不用停；把文件抄到另一台机器上。',
  backupStale: '超过一周没有备份了。',
  backupCommand: 'npm run hall -- backup 备份文件',
};
