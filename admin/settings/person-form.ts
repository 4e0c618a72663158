import type { Role } from '../../shared/domain/policy.ts';
import type { InputOf } from '../../shared/protocol/routes.ts';
import type { Words } from '../words/zh.ts';

/** What may change about a person later. */
export interface PostFields {
  readonly post: string;
  readonly department: string;
  readonly roles: readonly Role[];
}

/** A person as typed. */
export interface PersonFields extends PostFields {
  readonly account: string;
  readonly name: string;
}

const ACCOUNT = /^[a-z][a-z0-9._-]{2,31}$/;

/** What is still missing, as sentences. */
export function missingIn(fields: PersonFields, w: Words): string[] {
  return [
    ...(fields.name.trim() === '' ? [w.required(w.settings.name)] : []),
    ...(ACCOUNT.test(fields.account) ? [] : [w.settings.accountBad]),
    ...missingInPost(fields, w),
  ];
}

export function missingInPost(fields: PostFields, w: Words): string[] {
  return [
    ...(fields.post.trim() === '' ? [w.required(w.settings.post)] : []),
    ...(fields.department === '' ? [w.required(w.settings.department)] : []),
    ...(fields.roles.length === 0 ? [w.settings.rolesMissing] : []),
  ];
}

export function personOf(fields: PersonFields): InputOf<'createPerson'> {
  return {
    ...fields,
    name: fields.name.trim(),
    post: fields.post.trim(),
    roles: [...fields.roles],
  };
}
