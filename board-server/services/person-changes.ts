import type { Role } from '../../shared/domain/policy.ts';
import { allows, ROLES } from '../../shared/domain/policy.ts';
import { unreachable } from '../../shared/kit/assert.ts';
import { equalData } from '../../shared/kit/equal.ts';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import type { AuditAction } from '../../shared/protocol/audit.ts';
import type { PersonRef } from '../../shared/protocol/records.ts';
import type { Person, StoredPerson } from './people.ts';

/** What an administrator wants of an account, besides a new password. */
export type Wish =
  | {
      readonly kind: 'edit';
      readonly post: string;
      readonly department: string;
      readonly roles: readonly Role[];
    }
  | { readonly kind: 'close'; readonly at: number; readonly by: PersonRef }
  | { readonly kind: 'reopen' };

/** The members that change, and what the log says; nothing when everything is so already. */
export type Plan = Partial<StoredPerson> & { readonly entry: AuditAction; readonly detail: string };

/** [AU9] [AU10] What a wish comes to. `self` is who wishes it, as they stand now. */
export function planChange(
  self: Person,
  person: Person,
  wish: Wish,
): Result<Plan | null, 'forbidden' | 'own-account' | 'wrong-state'> {
  if (!isAllowed(self)) return refused('forbidden', 'person.edit');
  const isOwn = self.id === person.id;
  const { state } = person.standing;
  switch (wish.kind) {
    case 'edit': {
      const { post, department } = wish;
      const roles = ROLES.filter((role) => wish.roles.includes(role));
      const isSameRoles = equalData(
        roles,
        ROLES.filter((role) => person.roles.includes(role)),
      );
      if (isOwn && !isSameRoles) return refused('own-account');
      if (state === 'closed') return refused('wrong-state', state);
      if (isSameRoles && post === person.post && department === person.department)
        return accepted(null);
      const detail = `${roles.join(',')} ${department} · ${post}`;
      return accepted({ post, department, roles, entry: 'person.edit', detail });
    }
    case 'close':
      if (isOwn) return refused('own-account');
      if (state === 'closed') return refused('wrong-state', state);
      return accepted({
        standing: { state: 'closed', at: wish.at, by: wish.by },
        entry: 'person.close',
        detail: '',
      });
    case 'reopen':
      if (state === 'open') return refused('wrong-state', state);
      return accepted({ standing: { state: 'open' }, entry: 'person.reopen', detail: '' });
    default:
      return unreachable(wish);
  }
}

function isAllowed({ id, standing, ...person }: Person): boolean {
  return standing.state === 'open' && allows({ ...person, person: id }, 'person.edit', null);
}
