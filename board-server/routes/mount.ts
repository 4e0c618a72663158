import type { Context, Hono } from 'hono';
import type * as z from 'zod/mini';
import { allows } from '../../shared/domain/policy.ts';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import { BACKGROUND } from '../../shared/protocol/background.ts';
import type { Route, RouteName } from '../../shared/protocol/routes.ts';
import { routes } from '../../shared/protocol/routes.ts';
import type { Sessions } from '../services/sessions.ts';
import { bytesResponse } from './bytes-response.ts';
import type { HallEnv } from './env.ts';
import type { Handlers, RefusedReply, Reply, RequestContext, SignedIn } from './handlers.ts';
import { readBody, readQuery } from './input.ts';
import { sendLines } from './lines.ts';
import { refusalResponse } from './refusals.ts';
import { isOwnRequest, readSessionId, writeSessionId } from './visit.ts';

export interface MountDeps {
  readonly handlers: Handlers;
  readonly sessions: Sessions;
  readonly clock: () => number;
}

/**
 * Mounts every route of shared/protocol. Cheap questions come first: origin, session and policy are
 * settled before a byte of the body is read.
 */
export function mountRoutes(app: Hono<HallEnv>, deps: MountDeps): void {
  for (const name of ROUTE_NAMES) mountRoute(app, name, deps);
}

export const ROUTE_NAMES: readonly RouteName[] = Object.keys(routes).filter(isRouteName);

function isRouteName(name: string): name is RouteName {
  return Object.hasOwn(routes, name);
}

/** [TL5] What is for a person, signed in or signing in, is never sent where others may read it. */
function isPersonal(name: RouteName): boolean {
  return routes[name].action !== null || name === 'signIn';
}

const SIGNED_IN_BYTES_MAX = 1024 * 1024;
const OPEN_BYTES_MAX = 64 * 1024;
/** [AU1] What a person may do before changing a one-time password. */
const BEFORE_CHANGE: readonly string[] = ['session.read', 'session.end', 'password.change'];

function mountRoute(app: Hono<HallEnv>, name: RouteName, deps: MountDeps): void {
  const { method, path, action, input, output }: Route<z.ZodMiniType, z.ZodMiniType> = routes[name];
  const handler: (context: RequestContext, input: never) => Promise<Reply<unknown>> =
    deps.handlers[name];

  app.on(method, path, async (c) => {
    c.set('route', name);
    const refuse = (reply: RefusedReply): Response => {
      c.set('refusal', reply.refusal);
      return refusalResponse(reply);
    };
    if (c.var.visit.way === 'plain' && isPersonal(name)) {
      return refuse({ ok: false, refusal: 'forbidden', detail: 'https' });
    }
    const context = await admit(c, deps, action);
    if (!context.ok) return refuse(context);
    const read = await readInput(c, action === null ? OPEN_BYTES_MAX : SIGNED_IN_BYTES_MAX);
    if (!read.ok) return refuse(read);
    const parsed = input.safeParse(read.value);
    if (!parsed.success) return refuse(refusalOfInput(parsed.error, c.req.param()));
    // InputOf is what this very schema yields; TypeScript does not carry the name through the table.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const reply = await handler(context.value, parsed.data as never);
    if (!reply.ok) return refuse(reply);
    if (reply.session !== undefined) {
      const begun = reply.session === 'end' ? undefined : reply.session.begin;
      c.header('set-cookie', writeSessionId(begun));
    }
    if (reply.file !== undefined) return sendLines(c, output, reply.value, reply.file);
    if (reply.bytes !== undefined) return bytesResponse(reply.bytes);
    // Parsed on the way out too: a member that the contract does not name leaves no server.
    const body = JSON.stringify(output.parse(reply.value));
    return c.body(body, 200, { 'content-type': 'application/json' });
  });
}

type Action = Parameters<RequestContext['require']>[0];

/** Origin, session and policy, in that order. */
async function admit(
  c: Context<HallEnv>,
  { sessions, clock }: MountDeps,
  action: Action | null,
): Promise<Result<RequestContext, 'wrong-origin' | 'signed-out' | 'forbidden'>> {
  const { visit, requestId } = c.var;
  const header = (name: string) => c.req.header(name);
  const isSafe = c.req.method === 'GET' || c.req.method === 'HEAD';
  if (!isSafe && !isOwnRequest(visit, header)) return refused('wrong-origin');
  const sessionId = readSessionId(visit, header('cookie'));
  // [AU8] Nobody asked for it, so it is no activity.
  const how = header(BACKGROUND) === undefined ? 'use' : 'peek';
  const session = action === null ? undefined : await sessions[how](sessionId, clock());
  const actor = session?.actor;
  if (actor !== undefined) c.set('person', actor.person);
  const require = requireOf(actor);
  if (action !== null) {
    const may = require(action, null);
    if (!may.ok) return may;
    if (session?.mustChangePassword === true && !BEFORE_CHANGE.includes(action)) {
      return refused('forbidden', 'must-change-password');
    }
  }
  return accepted({ actor, sessionId, address: visit.address, now: clock, requestId, require });
}

/** [PO1] [PO2] The policy table, asked for one actor. */
export function requireOf(actor: SignedIn | undefined): RequestContext['require'] {
  return (action, department) => {
    if (actor === undefined) return refused('signed-out');
    return allows(actor, action, department) ? accepted(actor) : refused('forbidden', action);
  };
}

/** Path parameters with the query of a GET or the body of anything else, as one flat object. */
async function readInput(
  c: Context<HallEnv>,
  maxBytes: number,
): Promise<Result<unknown, 'malformed' | 'too-large'>> {
  const query = new URL(c.req.url).searchParams;
  const isGet = c.req.method === 'GET' || c.req.method === 'HEAD';
  if (!isGet && query.size > 0) return refused('malformed', 'query');
  const rest = isGet ? readQuery(query) : await readBody(c.req.raw, maxBytes);
  if (!rest.ok) return rest;
  const named: Readonly<Record<string, string>> = c.req.param();
  const twice = Object.keys(named).find((name) => Object.hasOwn(rest.value, name));
  return twice === undefined ? accepted({ ...rest.value, ...named }) : refused('malformed', twice);
}

/** Says where the input is wrong. [PR3] In the address itself, there is simply no such thing. */
function refusalOfInput(
  error: z.core.$ZodError,
  named: Readonly<Record<string, string>>,
): RefusedReply {
  const issue = error.issues[0];
  const [first, ...rest] = issue?.path ?? [];
  if (typeof first === 'string' && Object.hasOwn(named, first))
    return { ok: false, refusal: 'not-found' };
  const where = [first, ...rest].filter((part) => part !== undefined).join('.');
  return { ok: false, refusal: 'malformed', detail: `${where}: ${issue?.message ?? 'refused'}` };
}
