import { expect, test } from 'vitest';
import type { Action, Actor, Scope } from '../../shared/domain/policy.ts';
import { ACTIONS, allows, POLICY, ROLES } from '../../shared/domain/policy.ts';

/** Every role and action, written out: a right that comes or goes must be changed here as well. */
const MATRIX: readonly (readonly [Action, ...(Scope | '-')[]])[] = [
  //                      editor reviewer manager auditor administrator
  ['session.read', 'any', 'any', 'any', 'any', 'any'],
  ['session.end', 'any', 'any', 'any', 'any', 'any'],
  ['password.change', 'any', 'any', 'any', 'any', 'any'],
  ['hall.read', 'any', 'any', 'any', 'any', 'any'],
  ['hall.edit', '-', '-', 'any', '-', 'any'],
  ['hall.day', '-', '-', 'any', '-', '-'],
  ['record.read', 'own', 'any', 'any', 'any', '-'],
  ['record.create', 'own', '-', 'any', '-', '-'],
  ['record.edit', 'own', '-', 'any', '-', '-'],
  ['record.submit', 'own', '-', 'any', '-', '-'],
  ['record.review', '-', 'any', 'any', '-', '-'],
  ['record.withdraw', '-', '-', 'any', '-', '-'],
  ['programme.read', 'any', 'any', 'any', 'any', '-'],
  ['programme.edit', '-', '-', 'any', '-', '-'],
  ['programme.interrupt', '-', '-', 'any', '-', '-'],
  ['screen.read', 'any', 'any', 'any', 'any', 'any'],
  ['screen.pair', '-', '-', 'any', '-', 'any'],
  ['screen.edit', '-', '-', 'any', '-', 'any'],
  ['stick.make', '-', '-', 'any', '-', 'any'],
  ['stick.read', '-', '-', 'any', '-', 'any'],
  ['receipt.take', '-', '-', 'any', '-', 'any'],
  ['audit.read', '-', '-', 'any', 'any', '-'],
  ['person.read', '-', '-', 'any', '-', 'any'],
  ['person.edit', '-', '-', '-', '-', 'any'],
  ['clock.confirm', '-', '-', '-', '-', 'any'],
  ['keeping.read', '-', '-', 'any', '-', 'any'],
];

test('[PO1] the policy table is this and no more', () => {
  expect(ROLES).toEqual(['editor', 'reviewer', 'manager', 'auditor', 'administrator']);
  expect(
    ACTIONS.map((action) => [action, ...ROLES.map((role) => POLICY[role][action] ?? '-')]),
  ).toEqual(MATRIX);
});

const actor = (...roles: Actor['roles']): Actor => ({ person: 'lin', department: '民政局', roles });

test('[PO1] what a role is not given is denied, and who has no role may do nothing', () => {
  for (const [action, ...scopes] of MATRIX) {
    expect(allows(actor(), action, null), action).toBe(false);
    for (const [index, role] of ROLES.entries()) {
      const expected = scopes[index] !== '-';
      expect(allows(actor(role), action, '民政局'), `${role} ${action}`).toBe(expected);
    }
  }
});

test('[PO2] `own` reaches the person’s department and no other', () => {
  for (const [action, ...scopes] of MATRIX) {
    for (const [index, role] of ROLES.entries()) {
      const elsewhere = allows(actor(role), action, '教育局');
      expect(elsewhere, `${role} ${action}`).toBe(scopes[index] === 'any');
    }
  }
});

test('[PO2] what belongs to no department is within `own`', () => {
  expect(allows(actor('editor'), 'record.create', null)).toBe(true);
  expect(allows(actor('editor'), 'record.create', '')).toBe(false);
  expect(allows(actor('editor'), 'record.review', null)).toBe(false);
});

test('[PO2] of several roles the widest holds', () => {
  expect(allows(actor('editor'), 'record.read', '教育局')).toBe(false);
  expect(allows(actor('editor', 'auditor'), 'record.read', '教育局')).toBe(true);
  expect(allows(actor('editor', 'auditor'), 'record.edit', '教育局')).toBe(false);
});
