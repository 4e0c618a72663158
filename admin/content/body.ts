import { canonicalJson } from '../../shared/kit/json.ts';
import type { RecordBody } from '../../shared/protocol/records.ts';
import type { Finding } from '../../shared/records/kind.ts';
import { notice } from '../../shared/records/notice.ts';
import { policyDocument } from '../../shared/records/policy-document.ts';
import type { SessionView } from '../../shared/protocol/routes.ts';

export type BodyKind = RecordBody['kind'];

/** What stands in the way of submitting, and what should be known, as it is typed. */
export function checkBody(body: RecordBody): readonly Finding[] {
  return body.kind === 'notice' ? notice.check(body.fields) : policyDocument.check(body.fields);
}

/** A new record as it starts for this person: their department and post are filled in. */
export function blankBody(kind: BodyKind, by: SessionView): RecordBody {
  const owner = { department: by.department, post: by.person.post };
  switch (kind) {
    case 'notice':
      return { kind, fields: { ...notice.blank(), ...owner, issuer: by.department } };
    case 'policy-document':
      return { kind, fields: { ...policyDocument.blank(), ...owner } };
  }
}

export function sameBody(a: RecordBody, b: RecordBody): boolean {
  return textOf(a) === textOf(b);
}

/** Members that are undefined are absent for JSON; zod's types allow both. */
function textOf(body: RecordBody): string {
  return canonicalJson(JSON.parse(JSON.stringify(body)));
}

// What other programs paste: controls and marks that turn the direction of writing (see shared/records/field.ts).
const LINE_BREAKS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
const UNSEEN = /(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** The body without characters that cannot be seen, which records refuse. */
export function cleanBody(body: RecordBody): RecordBody {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only strings are rewritten, and no literal holds what is taken out
  return cleanStrings(body) as RecordBody;
}

function cleanStrings(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(LINE_BREAKS, '\n').replace(UNSEEN, '');
  if (Array.isArray(value)) return value.map(cleanStrings);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, cleanStrings(member)]),
  );
}
