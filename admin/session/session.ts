import { computed, effect, signal } from '@preact/signals';
import type { Action } from '../../shared/domain/policy.ts';
import { allows, POLICY } from '../../shared/domain/policy.ts';
import type { SessionView } from '../../shared/protocol/routes.ts';
import type { Failure } from '../client/client.ts';
import { call } from '../client/client.ts';
import { signedOutCount } from '../client/connection.ts';
import { openLive } from '../client/live.ts';

/** `expired`: the page stays as it is beneath the sign-in form, with all that was typed. */
export type Standing =
  | { readonly state: 'asking' }
  | { readonly state: 'unreachable' }
  | { readonly state: 'out' }
  | { readonly state: 'in'; readonly session: SessionView }
  | { readonly state: 'expired'; readonly session: SessionView };

export const standing = signal<Standing>({ state: 'asking' });

/** Who works here: the person signed in, or whose session has just run out. */
export const person = computed<SessionView | null>(() => {
  const now = standing.value;
  return now.state === 'in' || now.state === 'expired' ? now.session : null;
});

/** Starts watching the session; called once. */
export async function startSession(): Promise<void> {
  effect(() => {
    if (signedOutCount.value === 0) return;
    const now = standing.peek();
    if (now.state === 'in') standing.value = { state: 'expired', session: now.session };
  });
  let live: { close(): void } | null = null;
  effect(() => {
    const wanted = standing.value.state === 'in';
    if (wanted && live === null) live = openLive();
    if (!wanted && live !== null) {
      live.close();
      live = null;
    }
  });
  await askWhoIsThere();
}

export async function askWhoIsThere(): Promise<void> {
  standing.value = { state: 'asking' };
  const answer = await call('session', {});
  if (answer.ok) standing.value = { state: 'in', session: answer.value };
  else if (answer.refusal === 'unreachable') standing.value = { state: 'unreachable' };
  else standing.value = { state: 'out' };
}

export async function signIn(account: string, password: string): Promise<Failure | null> {
  const answer = await call('signIn', { account, password });
  if (!answer.ok) return answer;
  standing.value = { state: 'in', session: answer.value };
  return null;
}

export async function signOut(): Promise<Failure | null> {
  const answer = await call('signOut', {});
  if (!answer.ok && answer.refusal !== 'signed-out') return answer;
  standing.value = { state: 'out' };
  return null;
}

/** Whether the policy lets this person do `action` to something of some department. */
export function may(action: Action, department: string | null = null): boolean {
  const session = person.value;
  if (session === null) return false;
  return allows({ ...session, person: session.person.id }, action, department);
}

/** Whether the policy holds this person to their own department. */
export function onlyOwnDepartment(action: Action): boolean {
  return may(action) && !person.value?.roles.some((role) => POLICY[role][action] === 'any');
}
