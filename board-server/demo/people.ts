import type { NewPerson } from '../services/people.ts';

/** Accounts of the demonstration; every name is invented. Some can do what others may not. */
export const DEMONSTRATION_PEOPLE = {
  waterEditor: {
    account: 'bianji1',
    name: '周敏',
    post: '客服中心编辑',
    department: '供水公司',
    roles: ['editor'],
  },
  marketEditor: {
    account: 'bianji2',
    name: '李桐',
    post: '窗口首席代表',
    department: '市场监督管理局',
    roles: ['editor'],
  },
  reviewer: {
    account: 'shenhe1',
    name: '王建华',
    post: '政务公开科科长',
    department: '政务服务中心',
    roles: ['reviewer'],
  },
  secondReviewer: {
    account: 'shenhe2',
    name: '赵琳',
    post: '政务公开科副科长',
    department: '政务服务中心',
    roles: ['reviewer'],
  },
  manager: {
    account: 'zhuren',
    name: '陈立',
    post: '大厅主任',
    department: '政务服务中心',
    roles: ['manager'],
  },
  auditor: {
    account: 'jiandu',
    name: '孙洁',
    post: '纪检监察专员',
    department: '政务服务中心',
    roles: ['auditor'],
  },
  administrator: {
    account: 'guanli',
    name: '吴涛',
    post: '信息化管理岗',
    department: '政务服务中心',
    roles: ['administrator'],
  },
} as const satisfies Record<string, NewPerson>;
