import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { KeyId, ScreenId } from '../../shared/kit/ids.ts';
import { placeFile } from '../store/durable-file.ts';
import { hasCode, isFull } from '../store/file-system.ts';
import { nodeFileSystem } from '../store/node-file-system.ts';
import { makePrivate } from './private-files.ts';

/** A key that a person approved for a screen. Approved anew, it has another `at`. */
export interface Approval {
  readonly fingerprint: KeyId;
  readonly at: number;
}

/**
 * [TK2] Session tickets in the sense of RFC 5077: what this server gives a screen whose key it has
 * seen at work, and knows again without keeping anything. Nobody else can make or read one.
 */
export interface Tickets {
  issue(screen: ScreenId, key: Approval, t: number): Ticket;
  /** Until when this is a ticket of the screen and the key; undefined when it is none, or over. */
  goodUntil(text: string, screen: ScreenId, key: Approval, t: number): number | undefined;
  /** No ticket of before counts any more. */
  voidAll(): Promise<void>;
}

export interface Ticket {
  readonly text: string;
  readonly goodUntil: number;
}

export const TICKET_MS = 7 * 86_400_000;

export const TICKET_FILE = 'tickets.key';

const SECRET_BYTES = 32;

/**
 * The secret lies beside the keys and is backed up with them. But no signature rests on it, and
 * without it each screen only has to sign once more: a lost or damaged one is made anew.
 *
 * @param folder the key folder, which is there
 */
export async function openTickets(
  folder: string,
  random: (bytes: number) => Uint8Array,
): Promise<Tickets> {
  const held = await nodeFileSystem.read(`${folder}/${TICKET_FILE}`);
  const isSound = held?.length === SECRET_BYTES;
  const first = isSound ? held : random(SECRET_BYTES);
  let secret = createSecretKey(first);
  if (isSound) await makePrivate(`${folder}/${TICKET_FILE}`, 0o600);
  else await keep(folder, first);

  return {
    issue(screen, key, t) {
      const goodUntil = t + TICKET_MS;
      const text = `${goodUntil}.${codeOf(secret, screen, key, goodUntil).toString('base64url')}`;
      return { text, goodUntil };
    },
    goodUntil(text, screen, key, t) {
      const [, until = '', code = ''] = /^(\d{1,15})\.([\w-]{43})$/.exec(text) ?? [];
      const goodUntil = Number(until);
      // One from a time when the clock was ahead would outlive its seven days.
      if (goodUntil <= t || goodUntil > t + TICKET_MS) return undefined;
      const made = codeOf(secret, screen, key, goodUntil);
      return timingSafeEqual(Buffer.from(code, 'base64url'), made) ? goodUntil : undefined;
    },
    async voidAll() {
      const next = random(SECRET_BYTES);
      secret = createSecretKey(next); // Before anything is waited for.
      await keep(folder, next);
    },
  };
}

async function keep(folder: string, secret: Uint8Array): Promise<void> {
  try {
    await placeFile(nodeFileSystem, `${folder}/${TICKET_FILE}`, secret);
    await nodeFileSystem.syncFolder(folder);
  } catch (error) {
    // Until the disk takes it, tickets last as long as this run.
    if (!isFull(error) && !hasCode(error, 'EROFS')) throw error;
  }
}

/**
 * HMAC of RFC 2104. No part holds a line break, so no two tickets have the same text under it. Node
 * takes a secret that is no `KeyObject` by throwing and catching, which costs four times the rest.
 */
function codeOf(
  secret: KeyObject,
  screen: ScreenId,
  { fingerprint, at }: Approval,
  goodUntil: number,
): Buffer {
  return createHmac('sha256', secret)
    .update(`openhall ticket 1\n${screen}\n${fingerprint}\n${at}\n${goodUntil}`)
    .digest();
}
