/**
 * Who may do what: role × action × scope, default deny. Every handler reads this table; the
 * console reads it to offer only what will be allowed.
 */
export const ROLES = ['editor', 'reviewer', 'manager', 'auditor', 'administrator'] as const;
/** 编辑 · 审核 · 大厅主任 · 监督 · 系统管理员 */
export type Role = (typeof ROLES)[number];

export const ACTIONS = [
  'session.read',
  'session.end',
  'password.change',
  'hall.read',
  'hall.edit',
  'hall.day',
  'record.read',
  'record.create',
  'record.edit',
  'record.submit',
  'record.review',
  'record.withdraw',
  'programme.read',
  'programme.edit',
  'programme.interrupt',
  'screen.read',
  'screen.pair',
  'screen.edit',
  'stick.make',
  'stick.read',
  'receipt.take',
  'audit.read',
  'person.read',
  'person.edit',
  'clock.confirm',
  'keeping.read',
] as const;
export type Action = (typeof ACTIONS)[number];

/** `own` reaches records of the person's own department; `any` reaches all. */
export type Scope = 'own' | 'any';

const all = (...actions: Action[]): Partial<Record<Action, Scope>> =>
  Object.fromEntries(actions.map((action) => [action, 'any' as const]));

const EVERYONE = all('session.read', 'session.end', 'password.change', 'hall.read');
const CARRIERS = all('stick.make', 'stick.read', 'receipt.take');
const READERS = all('record.read', 'programme.read', 'screen.read');

export const POLICY: Readonly<Record<Role, Readonly<Partial<Record<Action, Scope>>>>> = {
  editor: {
    ...EVERYONE,
    ...READERS,
    'record.read': 'own',
    'record.create': 'own',
    'record.edit': 'own',
    'record.submit': 'own',
  },
  reviewer: { ...EVERYONE, ...READERS, ...all('record.review') },
  manager: {
    ...EVERYONE,
    ...READERS,
    ...all('record.create', 'record.edit', 'record.submit', 'record.review', 'record.withdraw'),
    ...all('programme.edit', 'programme.interrupt', 'screen.pair', 'screen.edit', 'hall.edit'),
    ...all('hall.day', 'audit.read', 'person.read', 'keeping.read'),
    ...CARRIERS,
  },
  auditor: { ...EVERYONE, ...READERS, ...all('audit.read') },
  administrator: {
    ...EVERYONE,
    ...all('screen.read', 'screen.pair', 'screen.edit', 'hall.edit', 'person.read', 'person.edit'),
    ...all('clock.confirm', 'keeping.read'),
    ...CARRIERS,
  },
};

export interface Actor {
  readonly person: string;
  readonly department: string;
  readonly roles: readonly Role[];
}

/** Whether an actor may do `action` to something that belongs to `department` (null: to no one). */
export function allows(actor: Actor, action: Action, department: string | null): boolean {
  return actor.roles.some((role) => {
    const scope = POLICY[role][action];
    return (
      scope === 'any' ||
      (scope === 'own' && (department === null || department === actor.department))
    );
  });
}
