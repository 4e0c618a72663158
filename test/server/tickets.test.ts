import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Approval } from '../../board-server/trust/tickets.ts';
import { openTickets, TICKET_FILE, TICKET_MS } from '../../board-server/trust/tickets.ts';
import { id, isKeyId, isScreenId } from '../../shared/kit/ids.ts';
import { seeded } from './hall.ts';

const DOOR = id(isScreenId, 'led-door');
const KEY: Approval = { fingerprint: id(isKeyId, 'ab'.repeat(32)), at: 5 };
const T = Date.UTC(2026, 10, 23);

async function keyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'keys-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('[TK2] a ticket is good for its screen, its key, that approval, and seven days', async () => {
  const tickets = await openTickets(await keyFolder(), seeded('tickets'));
  const { text, goodUntil } = tickets.issue(DOOR, KEY, T);
  expect(goodUntil).toBe(T + TICKET_MS);
  expect(tickets.goodUntil(text, DOOR, KEY, T)).toBe(goodUntil);
  expect(tickets.goodUntil(text, DOOR, KEY, goodUntil - 1)).toBe(goodUntil);
  const other = { fingerprint: id(isKeyId, 'cd'.repeat(32)), at: KEY.at };
  const refusals = [
    tickets.goodUntil(text, id(isScreenId, 'led-hall'), KEY, T),
    tickets.goodUntil(text, DOOR, other, T),
    tickets.goodUntil(text, DOOR, { ...KEY, at: KEY.at + 1 }, T),
    tickets.goodUntil(text, DOOR, KEY, goodUntil),
    // Issued while the clock was ahead.
    tickets.goodUntil(text, DOOR, KEY, T - 1),
  ];
  expect(refusals).toEqual(refusals.map(() => undefined));
});

test('[TK2] a forged or altered ticket, and what is no ticket at all, is none', async () => {
  const tickets = await openTickets(await keyFolder(), seeded('tickets'));
  const stranger = await openTickets(await keyFolder(), seeded('another hall'));
  const { text } = tickets.issue(DOOR, KEY, T);
  const [until = '', code = ''] = text.split('.');
  const bent = (code.startsWith('A') ? 'B' : 'A') + code.slice(1);
  const forged = [
    stranger.issue(DOOR, KEY, T).text,
    `${until}.${bent}`,
    `${Number(until) - 1}.${code}`,
    `${until}.${code}x`,
    `${until}.`,
    '.',
    '',
    `1e13.${code}`,
    'x'.repeat(100),
  ];
  for (const each of forged) expect(tickets.goodUntil(each, DOOR, KEY, T), each).toBeUndefined();
  expect(tickets.goodUntil(text, DOOR, KEY, T)).toBeDefined();
});

test('[TK2] the secret is readable by the server alone, kept over a restart, and made anew when it is lost or damaged', async () => {
  const folder = await keyFolder();
  const file = join(folder, TICKET_FILE);
  const first = await openTickets(folder, seeded('first'));
  const { text } = first.issue(DOOR, KEY, T);
  const isGood = async (): Promise<boolean> =>
    (await openTickets(folder, seeded('later'))).goodUntil(text, DOOR, KEY, T) !== undefined;
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await writeFile(file, await readFile(file), { mode: 0o644 });
  expect(await isGood()).toBe(true);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await writeFile(file, 'short');
  expect(await isGood()).toBe(false);
  await rm(file);
  expect(await isGood()).toBe(false);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('[TK3] made void, no ticket of before counts, also after a restart; a new one does', async () => {
  const folder = await keyFolder();
  const tickets = await openTickets(folder, seeded('void'));
  const before = tickets.issue(DOOR, KEY, T).text;
  await tickets.voidAll();
  const after = tickets.issue(DOOR, KEY, T).text;
  for (const each of [tickets, await openTickets(folder, seeded('restart'))]) {
    expect(each.goodUntil(before, DOOR, KEY, T)).toBeUndefined();
    expect(each.goodUntil(after, DOOR, KEY, T)).toBe(T + TICKET_MS);
  }
});
