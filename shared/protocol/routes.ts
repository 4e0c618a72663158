import * as z from 'zod/mini';
import type { Action } from '../domain/policy.ts';
import { ROLES } from '../domain/policy.ts';
import { view } from '../records/block.ts';
import { auditEntry, auditHeader } from './audit.ts';
import { boardChunk, hallCard, listing, pages, release, slotClass, slotWindow } from './objects.ts';
import { personRef, recordBody, recordDetail, recordSummary } from './records.ts';
import {
  channelId,
  count,
  date,
  instant,
  keyId,
  profileId,
  recordId,
  screenId,
  sha256,
  slotId,
  text,
  words,
} from './scalars.ts';
import { pairingAnswer, pairingRequest, screenState } from './screen.ts';
import { CLOCK_STATES, PROBLEMS } from './report.ts';
import { device } from './statements.ts';
import { receipt, STICK_LIMITS } from './stick.ts';

/**
 * Every HTTP route with JSON in and out, declared once: the server mounts this table, the console's
 * client calls by its names, the privilege matrix and the API description are derived from it.
 *
 * Path parameters, query and JSON body are one flat `input`: names in the path are taken from it,
 * the rest is the query of a GET or the body of any other method.
 */
export interface Route<Input extends z.ZodMiniType, Output extends z.ZodMiniType> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** What the policy table is asked; null is open to everyone, and says why. */
  readonly action: Action | null;
  readonly open?: string;
  readonly summary: string;
  /**
   * The answer is a file to keep. `lines`: one canonical JSON value a line, each of them an `output`;
   * `bytes`: of a form of its own, of which `output` says nothing.
   */
  readonly form?: 'lines' | 'bytes';
  readonly input: Input;
  readonly output: Output;
}

const route = <Input extends z.ZodMiniType, Output extends z.ZodMiniType>(
  value: Route<Input, Output>,
): Route<Input, Output> => value;

/** [TR10] How a server's clock can look wrong: it jumped, or stands before or far after its last signature. */
export const CLOCK_SUSPICIONS = ['stepped', 'behind', 'ahead'] as const;

/** A number in a query. */
const wholeNumber = z.pipe(z.coerce.number(), count);
const auditPeriod = { from: z.optional(wholeNumber), until: z.optional(wholeNumber) };

const nothing = z.strictObject({});
const done = z.strictObject({ ok: z.literal(true) });

export const sessionView = z.strictObject({
  person: personRef,
  department: text(60),
  roles: z.array(z.enum(ROLES)),
  mustChangePassword: z.boolean(),
  idleMinutes: count,
});
export type SessionView = z.infer<typeof sessionView>;

export const slotView = z.strictObject({
  id: slotId,
  record: recordId,
  title: text(200),
  class: slotClass,
  window: slotWindow,
  order: z.int(),
  phaseAt: instant,
  turnSeconds: z.record(profileId, count),
  /** Whether an approved version of the record exists to be shown. */
  ready: z.boolean(),
});
export type SlotView = z.infer<typeof slotView>;

export const screenView = z.strictObject({
  id: screenId,
  name: text(60),
  device,
  /** Key pairing (配对). */
  key: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('none') }),
    z.strictObject({ state: z.literal('paired'), fingerprint: keyId, at: instant }),
  ]),
  /** [AU5] A key that asks to be the screen's, beside the one that is, if any. */
  waiting: z.nullable(z.strictObject({ code: text(6), fingerprint: keyId, expiresAt: instant })),
  connected: z.boolean(),
  lastSeenAt: z.nullable(instant),
  clock: z.nullable(z.enum(CLOCK_STATES)),
  shell: z.nullable(text(64)),
  /** [SH10] How that build stands to the newest one; `older` once it has had its time to change. */
  program: z.enum(['newest', 'coming', 'older', 'rolledBack', 'unknown']),
  channels: z.array(
    z.strictObject({
      channel: channelId,
      wanted: z.strictObject({ epoch: count, version: count, at: instant }),
      painted: z.nullable(z.strictObject({ epoch: count, version: count, at: instant })),
      problem: z.nullable(z.enum(PROBLEMS)),
    }),
  ),
  showing: z.nullable(z.strictObject({ record: recordId, title: text(200) })),
  /** [SK7] When its newest report was made, if that was carried here and not sent. */
  receiptAt: z.nullable(instant),
  /** [TK3] Its newest report bears a signature that its key did not make, and counts for nothing. */
  forged: z.boolean(),
});
export type ScreenView = z.infer<typeof screenView>;

/** How a list of screens is divided: 正常, 落后, 没有消息, 待配对, 有问题. */
export const SCREEN_GROUPS = ['current', 'behind', 'silent', 'waiting', 'trouble'] as const;
export type ScreenGroup = (typeof SCREEN_GROUPS)[number];

export const screenCounts = z.strictObject({
  all: count,
  current: count,
  behind: count,
  silent: count,
  waiting: count,
  trouble: count,
  /** Connected, and by their own word showing the newest of everything, whatever else they need. */
  confirmed: count,
});
export type ScreenCounts = z.infer<typeof screenCounts>;

export const stickView = z.strictObject({
  /** Names the file for its download. */
  stick: text(64),
  /** What the browser calls it. */
  name: text(200),
  bytes: count,
  objects: count,
  /** Version of the release in it. */
  version: count,
  madeAt: instant,
});
export type StickView = z.infer<typeof stickView>;

export const receiptView = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('taken'),
    screen: screenId,
    name: text(60),
    at: instant,
    /** Whether the screen says that it shows what is out now. */
    current: z.boolean(),
  }),
  /** [SK7] Nobody has approved a key of this screen: a person must compare the fingerprint first. */
  z.strictObject({
    state: z.literal('unknown-key'),
    screen: screenId,
    name: text(60),
    fingerprint: keyId,
  }),
]);
export type ReceiptView = z.infer<typeof receiptView>;

export const auditView = z.strictObject({
  seq: count,
  at: instant,
  by: personRef,
  /** One of AUDIT_ACTIONS, or one that an earlier or later version wrote. */
  action: text(60),
  subject: text(120),
  /** What the subject is called now, such as a record's title; empty when nothing is known of it. */
  name: text(200),
  detail: text(400),
  hash: sha256,
});

/** The rendering of a draft exactly as screens would get it; its seal is what approval binds. */
export const previewView = z.strictObject({
  seal: sha256,
  view,
  listing,
  boards: z.record(profileId, pages),
});

/** A day of the hall as the console shows it. */
export const dayView = z.strictObject({
  date,
  /** [CT3] `unknown` where nobody has announced the year's holidays yet. */
  workday: z.enum(['yes', 'no', 'unknown']),
  /** A weekday that is a holiday, or a weekend that is worked (调休). */
  unusual: z.boolean(),
  /** When the windows are open today, an early closing counted. */
  spans: z.array(z.strictObject({ opensAt: instant, closesAt: instant })),
  /** When they open next after today's hours; null when the calendar does not say. */
  opensNextAt: z.nullable(instant),
  closing: z.nullable(
    z.strictObject({ minute: count, at: instant, by: personRef, reason: text(200) }),
  ),
  /** 值班人员 */
  duty: z.nullable(z.strictObject({ name: text(40), at: instant, by: personRef })),
});
export type DayView = z.infer<typeof dayView>;

/** A time in which a screen was not heard of, or did not show what was out, and what that cost. */
export const outageView = z.strictObject({
  screen: screenId,
  name: text(60),
  device: z.enum(['board', 'touch']),
  since: instant,
  /** Null while it lasts. */
  until: z.nullable(instant),
  /**
   * `played`: it played on by itself. `restarted`: it began anew, dark before `paintedAt` for some
   * of the time. `unknown`: nothing is known of it. `behind`: it was heard, and did not show the newest.
   */
  glass: z.enum(['played', 'restarted', 'unknown', 'behind']),
  paintedAt: z.nullable(instant),
  losses: z.array(
    z.strictObject({
      record: recordId,
      title: text(200),
      category: text(40),
      ms: count,
      known: z.enum(['lost', 'most', 'unknown']),
    }),
  ),
  /** How many records it cost time besides those listed. */
  moreLosses: count,
});
export type OutageView = z.infer<typeof outageView>;

export const taskView = z.strictObject({
  day: dayView,
  /** Of the last three days: what lasts first, then what is known to have cost time. */
  outages: z.array(outageView),
  moreOutages: count,
  /** When the server itself was not there, newest first. */
  downs: z.array(z.strictObject({ since: instant, until: instant })),
  review: z.array(recordSummary),
  returned: z.array(recordSummary),
  /** Handed in by this person, waiting for a reviewer. */
  submitted: z.array(recordSummary),
  expiring: z.array(recordSummary),
  /** Approved or withdrawn, but screens could not be told yet. */
  held: z.array(recordSummary),
  screensWaiting: count,
  screensBehind: count,
  screensSilent: count,
  screens: count,
});

export const routes = {
  // —— screens: open, since everything they get is public and signed ——
  screenState: route({
    method: 'GET',
    path: '/api/screens/:screen/state',
    action: null,
    open: 'signed public statements',
    summary: 'The newest statements for one screen',
    input: z.strictObject({ screen: screenId }),
    output: screenState,
  }),
  pairScreen: route({
    method: 'POST',
    path: '/api/screens/:screen/pairing',
    action: null,
    open: 'a request that a person must approve',
    summary: 'A screen offers its key',
    input: z.strictObject({ screen: screenId, ...pairingRequest.shape }),
    output: pairingAnswer,
  }),
  // —— at the door ——
  door: route({
    method: 'GET',
    path: '/api/door',
    action: null,
    open: 'what every screen of the hall says of it',
    summary: 'Whose hall this is, for whoever is about to sign in',
    input: nothing,
    output: z.strictObject({ name: text(40), county: text(20), demo: z.boolean() }),
  }),
  // —— session ——
  signIn: route({
    method: 'POST',
    path: '/api/session',
    action: null,
    open: 'signing in',
    summary: 'Sign in with account and password',
    input: z.strictObject({ account: words(64), password: text(256) }),
    output: sessionView,
  }),
  session: route({
    method: 'GET',
    path: '/api/session',
    action: 'session.read',
    summary: 'Who is signed in',
    input: nothing,
    output: sessionView,
  }),
  signOut: route({
    method: 'DELETE',
    path: '/api/session',
    action: 'session.end',
    summary: 'Sign out',
    input: nothing,
    output: done,
  }),
  changePassword: route({
    method: 'PUT',
    path: '/api/session/password',
    action: 'password.change',
    summary: 'Change one’s own password; ends every other session',
    input: z.strictObject({ current: text(256), next: text(256) }),
    output: done,
  }),
  // —— hall ——
  hall: route({
    method: 'GET',
    path: '/api/hall',
    action: 'hall.read',
    summary: 'The hall: name, desk, telephone, hours, departments, board profiles in use',
    input: nothing,
    output: z.strictObject({
      card: hallCard,
      revision: count,
      departments: z.array(text(60)),
      profiles: z.array(profileId),
      /** Trusted time of the server and the hall's zone, for forms. */
      now: instant,
      zone: text(60),
      /** Origin under which browsers reach the hall, when it is configured. */
      publicUrl: z.nullable(text(200)),
      /** [TR10] Why nothing is signed; null when the clock is trusted. */
      clock: z.nullable(z.enum(CLOCK_SUSPICIONS)),
    }),
  }),
  confirmClock: route({
    method: 'POST',
    path: '/api/clock/confirmation',
    action: 'clock.confirm',
    summary: 'Someone has compared the server’s clock with a right one: signing goes on',
    /** The server's time that the person looked at. */
    input: z.strictObject({ seenAt: instant }),
    output: done,
  }),
  keeping: route({
    method: 'GET',
    path: '/api/keeping',
    action: 'keeping.read',
    summary: 'How the hall’s data is kept: damage, room on the disk, the last backup',
    input: nothing,
    output: z.strictObject({
      /** `restored`: from a backup, and nothing is published before its epoch is raised. */
      standing: z.enum(['working', 'restored']),
      /** Files inside the data folder that were found damaged and are not dealt with yet. */
      damage: z.array(
        z.strictObject({
          kind: z.enum(['document', 'journal', 'log', 'object', 'key']),
          file: text(400),
        }),
      ),
      disk: z.strictObject({
        freeBytes: count,
        totalBytes: count,
        level: z.enum(['ample', 'low', 'critical']),
      }),
      sizes: z.strictObject({ objects: count, objectBytes: count, storeBytes: count }),
      lastBackup: z.nullable(z.strictObject({ madeAt: instant, file: text(255), bytes: count })),
    }),
  }),
  editHall: route({
    method: 'PUT',
    path: '/api/hall',
    action: 'hall.edit',
    summary: 'Change the hall card',
    input: z.strictObject({ card: hallCard, revision: count }),
    output: done,
  }),
  closeEarly: route({
    method: 'POST',
    path: '/api/hall/closing',
    action: 'hall.day',
    summary: 'End today’s hours now; every screen says so, and tomorrow is as usual',
    /** The day that the person means, so that a page left open over midnight closes nothing. */
    input: z.strictObject({ date, reason: words(200) }),
    output: dayView,
  }),
  reopen: route({
    method: 'DELETE',
    path: '/api/hall/closing',
    action: 'hall.day',
    summary: 'Undo today’s early closing',
    input: z.strictObject({ date }),
    output: dayView,
  }),
  putDuty: route({
    method: 'PUT',
    path: '/api/hall/duty',
    action: 'hall.day',
    summary: 'Name today’s duty person, or nobody; only the console shows it',
    input: z.strictObject({ date, name: text(40) }),
    output: dayView,
  }),
  today: route({
    method: 'GET',
    path: '/api/today',
    action: 'record.read',
    summary: 'What waits for this person and how the screens are',
    input: nothing,
    output: taskView,
  }),
  // —— records ——
  records: route({
    method: 'GET',
    path: '/api/records',
    action: 'record.read',
    summary: 'Records, newest change first',
    input: z.strictObject({
      search: z.optional(text(100)),
      kind: z.optional(z.enum(['notice', 'policy-document'])),
      state: z.optional(
        z.enum(['draft', 'returned', 'submitted', 'approved', 'published', 'expired', 'withdrawn']),
      ),
      after: z.optional(text(200)),
    }),
    output: z.strictObject({
      records: z.array(recordSummary),
      next: z.nullable(text(200)),
      total: count,
    }),
  }),
  record: route({
    method: 'GET',
    path: '/api/records/:id',
    action: 'record.read',
    summary: 'One record with its fields',
    input: z.strictObject({ id: recordId }),
    output: recordDetail,
  }),
  createRecord: route({
    method: 'POST',
    path: '/api/records',
    action: 'record.create',
    summary: 'A new draft',
    input: z.strictObject({ body: recordBody }),
    output: recordDetail,
  }),
  saveRecord: route({
    method: 'PUT',
    path: '/api/records/:id',
    action: 'record.edit',
    summary: 'Save fields; refused with 409 when another revision was saved first',
    input: z.strictObject({
      id: recordId,
      revision: count,
      body: recordBody,
      /** [WF6] Made of the saved version and one's own, so that the log can say so. */
      merged: z.optional(z.boolean()),
    }),
    output: recordDetail,
  }),
  previewRecord: route({
    method: 'POST',
    path: '/api/records/:id/preview',
    action: 'record.read',
    summary: 'The saved record as each screen would show it, with its seal',
    input: z.strictObject({ id: recordId }),
    output: previewView,
  }),
  submitRecord: route({
    method: 'POST',
    path: '/api/records/:id/submission',
    action: 'record.submit',
    summary: 'Hand in for review',
    input: z.strictObject({ id: recordId, revision: count }),
    output: recordDetail,
  }),
  approveRecord: route({
    method: 'POST',
    path: '/api/records/:id/approval',
    action: 'record.review',
    summary: 'Approve exactly what was seen and publish it',
    input: z.strictObject({ id: recordId, seal: sha256 }),
    output: recordDetail,
  }),
  returnRecord: route({
    method: 'POST',
    path: '/api/records/:id/return',
    action: 'record.review',
    summary: 'Send back with a reason',
    input: z.strictObject({ id: recordId, reason: words(400) }),
    output: recordDetail,
  }),
  withdrawRecord: route({
    method: 'POST',
    path: '/api/records/:id/withdrawal',
    action: 'record.withdraw',
    summary: 'Take off every screen at once; the reason may follow',
    input: z.strictObject({ id: recordId, reason: z.optional(text(400)) }),
    output: recordDetail,
  }),
  // —— programme ——
  programme: route({
    method: 'GET',
    path: '/api/programme',
    action: 'programme.read',
    summary: 'Every slot of the boards’ programme',
    input: nothing,
    output: z.strictObject({ slots: z.array(slotView), revision: count }),
  }),
  putSlot: route({
    method: 'PUT',
    path: '/api/programme/slots/:id',
    action: 'programme.edit',
    summary: 'Schedule a record on the boards, or change when it shows; published at once',
    input: z.strictObject({
      id: slotId,
      record: recordId,
      class: z.enum(['default', 'dated']),
      window: slotWindow,
      order: z.int(),
    }),
    output: slotView,
  }),
  removeSlot: route({
    method: 'DELETE',
    path: '/api/programme/slots/:id',
    action: 'programme.edit',
    summary: 'Take a slot out of the programme; published at once',
    input: z.strictObject({ id: slotId }),
    output: done,
  }),
  interrupt: route({
    method: 'POST',
    path: '/api/programme/interrupts',
    action: 'programme.interrupt',
    summary: 'Show a published record on every board at once, three times (立即插播)',
    input: z.strictObject({ record: recordId }),
    output: slotView,
  }),
  /** The layers of one board as screens hold them, for previews and the time slider. */
  boardLayers: route({
    method: 'GET',
    path: '/api/programme/boards/:profile',
    action: 'programme.read',
    summary: 'What a board of this profile plays, with its pages',
    input: z.strictObject({ profile: profileId }),
    output: z.strictObject({
      release,
      chunks: z.array(boardChunk),
      pages: z.record(sha256, pages),
    }),
  }),
  // —— screens in the console ——
  screens: route({
    method: 'GET',
    path: '/api/screens',
    action: 'screen.read',
    summary: 'Screens in the order of their ids, a page at a time: what each painted, and why not',
    input: z.strictObject({
      /** In name, id or the name’s pinyin initials. */
      search: z.optional(text(100)),
      /** `attention`: every screen that is not current. */
      group: z.optional(z.enum([...SCREEN_GROUPS, 'attention'])),
      kind: z.optional(z.enum(['touch', 'board'])),
      after: z.optional(screenId),
    }),
    output: z.strictObject({
      screens: z.array(screenView),
      next: z.nullable(screenId),
      /** Of all that match search and kind, whatever group is asked for. */
      counts: screenCounts,
      rootFingerprint: keyId,
    }),
  }),
  approveScreen: route({
    method: 'POST',
    path: '/api/screens/:id/key',
    action: 'screen.pair',
    summary: 'Approve the waiting key with this fingerprint',
    input: z.strictObject({ id: screenId, fingerprint: keyId }),
    output: done,
  }),
  refuseScreen: route({
    method: 'DELETE',
    path: '/api/screens/:id/key',
    action: 'screen.pair',
    summary: 'Refuse a waiting key or revoke a paired one, whichever has the fingerprint',
    input: z.strictObject({ id: screenId, fingerprint: keyId }),
    output: done,
  }),
  putScreen: route({
    method: 'PUT',
    path: '/api/screens/:id',
    action: 'screen.edit',
    summary: 'Add a screen or change its name and device',
    input: z.strictObject({
      id: screenId,
      name: words(60),
      device,
      /** 0: there must be no screen of this id yet. */
      revision: z.optional(z.literal(0)),
    }),
    output: done,
  }),
  // —— a stick instead of a network ——
  makeStick: route({
    method: 'POST',
    path: '/api/sticks',
    action: 'stick.make',
    summary: 'Put together what these screens would be answered; the file is there for ten minutes',
    input: z.strictObject({
      screens: z.array(screenId).check(z.minLength(1), z.maxLength(STICK_LIMITS.screens)),
    }),
    output: stickView,
  }),
  stickFile: route({
    method: 'GET',
    path: '/api/sticks/:stick',
    action: 'stick.read',
    summary: 'The file to put on a stick, for the person who had it made',
    form: 'bytes',
    input: z.strictObject({ stick: text(64) }),
    output: nothing,
  }),
  takeReceipt: route({
    method: 'POST',
    path: '/api/receipts',
    action: 'receipt.take',
    summary: 'A screen’s report that came back on a stick',
    /** `fingerprint`: a person has compared it with the screen’s own and approves its key. */
    input: z.strictObject({ receipt, fingerprint: z.optional(keyId) }),
    output: receiptView,
  }),
  // —— people and audit ——
  people: route({
    method: 'GET',
    path: '/api/people',
    action: 'person.read',
    summary: 'Accounts, their departments and roles',
    input: nothing,
    output: z.strictObject({
      people: z.array(
        z.strictObject({
          ...personRef.shape,
          account: text(64),
          department: text(60),
          roles: z.array(z.enum(ROLES)),
          locked: z.boolean(),
          /** [AU10] `closed`: cannot sign in; what they wrote stays theirs. */
          standing: z.enum(['open', 'closed']),
          revision: count,
        }),
      ),
    }),
  }),
  createPerson: route({
    method: 'POST',
    path: '/api/people',
    action: 'person.edit',
    summary: 'A new account; answers its one-time password once',
    input: z.strictObject({
      account: z.string().check(z.regex(/^[a-z][a-z0-9._-]{2,31}$/)),
      name: words(40),
      post: words(60),
      department: words(60),
      roles: z.array(z.enum(ROLES)).check(z.minLength(1), z.maxLength(5)),
    }),
    output: z.strictObject({ id: text(64), password: text(64) }),
  }),
  changePerson: route({
    method: 'PUT',
    path: '/api/people/:id',
    action: 'person.edit',
    summary: 'Change what a person may do and where they belong; whoever saves second gets 409',
    input: z.strictObject({
      id: text(64),
      revision: count,
      post: words(60),
      department: words(60),
      roles: z.array(z.enum(ROLES)).check(z.minLength(1), z.maxLength(5)),
    }),
    output: done,
  }),
  closePerson: route({
    method: 'POST',
    path: '/api/people/:id/closing',
    action: 'person.edit',
    summary: 'Close an account off: its sessions end and it cannot sign in',
    input: z.strictObject({ id: text(64), revision: count }),
    output: done,
  }),
  reopenPerson: route({
    method: 'DELETE',
    path: '/api/people/:id/closing',
    action: 'person.edit',
    summary: 'Let a closed account sign in again, with the password it had',
    input: z.strictObject({ id: text(64), revision: count }),
    output: done,
  }),
  resetPassword: route({
    method: 'POST',
    path: '/api/people/:id/password',
    action: 'person.edit',
    summary: 'A new one-time password, answered once; unlocks the account and ends its sessions',
    input: z.strictObject({ id: text(64) }),
    output: z.strictObject({ password: text(64) }),
  }),
  audit: route({
    method: 'GET',
    path: '/api/audit',
    action: 'audit.read',
    summary: 'The audit log, newest first, searched by person, record, screen and time',
    input: z.strictObject({
      before: z.optional(wholeNumber),
      /** Part of a name: who did it, or to whose account it was done. */
      person: z.optional(text(60)),
      /** Part of a title. */
      record: z.optional(text(100)),
      /** Part of a name. */
      screen: z.optional(text(60)),
      /** One thing exactly, such as `record:20261126-ab`, with its slots. */
      subject: z.optional(text(120)),
      ...auditPeriod,
    }),
    output: z.strictObject({
      entries: z.array(auditView),
      /** `before` of the next page; null on the last. */
      next: z.nullable(count),
      /** How many entries match on all pages. */
      total: count,
    }),
  }),
  auditExport: route({
    method: 'GET',
    path: '/api/audit/export',
    action: 'audit.read',
    summary:
      'The audit log, or a period of it, as a signed file that needs no server to be checked',
    form: 'lines',
    input: z.strictObject(auditPeriod),
    output: z.union([auditHeader, auditEntry]),
  }),
} as const;

export type Routes = typeof routes;
export type RouteName = keyof Routes;
export type InputOf<Name extends RouteName> = z.infer<Routes[Name]['input']>;
export type OutputOf<Name extends RouteName> = z.infer<Routes[Name]['output']>;

/** Every refusal body: a closed code for programs, sentences come from the reader's dictionary. */
export const REFUSALS = [
  'malformed',
  'too-large',
  'signed-out',
  'wrong-credentials',
  'locked',
  'too-many-tries',
  'forbidden',
  'wrong-origin',
  'not-found',
  'conflict',
  'wrong-state',
  'own-work',
  /** [AU10] The password was right, the account is closed. */
  'account-closed',
  /** [AU6] Somebody else must do this to one's own account. */
  'own-account',
  'changed',
  'reason-missing',
  'incomplete',
  'not-public',
  /** Its period of validity had ended before it was to be published. */
  'over',
  'too-long-for-board',
  'weak-password',
  'window-empty',
  'not-published',
  'storage-full',
  'read-only',
  'busy',
  'clock-suspect',
  /** The hall came out of a backup, and its epoch was not raised yet. */
  'restored',
  /** A key that signs this is lost or damaged; `detail` names its file. */
  'key-missing',
  /** Done and kept, but screens could not be told yet; `detail` says why. */
  'not-out',
  /** [SK7] Not signed by the key it names, or not a report of that screen. */
  'receipt-forged',
  /** A newer report of that screen is known. */
  'receipt-old',
  /** Signed by another key than the one approved for the screen. */
  'receipt-key',
  'internal',
] as const;
export const refusal = z.strictObject({
  refusal: z.enum(REFUSALS),
  /** Where: a field path, a record; never a stack or a secret. */
  detail: z.optional(text(400)),
  findings: z.optional(z.array(z.unknown())),
});
export type Refusal = z.infer<typeof refusal>;
