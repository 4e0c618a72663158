import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { readConfig } from '../../board-server/config.ts';
import { decodeConstraints, encodeConstraints } from '../../board-server/tls/name-constraints.ts';
import { issueAuthority, issueCertificate, permittedNames } from '../../board-server/tls/issue.ts';
import type { HallName } from '../../board-server/tls/names.ts';
import { parseName, suggestNames, urlHost } from '../../board-server/tls/names.ts';
import { expiresSoon, readTls } from '../../board-server/tls/tls-files.ts';
import type { Sentence, ToolContext } from '../../board-server/tool/command.ts';
import { tls } from '../../board-server/tool/tls.ts';

const NOW = Date.UTC(2026, 8, 17, 1);

const namesOf = (...written: string[]): HallName[] =>
  written.map((text) => {
    const name = parseName(text);
    if (!name.ok) throw new Error(text);
    return name.value;
  });

/** Whether a client that trusts the authority takes the server for what it asked for: OpenSSL's word. */
async function shakesHands(authority: string, server: string, asked: string): Promise<string> {
  const listening = createServer({ cert: server, key: server }).listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  const socket = connect({
    port,
    host: '127.0.0.1',
    ca: authority,
    servername: asked,
    checkServerIdentity: () => undefined,
  });
  const word = await new Promise<string>((resolve) => {
    socket.once('secureConnect', () => resolve('trusted'));
    socket.once('error', (error: Error) => resolve(error.message));
  });
  socket.destroy();
  listening.close();
  return word;
}

describe('a hall authority', () => {
  it('[TL1] vouches for the hall’s names, and for no others, whoever holds its key', async () => {
    const names = namesOf('hall.lan', '192.168.1.10', 'fd00::5');
    const authority = await issueAuthority(names, NOW);
    const own = await issueCertificate(authority, names, NOW);
    expect(await shakesHands(authority.certificate, own, 'hall.lan')).toBe('trusted');
    for (const other of ['bank.example', '192.168.1.11', 'fd00::6']) {
      const stolen = await issueCertificate(authority, namesOf(other), NOW);
      expect(await shakesHands(authority.certificate, stolen, 'hall.lan')).toBe(
        'permitted subtree violation',
      );
    }
    expect(permittedNames(authority.certificate)).toEqual(names);
  });

  it.each([
    ['host names only', ['hall.lan'], '192.168.1.10'],
    ['IPv4 only', ['192.168.1.10'], 'hall.lan'],
  ])('[TL1] of %s is denied the other kind whole', async (_name, own, other) => {
    const authority = await issueAuthority(namesOf(...own), NOW);
    const good = await issueCertificate(authority, namesOf(...own), NOW);
    expect(await shakesHands(authority.certificate, good, 'x')).toBe('trusted');
    const bad = await issueCertificate(authority, namesOf(other), NOW);
    expect(await shakesHands(authority.certificate, bad, 'x')).toBe('excluded subtree violation');
  });

  it('[TL1] is for servers only and issues no further authority', async () => {
    const authority = await issueAuthority(namesOf('hall.lan'), NOW);
    const certificate = new X509Certificate(authority.certificate);
    expect([certificate.ca, certificate.keyUsage]).toEqual([true, ['1.3.6.1.5.5.7.3.1']]);
    expect(certificate.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
  });

  it('[TL2] and its certificate are good from 1970 on and for ten years', async () => {
    const names = namesOf('hall.lan');
    const authority = await issueAuthority(names, NOW);
    const server = await issueCertificate(authority, names, NOW);
    for (const pem of [authority.certificate, server]) {
      const { validFrom, validTo } = new X509Certificate(pem);
      expect([Date.parse(validFrom), Date.parse(validTo)]).toEqual([0, Date.UTC(2036, 8, 17, 1)]);
    }
  });

  it('constraints are read back as they were written', () => {
    const many = namesOf(...Array.from({ length: 30 }, (_, at) => `hall-${at}.county.example`));
    for (const names of [many, namesOf('a'), namesOf('10.0.0.1'), namesOf('::2', 'fe80::1:0:0:2')])
      expect(decodeConstraints(encodeConstraints(names))).toEqual(names);
    expect(decodeConstraints(Uint8Array.from([0x30, 0]))).toBeUndefined();
  });
});

describe('names of a hall', () => {
  it.each([
    ['hall.lan', 'dns', 'hall.lan'],
    [' Hall.LAN ', 'dns', 'hall.lan'],
    ['192.168.1.10', 'ip', '192.168.1.10'],
    ['FD00:0:0::5', 'ip', 'fd00::5'],
  ])('%s is a %s', (written, kind, text) => {
    expect(parseName(written)).toEqual({ ok: true, value: { kind, text } });
  });

  it.each([
    '',
    'https://hall.lan',
    'hall.lan:4680',
    'hall lan',
    '-hall.lan',
    'hall..lan',
    '大厅',
    '*.lan',
    'localhost',
    '127.0.0.1',
    '::1',
    '192.168.1.300',
    '10.1',
    'a'.repeat(64),
  ])('%j is none', (written) => {
    expect(parseName(written)).toMatchObject({ ok: false, refusal: 'bad-name' });
  });

  it('suggests what others reach: the machine’s name and its addresses', () => {
    const address = { netmask: '', mac: '', cidr: null };
    const interfaces = {
      lo: [{ ...address, address: '127.0.0.1', family: 'IPv4' as const, internal: true }],
      eth0: [
        { ...address, address: '192.168.1.10', family: 'IPv4' as const, internal: false },
        { ...address, address: 'fe80::1', family: 'IPv6' as const, internal: false, scopeid: 2 },
      ],
    };
    expect(suggestNames('Hall', interfaces)).toEqual(['hall.lan', '192.168.1.10']);
    expect(suggestNames('hall.county.example', {})).toEqual(['hall.county.example']);
    expect(suggestNames('大厅', {})).toEqual([]);
  });

  it('an address of six is bracketed in a URL', () => {
    expect(namesOf('hall.lan', '10.0.0.1', 'fd00::5').map(urlHost)).toEqual([
      'hall.lan',
      '10.0.0.1',
      '[fd00::5]',
    ]);
  });
});

describe('npm run hall -- tls', () => {
  let folder = '';
  const at = (name: string) => join(folder, name);
  beforeAll(() => {
    mkdirSync('dist', { recursive: true });
    folder = mkdtempSync(join('dist', 'test-tls-'));
    writeFileSync(at('passphrase'), '河边石桥 river stone\nnothing else counts\n');
    writeFileSync(at('short'), 'short\n');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = async (data: string, args: string[], answers: Partial<ToolContext> = {}) => {
    const config = readConfig({ DATA_DIR: at(data) }, []);
    if (!config.ok) throw new Error(config.detail);
    const said: string[] = [];
    const failed: string[] = [];
    const code = await tls.run(args, {
      config: config.value,
      say: ([zh]: Sentence) => void said.push(zh),
      fail: ([zh]: Sentence) => failed.push(zh),
      ask: async () => undefined,
      askSecret: async () => undefined,
      ...answers,
    });
    return { code, said: said.join('\n'), failed: failed.join('\n') };
  };
  const secret = (name = 'passphrase') => ['--passphrase-file', at(name)];
  const held = async (data: string) => {
    const read = await readTls(at(`${data}/tls`));
    if (!read.ok || read.value === undefined) throw new Error('no certificate');
    return read.value;
  };

  test('[TL3] the authority’s key goes to the named file, encrypted, and is nowhere in the data folder', async () => {
    const done = await run('a', [
      '--name',
      'hall.lan',
      '--name',
      '192.168.1.10',
      '--authority-key',
      at('a.key'),
      ...secret(),
    ]);
    expect(done).toMatchObject({ code: 0, failed: '' });
    const { authority, server, names } = await held('a');
    expect(done.said).toContain(authority.fingerprint);
    expect(done.said).toContain('  https://hall.lan:4680/\n  https://192.168.1.10:4680/');
    expect(names).toEqual(namesOf('hall.lan', '192.168.1.10'));
    const pem = readFileSync(at('a.key'), 'utf8');
    expect(pem).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
    expect(statSync(at('a.key')).mode & 0o777).toBe(0o600);
    const key = createPrivateKey({ key: pem, passphrase: '河边石桥 river stone' });
    expect(new X509Certificate(authority.certificate).checkPrivateKey(key)).toBe(true);
    expect(readdirSync(at('a/tls')).sort()).toEqual(['authority.crt', 'server.pem']);
    expect(
      new X509Certificate(authority.certificate).checkPrivateKey(createPrivateKey(server)),
    ).toBe(false);
    expect([
      statSync(at('a/tls')).mode & 0o777,
      statSync(at('a/tls/server.pem')).mode & 0o777,
    ]).toEqual([0o700, 0o600]);
  });

  test('the last sixty days are said at every start', async () => {
    const now = held('a').then(({ expiresAt }) => expiresAt - 60 * 86_400_000);
    expect(expiresSoon(await held('a'), await now)).toBe(false);
    expect(expiresSoon(await held('a'), (await now) + 1)).toBe(true);
  });

  test('[TL3] issuing again needs that file, and leaves the authority that screens trust', async () => {
    const before = await held('a');
    const keep = ['--authority-key', at('a.key'), ...secret()];
    expect(await run('a', keep)).toMatchObject({ code: 0, failed: '' });
    const after = await held('a');
    expect(after.authority).toEqual(before.authority);
    expect(after.server).not.toBe(before.server);
    expect(after.names).toEqual(before.names);
    expect(await run('a', ['--name', 'hall.lan', ...keep])).toMatchObject({ code: 0 });
    expect((await held('a')).names).toEqual(namesOf('hall.lan'));
  });

  test('[TL3] a discarded key is written nowhere, and the next certificate needs a new authority', async () => {
    expect(await run('b', ['--name', 'hall.lan', '--discard-authority-key'])).toMatchObject({
      code: 0,
    });
    const before = await held('b');
    expect((await run('b', [])).failed).toContain('--new-authority');
    expect(await held('b')).toEqual(before);
    const again = await run('b', [
      '--new-authority',
      '--name',
      'other.lan',
      '--discard-authority-key',
    ]);
    expect(again.code).toBe(0);
    expect((await held('b')).authority).not.toEqual(before.authority);
  });

  test('at a terminal it asks: an empty answer takes what is suggested', async () => {
    const asked: string[] = [];
    const answers = [' hall.lan，10.1.2.3 ', at('c.key')];
    const done = await run('c', [], {
      ask: async ([zh]) => (asked.push(zh), answers.shift()),
      askSecret: async () => 'Typed by hand 7',
    });
    expect([done.code, asked.length]).toEqual([0, 2]);
    expect((await held('c')).names).toEqual(namesOf('hall.lan', '10.1.2.3'));
    expect(readFileSync(at('c.key'), 'utf8')).toContain('ENCRYPTED');
    const renewed = await run('c', [], {
      ask: async ([zh]) => (zh.includes('私钥文件') ? at('c.key') : ''),
      askSecret: async () => 'Typed by hand 7',
    });
    expect([renewed.code, renewed.failed]).toEqual([0, '']);
    expect((await held('c')).names).toEqual(namesOf('hall.lan', '10.1.2.3'));
  });

  test.each([
    ['an unknown flag', ['--nme', 'hall.lan'], 2, '参数无效'],
    [
      'a key both kept and discarded',
      ['--authority-key', 'x', '--discard-authority-key'],
      2,
      '参数无效',
    ],
    ['no name', ['--discard-authority-key'], 1, '没有写明大厅的名字'],
    [
      'an address for a name',
      ['--name', 'http://hall.lan', '--discard-authority-key'],
      1,
      '不是主机名',
    ],
    ['no word on the key', ['--name', 'hall.lan'], 1, '--discard-authority-key'],
    [
      'a key in the data folder',
      ['--name', 'hall.lan', '--authority-key', 'DATA/tls/ca.key'],
      1,
      '数据文件夹里',
    ],
    [
      'a key file that exists',
      [
        '--name',
        'hall.lan',
        '--authority-key',
        'FOLDER/a.key',
        '--passphrase-file',
        'FOLDER/passphrase',
      ],
      1,
      '已经存在',
    ],
    [
      'a folder that is not there, as of a stick that is not mounted,',
      [
        '--name',
        'hall.lan',
        '--authority-key',
        'FOLDER/usb/ca.key',
        '--passphrase-file',
        'FOLDER/passphrase',
      ],
      1,
      '没有放私钥文件的这个文件夹',
    ],
    [
      'a short passphrase',
      [
        '--name',
        'hall.lan',
        '--authority-key',
        'FOLDER/d.key',
        '--passphrase-file',
        'FOLDER/short',
      ],
      1,
      '口令太短',
    ],
    [
      'no passphrase file',
      ['--name', 'hall.lan', '--authority-key', 'FOLDER/d.key', '--passphrase-file', 'FOLDER/none'],
      1,
      '口令文件不存在',
    ],
    [
      'nobody to type one',
      ['--name', 'hall.lan', '--authority-key', 'FOLDER/d.key'],
      1,
      '没有口令',
    ],
  ])(
    '[TL3] %s is refused in a sentence, and nothing is written',
    async (_name, args, code, sentence) => {
      const given = args.map((arg) => arg.replace('FOLDER', folder).replace('DATA', at('d')));
      const done = await run('d', given);
      expect([done.code, done.said]).toEqual([code, '']);
      expect(done.failed).toContain(sentence);
      expect(await readTls(at('d/tls'))).toEqual({ ok: true, value: undefined });
      expect(existsSync(at('usb'))).toBe(false);
    },
  );

  test.each([
    [
      'no such key file',
      ['--authority-key', 'FOLDER/none.key', '--passphrase-file', 'FOLDER/passphrase'],
      '没有这个私钥文件',
    ],
    [
      'a wrong passphrase',
      ['--authority-key', 'FOLDER/a.key', '--passphrase-file', 'FOLDER/short'],
      '口令不对',
    ],
    [
      'the key of another authority',
      ['--authority-key', 'FOLDER/e.key', '--passphrase-file', 'FOLDER/passphrase'],
      '不是现在这个证书机构',
    ],
    [
      'a name outside the authority',
      ['--name', 'www.hall.lan', '--authority-key', 'FOLDER/a.key'],
      '不能担保',
    ],
  ])('%s renews nothing', async (_name, args, sentence) => {
    await run('e', ['--name', 'hall.lan', '--authority-key', at('e.key'), ...secret()]);
    const before = await held('a');
    const done = await run(
      'a',
      args.map((arg) => arg.replace('FOLDER', folder)),
    );
    expect([done.code, done.said]).toEqual([1, '']);
    expect(done.failed).toContain(sentence);
    expect(await held('a')).toEqual(before);
  });

  test('a damaged certificate is named and left as it is', async () => {
    await run('f', ['--name', 'hall.lan', '--discard-authority-key']);
    const path = at('f/tls/server.pem');
    const whole = readFileSync(path, 'utf8');
    const other = await held('b');
    for (const [bytes, word] of [
      ['nothing', ''],
      [other.server, ''],
    ] as const) {
      writeFileSync(path, bytes);
      expect(await readTls(at('f/tls'))).toMatchObject({ ok: false, refusal: 'bad-certificate' });
      expect((await run('f', ['--name', 'hall.lan'])).failed).toContain(`现有证书损坏${word}`);
      expect(readFileSync(path, 'utf8')).toBe(bytes);
    }
    rmSync(path);
    expect(await readTls(at('f/tls'))).toMatchObject({
      ok: false,
      detail: expect.stringContaining('server.pem'),
    });
    writeFileSync(path, whole);
    expect((await held('f')).names).toEqual(namesOf('hall.lan'));
  });
});
