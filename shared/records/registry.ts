import { unreachable } from '../kit/assert.ts';
import type { RecordKind } from './kind.ts';
import type { NoticeFields } from './notice.ts';
import { notice } from './notice.ts';
import type { PolicyDocumentFields } from './policy-document.ts';
import { policyDocument } from './policy-document.ts';

/** Every register the system knows. A new one is a new file and a line in each list here. */
export const KIND_IDS = ['notice', 'policy-document'] as const;
export type KindId = (typeof KIND_IDS)[number];

/** A record's fields with the kind they belong to. */
export type Body =
  | { readonly kind: 'notice'; readonly fields: NoticeFields }
  | { readonly kind: 'policy-document'; readonly fields: PolicyDocumentFields };

/** Calls `use` with the kind of a record and its fields, which thereby fit each other. */
export function withKind<Answer>(
  body: Body,
  use: <Fields>(kind: RecordKind<Fields>, fields: Fields) => Answer,
): Answer {
  switch (body.kind) {
    case 'notice':
      return use(notice, body.fields);
    case 'policy-document':
      return use(policyDocument, body.fields);
    default:
      return unreachable(body);
  }
}

/** A record of this kind as it starts. */
export function blankBody(kind: KindId): Body {
  switch (kind) {
    case 'notice':
      return { kind, fields: notice.blank() };
    case 'policy-document':
      return { kind, fields: policyDocument.blank() };
    default:
      return unreachable(kind);
  }
}

/** The kind's own words, by the id that items carry; undefined for one this program does not know. */
export function kindOf(
  id: string,
): Pick<RecordKind<unknown>, 'id' | 'label' | 'audience'> | undefined {
  return [notice, policyDocument].find((kind) => kind.id === id);
}
