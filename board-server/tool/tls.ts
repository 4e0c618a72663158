import { hostname, networkInterfaces } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import { isWithin, readAuthorityKey, writeAuthorityKey } from '../tls/authority-key.ts';
import type { Authority } from '../tls/issue.ts';
import { issueAuthority, issueCertificate, permittedNames } from '../tls/issue.ts';
import type { HallName } from '../tls/names.ts';
import { parseName, suggestNames, urlHost } from '../tls/names.ts';
import { readTls, writeTls } from '../tls/tls-files.ts';
import type { HallTls } from '../tls/tls-files.ts';
import type { Command, ToolContext } from './command.ts';
import { choosePassphrase, readPassphrase } from './passphrase.ts';
import type { TlsRefusal } from './tls-words.ts';
import { NAMES_QUESTION, KEY_QUESTION, PASSPHRASE_QUESTION, TLS_REFUSALS } from './tls-words.ts';

/** A hall authority and the server's certificate; the authority's key leaves the data folder. */
export const tls: Command = {
  name: 'tls',
  usage:
    '[--name hall.lan --name 192.168.1.10] [--authority-key FILE | --discard-authority-key] [--new-authority]',
  summary: [
    '制作大厅证书机构和服务器证书，让屏幕用 https 打开。',
    'Makes the hall authority and the server’s certificate, so that screens open it by https.',
  ],
  async run(args, context) {
    const flags = readFlags(args);
    if (!flags.ok) return (context.fail(TLS_REFUSALS['bad-flags']), 2);
    const done = await issue(flags.value, context);
    if (done.ok) return 0;
    const [zh, en] = TLS_REFUSALS[done.refusal];
    const where = done.detail === undefined ? '' : `（${done.detail}）`;
    return context.fail([`${zh}${where}`, en]);
  },
};

const FLAGS = {
  name: { type: 'string', multiple: true },
  'authority-key': { type: 'string' },
  'discard-authority-key': { type: 'boolean', default: false },
  'passphrase-file': { type: 'string' },
  'new-authority': { type: 'boolean', default: false },
} as const;

function readFlags(args: readonly string[]) {
  try {
    const { values } = parseArgs({ args: [...args], options: FLAGS, strict: true });
    const both = values['authority-key'] !== undefined && values['discard-authority-key'];
    return both ? refused('bad-flags') : accepted(values);
  } catch (error) {
    if (error instanceof Error) return refused('bad-flags', error.message);
    throw error;
  }
}
type Flags = Extract<ReturnType<typeof readFlags>, { ok: true }>['value'];
type Done<Value = undefined> = Result<Value, TlsRefusal>;

async function issue(flags: Flags, context: ToolContext): Promise<Done> {
  const folder = resolve(context.config.dataDir, 'tls');
  const present = await readTls(folder);
  if (!present.ok && !flags['new-authority']) return present;
  const before = present.ok && !flags['new-authority'] ? present.value : undefined;
  const names = await chooseNames(flags, before, context);
  if (!names.ok) return names;
  const authority =
    before === undefined
      ? await makeAuthority(names.value, flags, context)
      : await reopenAuthority(before, names.value, flags, context);
  if (!authority.ok) return authority;
  const { certificate } = authority.value;
  const server = await issueCertificate(authority.value, names.value, Date.now());
  await writeTls(folder, certificate, server);
  const made = await readTls(folder);
  if (!made.ok || made.value === undefined) return refused('bad-certificate', folder);
  tell(made.value, before === undefined, context);
  return accepted(undefined);
}

async function chooseNames(
  flags: Flags,
  before: HallTls | undefined,
  { ask }: ToolContext,
): Promise<Done<readonly HallName[]>> {
  const suggested =
    before?.names.map(({ text }) => text) ?? suggestNames(hostname(), networkInterfaces());
  const given = flags.name ?? (await askNames(suggested, ask));
  if (given === undefined)
    return before === undefined ? refused('no-names') : accepted(before.names);
  const names = given.map(parseName);
  const bad = names.find((name) => !name.ok);
  if (bad !== undefined) return refused('bad-name', bad.detail);
  const found = names.flatMap((name) => (name.ok ? [name.value] : []));
  return found.length === 0 ? refused('no-names') : accepted(found);
}

/** An empty answer takes what is suggested. */
async function askNames(suggested: readonly string[], ask: ToolContext['ask']) {
  const answer = await ask(NAMES_QUESTION(suggested));
  if (answer === undefined) return undefined;
  const typed = answer.split(/[\s,，、]+/).filter((part) => part !== '');
  return typed.length === 0 ? suggested : typed;
}

/** The key is safe in its file before anything depends on it. */
async function makeAuthority(
  names: readonly HallName[],
  flags: Flags,
  context: ToolContext,
): Promise<Done<Authority>> {
  const asked = flags['authority-key'] ?? (await askKeyFile(flags, context));
  if (asked === undefined && !flags['discard-authority-key']) return refused('no-key-choice');
  const authority = await issueAuthority(names, Date.now());
  if (asked === undefined || asked === '') return accepted(authority);
  if (isWithin(context.config.dataDir, asked)) return refused('key-in-data', asked);
  const passphrase = await choosePassphrase(PASSPHRASE_QUESTION, flags['passphrase-file'], context);
  if (!passphrase.ok) return passphrase;
  const written = await writeAuthorityKey(asked, authority.key, passphrase.value);
  return written.ok ? accepted(authority) : written;
}

function askKeyFile(flags: Flags, { ask }: ToolContext): Promise<string | undefined> {
  return flags['discard-authority-key'] ? Promise.resolve(undefined) : ask(KEY_QUESTION);
}

async function reopenAuthority(
  before: HallTls,
  names: readonly HallName[],
  flags: Flags,
  context: ToolContext,
): Promise<Done<Authority>> {
  const { certificate } = before.authority;
  const permitted = permittedNames(certificate);
  const foreign = names.find(
    (name) => !permitted.some(({ kind, text }) => kind === name.kind && text === name.text),
  );
  if (foreign !== undefined) return refused('outside-authority', foreign.text);
  const file = flags['authority-key'] ?? (await context.ask(KEY_QUESTION));
  if (file === undefined || file === '') return refused('key-needed');
  const passphrase = await readPassphrase(PASSPHRASE_QUESTION, flags['passphrase-file'], context);
  if (!passphrase.ok) return passphrase;
  return readAuthorityKey(file, passphrase.value, certificate);
}

function tell({ names, authority, expiresAt }: HallTls, isNew: boolean, context: ToolContext) {
  const { port, host } = context.config;
  const list = names.map((name) => `  https://${urlHost(name)}:${port}/`).join('\n');
  const until = new Date(expiresAt).toISOString().slice(0, 10);
  context.say([
    `服务器证书已做好，有效期到 ${until}，用于：\n${list}`,
    `The server’s certificate is made, good until ${until}, for the addresses above.`,
  ]);
  context.say([
    `大厅证书机构的指纹（安装证书时核对）：\n  ${authority.fingerprint}`,
    'The fingerprint of the hall authority, to be compared wherever it is installed.',
  ]);
  context.say(
    isNew
      ? [
          '每块屏和每台管理电脑要安装一次证书机构：npm run hall -- screen-setup，或打开 /hall-authority.crt。',
          'Every screen and every console’s computer installs the authority once.',
        ]
      : [
          '证书机构没有变，屏幕和管理电脑不用动。',
          'The authority is the same: screens and consoles need not be touched.',
        ],
  );
  const isLocal = host === '127.0.0.1' || host === '::1' || host === 'localhost';
  context.say([
    `重新启动服务后生效${isLocal ? '；其他机器要能访问，还须设置 HOST，如 HOST=0.0.0.0' : ''}。`,
    'It counts from the server’s next start; other machines reach it only when HOST is not loopback.',
  ]);
}
