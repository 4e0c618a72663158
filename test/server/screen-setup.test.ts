import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { dataFolder } from '../../board-server/backup/data-folder.ts';
import { readConfig } from '../../board-server/config.ts';
import { furnish } from '../../board-server/first-start.ts';
import { openHall } from '../../board-server/hall.ts';
import { createLog } from '../../board-server/log.ts';
import { readTemplates } from '../../board-server/screen-kit/files.ts';
import { readHallScreens } from '../../board-server/screen-kit/hall-screens.ts';
import { parseLaunchAddress } from '../../board-server/screen-kit/launch-address.ts';
import type { Files, KitScreen } from '../../board-server/screen-kit/render.ts';
import { renderKit } from '../../board-server/screen-kit/render.ts';
import { issueAuthority, issueCertificate } from '../../board-server/tls/issue.ts';
import { writeTls } from '../../board-server/tls/tls-files.ts';
import type { Sentence, ToolContext } from '../../board-server/tool/command.ts';
import { screenSetup } from '../../board-server/tool/screen-setup.ts';

const ROOT = 'ab'.repeat(32);
const ADDRESS = `https://hall.lan:4680/touch/?screen=touch-01&root=${ROOT}`;
const launched = parseLaunchAddress(ADDRESS);
if (!launched.ok) throw new Error(launched.refusal);

const SCREEN: KitScreen = {
  launch: launched.value,
  name: '一楼 <大厅> 触摸屏',
  hall: '清河县政务服务中心',
  contact: `周敏 $(reboot) '"`,
  phone: '0312-5550123',
  power: '机身背面',
  cable: '蓝色网线',
  sound: 40,
  rotate: 'left',
  news: 'network',
  authority: {
    certificate: '-----BEGIN CERTIFICATE-----\nAQID\nBAUG\n-----END CERTIFICATE-----\n',
    fingerprint: 'AB:CD',
  },
};

describe('a kit', () => {
  let templates: Files = new Map();
  beforeAll(async () => {
    templates = await readTemplates();
  });
  const fileOf = (path: string, screen = SCREEN): string => {
    const text = renderKit(templates, screen).get(path);
    if (text === undefined) throw new Error(`no ${path}`);
    return text;
  };

  test('[BX3] what nobody said of switch and cable is a line to write on, and a board is not said to be touched', () => {
    const sheet = fileOf('sheet.html', { ...SCREEN, power: '', cable: '' });
    expect(sheet.match(/<td><\/td>/g)).toHaveLength(2);
    expect(fileOf('sheet.html')).not.toContain('<td></td>');
    const board = fileOf('sheet.html', {
      ...SCREEN,
      launch: { ...SCREEN.launch, kind: 'board' },
    });
    expect([sheet, board].map((text) => text.includes('点了没反应'))).toEqual([true, false]);
    expect(board).toContain('<th>画面不动</th>');
  });

  it('leaves no template open, and is the same each time', () => {
    const files = renderKit(templates, SCREEN);
    expect([...files].filter(([, text]) => /\{\{|undefined/.test(text))).toEqual([]);
    expect(renderKit(templates, SCREEN)).toEqual(files);
    expect(files.has('policies.json')).toBe(false);
  });

  it('allows one origin exactly, and trusts the hall’s own authority', () => {
    const policies = JSON.parse(fileOf('linux/policies.json')) as Record<string, unknown>;
    expect(policies).toMatchObject({
      URLAllowlist: ['https://.hall.lan:4680'],
      URLBlocklist: expect.arrayContaining(['*', 'file://*', 'chrome://*']),
      CACertificates: ['AQIDBAUG'],
      DeveloperToolsAvailability: 2,
      RemoteDebuggingAllowed: false,
    });
    const at = (origin: string): unknown =>
      (
        JSON.parse(
          fileOf('linux/policies.json', { ...SCREEN, launch: { ...SCREEN.launch, origin } }),
        ) as Record<string, unknown>
      )['URLAllowlist'];
    expect(at('https://192.168.1.10')).toEqual(['https://192.168.1.10:443']);
    expect(at('https://[fd00::5]:4680')).toEqual(['https://[fd00::5]:4680']);
  });

  it('behind a certificate that boxes trust anyway it installs no authority', () => {
    const files = renderKit(templates, { ...SCREEN, authority: undefined });
    expect(files.has('linux/hall-authority.crt')).toBe(false);
    expect(files.get('linux/policies.json')).not.toContain('CACertificates');
  });

  it('[BX4] only a screen that lives by a stick may choose its folder or a file, and save where asked', () => {
    const [network, stick] = (['network', 'stick'] as const).map((news): unknown =>
      JSON.parse(fileOf('linux/policies.json', { ...SCREEN, news })),
    );
    const closed = { AllowFileSelectionDialogs: false, DownloadRestrictions: 3 };
    expect(network).toMatchObject(closed);
    expect(stick).toEqual({
      ...(network as object),
      AllowFileSelectionDialogs: true,
      DownloadRestrictions: 0,
      PromptForDownloadLocation: true,
      FileSystemReadAskForUrls: ['https://hall.lan:4680'],
      FileSystemWriteAskForUrls: ['https://hall.lan:4680'],
    });
    expect(stick).toMatchObject({
      DefaultFileSystemReadGuardSetting: 2,
      DefaultFileSystemWriteGuardSetting: 2,
    });
  });

  const BOARD = { ...SCREEN, launch: { ...SCREEN.launch, kind: 'board' } } as const;
  const kinds = [
    ['a touch screen on the network', SCREEN, false],
    ['a board on the network', BOARD, false],
    ['a touch screen with sticks', { ...SCREEN, news: 'stick' }, false],
    ['a board with sticks', { ...BOARD, news: 'stick' }, true],
  ] as const;
  it.each(kinds)('[BX4] keys and pointer: %s', (_name, screen, isKeyed) => {
    expect(fileOf('linux/xorg.conf', screen).includes('MatchIsKeyboard')).toBe(!isKeyed);
    expect(fileOf('linux/xorg.conf', screen)).toContain('"DontVTSwitch" "on"');
    expect(fileOf('linux/openhall-screen.service', screen).includes(' -nocursor')).toBe(!isKeyed);
    expect(fileOf('linux/openhall-screen.service', screen).match(/^ExecStart=/gm)).toHaveLength(1);
    expect(fileOf('README.txt', screen).includes('这台机器不接受键盘')).toBe(!isKeyed);
  });

  it.each(kinds)('[BX4] paper and stick: %s', (_name, screen) => {
    const isStick = screen.news === 'stick';
    const readme = fileOf('README.txt', screen);
    const sheet = fileOf('sheet.html', screen);
    expect([/四、用 U 盘换内容/.test(readme), /换内容/.test(sheet)]).toEqual([isStick, isStick]);
    expect([/查网线/.test(sheet), /连上网会自己对好/.test(sheet)]).toEqual([!isStick, !isStick]);
    for (const paper of [readme, sheet]) {
      expect(paper).not.toMatch(/\[\[|\]\]/);
      expect(/Ctrl\+Alt\+U，/.test(paper)).toBe(isStick && screen.launch.kind === 'board');
      expect(/最上边五秒/.test(paper)).toBe(isStick && screen.launch.kind === 'touch');
    }
    expect(fileOf('linux/stick.rules', screen).includes('/media/openhall-stick')).toBe(isStick);
  });

  it('the registry file says the same as the policies', () => {
    const lines = fileOf('windows/policies.reg').split('\r\n');
    expect(lines[0]).toBe('Windows Registry Editor Version 5.00');
    for (const key of ['Chromium', 'Google\\Chrome', 'Microsoft\\Edge']) {
      const at = lines.indexOf(`[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\${key}\\URLAllowlist]`);
      expect(lines.slice(at + 1, at + 3)).toEqual(['"1"="https://.hall.lan:4680"', '']);
    }
    expect(lines).toContain('"DeveloperToolsAvailability"=dword:00000002');
    expect(lines).toContain('"PrintingEnabled"=dword:00000000');
    expect(lines).toContain('"DnsOverHttpsMode"="off"');
    expect(lines).toContain('"InPrivateModeAvailability"=dword:00000001');
  });

  it('what people typed is text, for a page as for a shell', () => {
    const sheet = fileOf('sheet.html');
    expect(sheet).toContain('一楼 &#60;大厅&#62; 触摸屏');
    expect(sheet).toContain(`周敏 $(reboot) '&#34;`);
    const settings = fileOf('linux/settings', { ...SCREEN, rotate: `a'; echo b #` as 'left' });
    const read = spawnSync('sh', ['-c', `${settings}\nprintf '%s\\n' "$ADDRESS" "$ROTATE"`]);
    expect(String(read.stdout)).toBe(`${ADDRESS}\na'; echo b #\n`);
  });

  it.each(['linux/install.sh', 'linux/session.sh', 'linux/watchdog.sh'])(
    '%s is read by the smallest shell',
    (path) => {
      expect(spawnSync('sh', ['-n'], { input: fileOf(path) })).toMatchObject({ status: 0 });
    },
  );
});

describe('npm run hall -- screen-setup', () => {
  let folder = '';
  let root = '';
  const at = (name: string) => join(folder, name);
  beforeAll(async () => {
    mkdirSync('dist', { recursive: true });
    folder = mkdtempSync(join('dist', 'test-kit-'));
    const names = [{ kind: 'dns', text: 'hall.lan' }] as const;
    const authority = await issueAuthority(names, Date.now());
    const server = await issueCertificate(authority, names, Date.now());
    for (const data of ['running', 'still'])
      await writeTls(at(`${data}/tls`), authority.certificate, server);
    const hall = await openHall(configOf('still'), createLog('silent'));
    if (!hall.ok) throw new Error(hall.refusal);
    root = hall.value.services.signer.rootFingerprint;
    await hall.value.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const configOf = (data: string) => {
    const config = readConfig({ DATA_DIR: at(data) }, []);
    if (!config.ok) throw new Error(config.detail);
    return config.value;
  };
  const run = async (data: string, args: string[], answers: Partial<ToolContext> = {}) => {
    const said: string[] = [];
    const failed: string[] = [];
    const code = await screenSetup.run(args, {
      config: configOf(data),
      say: ([zh]: Sentence) => void said.push(zh),
      fail: ([zh]: Sentence) => failed.push(zh),
      ask: async () => undefined,
      askSecret: async () => undefined,
      ...answers,
    });
    return { code, said: said.join('\n'), failed: failed.join('\n') };
  };
  const CALL = ['--contact', '周敏', '--phone', '0312-5550123'];

  test('[BX3] from the console’s address it writes the kit, and says where', async () => {
    const done = await run('running', ['--address', ` ${ADDRESS} `, ...CALL, '--to', at('kit')]);
    expect([done.code, done.failed]).toEqual([0, '']);
    expect(done.said).toContain(ADDRESS);
    expect(readFileSync(at('kit/linux/settings'), 'utf8')).toContain(`ADDRESS='${ADDRESS}'`);
    expect(statSync(at('kit/linux/install.sh')).mode & 0o777).toBe(0o755);
    expect(readFileSync(at('kit/linux/hall-authority.crt'), 'utf8')).toContain('BEGIN CERTIFICATE');
    expect(readFileSync(at('kit/README.txt'), 'utf8')).toMatch(/^\uFEFF政务公开屏：touch-01.*\r\n/);
  }, 60_000);

  test('[BX3] at a terminal it asks, and an empty answer takes what is suggested', async () => {
    const asked: string[] = [];
    const typed = (zh: string) => {
      asked.push(zh);
      if (zh.includes('打开地址')) return ADDRESS;
      if (zh.includes('找谁')) return '周敏';
      if (zh.includes('电话')) return '0312-5550123';
      return zh.includes('文件夹') ? at('asked') : '';
    };
    const done = await run('running', [], { ask: async ([zh]) => typed(zh) });
    expect([done.code, asked.length]).toEqual([0, 9]);
    expect(readFileSync(at('asked/linux/settings'), 'utf8')).toContain("SOUND='40'");
  }, 60_000);

  test.each([
    ['an unknown flag', ['--adress', ADDRESS], 2, '参数无效'],
    ['no address', [], 1, '没有写明是哪块屏'],
    [
      'an address of something else',
      ['--address', 'https://hall.lan:4680/admin/'],
      1,
      '不是屏幕的打开地址',
    ],
    ['plain http', ['--address', ADDRESS.replace('https', 'http')], 1, '不是 https 开头'],
    ['a cut fingerprint', ['--address', ADDRESS.slice(0, -4)], 1, '根指纹不对'],
    [
      'a malformed screen',
      ['--address', ADDRESS.replace('touch-01', 'Touch_01')],
      1,
      '屏幕编号不对',
    ],
    [
      'a name outside the certificate',
      ['--address', ADDRESS.replace('hall.lan', 'other.lan')],
      1,
      '大厅证书不能担保',
    ],
    ['nobody to call', ['--address', ADDRESS], 1, '没有写明出问题找谁'],
    ['a name of two lines', ['--address', ADDRESS, ...CALL, '--name', 'a\nb'], 1, '这一项太长'],
    ['a sound level above 100', ['--address', ADDRESS, ...CALL, '--sound', '101'], 1, '音量应是'],
    ['an unknown turn', ['--address', ADDRESS, ...CALL, '--rotate', 'up'], 1, '画面方向应是'],
    ['a folder with files', ['--address', ADDRESS, ...CALL, '--to', 'FOLDER'], 1, '已经有文件'],
    [
      'a folder below a file',
      ['--address', ADDRESS, ...CALL, '--to', 'FOLDER/file/kit'],
      1,
      '写不进去',
    ],
  ])(
    '[BX3] %s is refused in a sentence, and nothing is written',
    async (_name, args, code, word) => {
      writeFileSync(at('file'), '');
      const before = readdirSync(folder).sort();
      const to = args.includes('--to') ? [] : ['--to', at('refused')];
      const done = await run('running', [
        ...args.map((arg) => arg.replace('FOLDER', folder)),
        ...to,
      ]);
      expect([done.code, done.said]).toEqual([code, '']);
      expect(done.failed).toContain(word);
      expect(readdirSync(folder).sort()).toEqual(before);
    },
  );

  test('[BX3] a data folder says which screens it has and by which root', async () => {
    expect(await readHallScreens(dataFolder(configOf('still')))).toMatchObject({
      root,
      screens: [],
    });
    expect(await readHallScreens(dataFolder(configOf('running')))).toBeUndefined();
    const foreign = await run('still', ['--address', ADDRESS, ...CALL, '--to', at('refused')]);
    expect(foreign.failed).toContain('根指纹不是本机大厅的');
    const own = ADDRESS.replace(ROOT, root);
    const missing = await run('still', ['--address', own, ...CALL, '--to', at('refused')]);
    expect(missing.failed).toContain('大厅里没有这块屏');
    const byId = await run('still', ['--screen', 'touch-09', ...CALL, '--to', at('refused')]);
    expect(byId.failed).toContain('大厅里没有这块屏');
  });

  test('[BX3] while a server runs, its screens, their kinds and its root are known as well', async () => {
    const log = createLog('silent');
    const hall = await openHall(configOf('open'), log);
    if (!hall.ok) throw new Error(hall.refusal);
    await furnish(hall.value, configOf('open'), log);
    const own = ADDRESS.replace(ROOT, hall.value.services.signer.rootFingerprint);
    const failed = async (address: string) =>
      (await run('open', ['--address', address, ...CALL, '--to', at('refused')])).failed;
    expect(await failed(ADDRESS)).toContain('根指纹不是本机大厅的');
    expect(await failed(own.replace('touch-01', 'touch-77'))).toContain('大厅里没有这块屏');
    expect(await failed(own.replace('/touch/', '/board/'))).toContain('和屏的种类不符');
    const done = await run('open', ['--address', own, ...CALL, '--to', at('named')]);
    const known = await readHallScreens(dataFolder(configOf('open')));
    await hall.value.close();
    expect(done).toMatchObject({ code: 0, failed: '' });
    const name = known?.screens.find(({ screen }) => screen === 'touch-01')?.name ?? 'unknown';
    expect(readFileSync(at('named/sheet.html'), 'utf8')).toContain(`<h1>${name}</h1>`);
    expect(name).not.toBe('touch-01');
  }, 60_000);

  test('[BX3] without a hall in the folder, screen, root and origin are taken as they are given', async () => {
    const parts = ['--screen', 'led-01', '--kind', 'board', '--root', ROOT.toUpperCase()];
    const args = [...parts, '--origin', 'https://hall.lan:4680', ...CALL, '--to', at('parts')];
    expect(await run('running', args)).toMatchObject({ code: 0, failed: '' });
    expect(readFileSync(at('parts/windows/address.txt'), 'utf8')).toBe(
      `https://hall.lan:4680/board/?screen=led-01&root=${ROOT}\r\n`,
    );
  }, 60_000);
});
