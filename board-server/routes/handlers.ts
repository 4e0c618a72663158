import type { Action, Actor } from '../../shared/domain/policy.ts';
import type { Result } from '../../shared/kit/result.ts';
import type { PersonRef } from '../../shared/protocol/records.ts';
import type { InputOf, OutputOf, Refusal, RouteName } from '../../shared/protocol/routes.ts';

/**
 * One handler for each route of shared/protocol. A service returns those that are its own as a
 * `Pick<Handlers, …>`; the server joins them, and a route without a handler does not type-check.
 *
 * Before a handler runs, the mount has parsed the input, checked origin and session, and asked the
 * policy table whether the actor may do the route's action at all (`own` counts as yes). A handler
 * that touches something belonging to a department asks again with `context.require`.
 */
export type Handlers = {
  readonly [Name in RouteName]: (
    context: RequestContext,
    input: InputOf<Name>,
  ) => Promise<Reply<OutputOf<Name>>>;
};

export type RefusalCode = Refusal['refusal'];

export type Reply<Output> =
  | {
      readonly ok: true;
      readonly value: Output;
      /** Only for signing in and out: the session that the browser holds from now on. */
      readonly session?: SessionChange;
      /** Only for a route of `lines`: `value` is the first line, these are the others. */
      readonly file?: { readonly name: string; readonly lines: AsyncIterable<Output> };
      /** Only for a route of `bytes`: sent in the place of the value. */
      readonly bytes?: BytesReply;
    }
  | RefusedReply;

/** A file for the browser to keep, sent piece by piece. */
export interface BytesReply {
  readonly name: string;
  /** Of the whole file. */
  readonly length: number;
  readonly stream: ReadableStream<Uint8Array>;
}

export interface RefusedReply {
  readonly ok: false;
  readonly refusal: RefusalCode;
  /** Where: a field path, a record id; at most 400 characters, never a stack or a secret. */
  readonly detail?: string;
  readonly findings?: readonly unknown[];
  /** When the same question may be asked again. */
  readonly retryAfterSeconds?: number;
}

export type SessionChange = { readonly begin: string } | 'end';

/** Who is signed in, with the name and post that histories show. */
export interface SignedIn extends Actor {
  readonly personRef: PersonRef;
}

export interface RequestContext {
  /** Undefined only in open routes (`action: null`). */
  readonly actor: SignedIn | undefined;
  /** The opaque id in the browser's cookie, whether or not it is still worth anything. */
  readonly sessionId: string | undefined;
  /** The client's address, for throttling and logs. */
  readonly address: string;
  /** The server's clock, in epoch milliseconds. */
  readonly now: () => number;
  /** Named in the log of this request. */
  readonly requestId: string;
  /**
   * Asks the policy table about something of one department (null: of no one), and hands over the
   * actor: `const may = context.require('record.edit', record.department); if (!may.ok) return may;`
   */
  readonly require: (
    action: Action,
    department: string | null,
  ) => Result<SignedIn, 'signed-out' | 'forbidden'>;
}
