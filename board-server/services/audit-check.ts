import * as z from 'zod/mini';
import { fromUtf8, toBase64 } from '../../shared/kit/bytes.ts';
import type { Sha256 } from '../../shared/kit/ids.ts';
import { canonicalBytes, parseJson } from '../../shared/kit/json.ts';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import type { AuditStatement } from '../../shared/protocol/audit.ts';
import { auditHeader, auditStatement } from '../../shared/protocol/audit.ts';
import { roles as rolesSchema } from '../../shared/protocol/statements.ts';
import type { Roles } from '../../shared/protocol/statements.ts';
import { open, parseEnvelope, payloadJson } from '../../shared/trust/envelope.ts';
import { trustedFor, walkRoles } from '../../shared/trust/roles.ts';
import { jsonSchema, logEntrySchema } from '../store/stored-schemas.ts';
import { isUnaltered } from '../store/chain.ts';
import type { LogEntry } from '../store/store.ts';
import { digest, sha256Of, verify } from '../trust/digest.ts';

/**
 * [AD3] [AD4] Whether an export is what a server signed, to the byte: an export has one writing only,
 * so a changed byte is a changed line even where it would read the same.
 *
 * @param root fingerprint of the hall's root; undefined takes the file's own, to be compared by a person
 */
export async function checkAuditExport(
  bytes: Uint8Array<ArrayBuffer>,
  root: Sha256 | undefined,
): Promise<Result<Checked, HeaderFault>> {
  const lines = linesOf(bytes);
  const header = await openHeader(lines[0], root);
  if (!header.ok) return header;
  const { statement } = header.value;
  return accepted({ ...header.value, faults: entryFaults(lines.slice(1), statement) });
}

export interface Checked {
  readonly root: Sha256;
  readonly statement: AuditStatement;
  /** Empty when every entry is as it was signed. */
  readonly faults: readonly Fault[];
}

/**
 * What does not fit in the first line. `not-export`: it is something else, or damaged. `wrong-root`:
 * another hall's. `bad-roles`, `bad-statement`: its keys or its statement are not as they were signed.
 */
export type HeaderFault = 'not-export' | 'wrong-root' | 'bad-roles' | 'bad-statement';

export interface Fault {
  /**
   * - `unreadable`: the line is no entry. `altered`: the entry does not match its own hash, or is
   *   written in another way. `forked`: it does not follow the entry before, so one of them was replaced.
   * - `missing`: entries up to `until` are not there. `surplus`: more than was signed.
   * - `other-end`: the last entry is not the one that was signed, so the end was written anew.
   */
  readonly kind: 'unreadable' | 'altered' | 'forked' | 'missing' | 'surplus' | 'other-end';
  /** Number of the entry, or of the first of several. */
  readonly seq: number;
  readonly until: number;
  /** When it was made; of a whole entry near it where it does not say so itself; null without any. */
  readonly at: number | null;
}

type Line = Uint8Array<ArrayBuffer>;

/** With its line feed each; what follows the last one is a line without. */
function linesOf(bytes: Line): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline < 0 ? bytes.length : newline + 1;
    lines.push(bytes.subarray(start, end));
    start = end;
  }
  return lines;
}

async function openHeader(
  line: Line | undefined,
  root: Sha256 | undefined,
): Promise<Result<Omit<Checked, 'faults'>, HeaderFault>> {
  const text = line === undefined ? undefined : fromUtf8(line);
  const parsed = auditHeader.safeParse(parseJson(text ?? ''));
  if (!parsed.success || writtenAs(parsed.data) !== text) return refused('not-export');
  const { statement: envelope, roles } = parsed.data;
  const walked = await walkRoles<Roles>(roles, root, { digest, verify, parse: rolesOf });
  if (!walked.ok)
    return refused(walked.refusal === 'wrong-root' ? 'wrong-root' : 'bad-roles', walked.refusal);
  const opened = await open(envelope, 'audit', trustedFor(walked.value.roles, 'lease'), verify);
  if (!opened.ok || !isPlainEnvelope(envelope)) return refused('bad-statement');
  const statement = auditStatement.safeParse(payloadJson(opened.value));
  if (!statement.success) return refused('bad-statement');
  // The keys of others are in the roles too, and nothing else here would notice a change of those.
  if (statement.data.roles !== sha256Of(canonicalBytes(roles))) return refused('bad-roles');
  return accepted({ root: walked.value.root, statement: statement.data });
}

/** Base64 and JSON can say the same in several ways, of which the server writes one. */
function isPlainEnvelope(text: string): boolean {
  const parsed = parseEnvelope(text);
  if (!parsed.ok) return false;
  const { type: payloadType, payload, signatures } = parsed.value;
  const written = {
    payloadType,
    payload: toBase64(payload),
    signatures: signatures.map(({ keyid, sig }) => ({ keyid, sig: toBase64(sig) })),
  };
  return JSON.stringify(written) === text;
}

function rolesOf(value: unknown): Roles | undefined {
  const parsed = rolesSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

const entrySchema = z.strictObject({ ...logEntrySchema.shape, value: jsonSchema });

/** Walks the chain, going on after each fault, so that all that was touched is named. */
function entryFaults(lines: readonly Line[], { first, last }: AuditStatement): Fault[] {
  const faults: Fault[] = [];
  let next = first.seq;
  /** The hash that the next entry must follow; undefined after a fault, for which it is not to blame. */
  let before: string | undefined = first.prev;
  let at: number | null = null;
  let firstAt: number | null = null;
  const blame = (kind: Fault['kind'], until: number, when: number | null): void => {
    faults.push({ kind, seq: next, until, at: when });
    before = undefined;
  };
  for (const line of lines) {
    const entry = entryOf(line);
    const isWhole =
      entry !== undefined && writtenAs(entry) === fromUtf8(line) && isUnaltered(entry);
    if (!isWhole) {
      blame(entry === undefined ? 'unreadable' : 'altered', next, atIn(line) ?? at);
      next += 1;
      continue;
    }
    if (entry.seq < next || entry.seq > last.seq) {
      blame('surplus', next, entry.at);
      continue;
    }
    if (entry.seq > next) blame('missing', entry.seq - 1, at);
    if (before !== undefined && entry.prev !== before) blame('forked', entry.seq, entry.at);
    [next, before, at] = [entry.seq + 1, entry.hash, entry.at];
    firstAt ??= at;
  }
  if (next <= last.seq) blame('missing', last.seq, at);
  else if (before !== undefined && before !== last.hash && faults.length === 0)
    faults.push({ kind: 'other-end', seq: last.seq, until: last.seq, at });
  return faults.map((fault) => ({ ...fault, at: fault.at ?? firstAt }));
}

function entryOf(line: Line): LogEntry | undefined {
  const parsed = entrySchema.safeParse(parseJson(fromUtf8(line) ?? ''));
  return parsed.success ? parsed.data : undefined;
}

/** The one line that stands for a value; undefined for what no server writes. */
function writtenAs(value: object): string | undefined {
  try {
    return `${fromUtf8(canonicalBytes(value)) ?? ''}\n`;
  } catch {
    return undefined; // Half a surrogate pair, an endless number, ten thousand brackets: outside bytes.
  }
}

/** The time in a line that is no entry any more. */
function atIn(line: Line): number | undefined {
  const digits = /"at":(\d{12,14}),/.exec(Buffer.from(line).toString('latin1'))?.[1];
  return digits === undefined ? undefined : Number(digits);
}
