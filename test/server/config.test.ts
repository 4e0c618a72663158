import { describe, expect, it } from 'vitest';
import { readConfig } from '../../board-server/config.ts';

describe('configuration', () => {
  it('needs nothing to be set', () => {
    expect(readConfig({}, [])).toEqual({
      ok: true,
      value: {
        port: 4680,
        host: '127.0.0.1',
        dataDir: './data',
        publicUrl: undefined,
        logLevel: 'info',
        logFile: undefined,
        metricsToken: undefined,
        demoPassword: undefined,
        trustedProxies: [],
        launcher: undefined,
        mode: 'demo',
        dev: false,
        confirmClock: false,
        resetPassword: undefined,
      },
    });
  });

  it('reads every setting and flag', () => {
    const environment = {
      PORT: '24680',
      HOST: '::',
      DATA_DIR: '/srv/hall',
      PUBLIC_URL: 'https://Hall.Example:443/',
      LOG_LEVEL: 'warn',
      LOG_FILE: '/var/log/hall.log',
      LOG_FILE_MB: '5',
      LOG_FILE_COUNT: '3',
      METRICS_TOKEN: 'sixteen-letters-',
      DEMO_PASSWORD: 'ten letters',
      TRUSTED_PROXY: '192.0.2.1, ::1',
      LAUNCHER_PID: '4711',
      PATH: 'is none of our business',
    };
    expect(
      readConfig(environment, ['--empty', '--dev', '--confirm-clock', '--reset-password', 'admin']),
    ).toEqual({
      ok: true,
      value: {
        port: 24_680,
        host: '::',
        dataDir: '/srv/hall',
        publicUrl: 'https://hall.example',
        logLevel: 'warn',
        logFile: { path: '/var/log/hall.log', bytes: 5 * 1_048_576, files: 3 },
        metricsToken: 'sixteen-letters-',
        demoPassword: 'ten letters',
        trustedProxies: ['192.0.2.1', '::1'],
        launcher: 4711,
        mode: 'empty',
        dev: true,
        confirmClock: true,
        resetPassword: 'admin',
      },
    });
  });

  it('takes an empty value for one that is not set', () => {
    expect(readConfig({ PORT: '', PUBLIC_URL: '' }, [])).toEqual(readConfig({}, []));
  });

  it.each([
    ['PORT', '80a'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '4680.5'],
    ['HOST', 'my hall'],
    ['DATA_DIR', 'da\0ta'],
    ['PUBLIC_URL', 'hall.example'],
    ['PUBLIC_URL', 'ftp://hall.example'],
    ['PUBLIC_URL', 'https://hall.example/openhall'],
    ['PUBLIC_URL', 'https://user:secret@hall.example'],
    ['LOG_LEVEL', 'loud'],
    ['LOG_FILE_MB', '0'],
    ['LOG_FILE_COUNT', '101'],
    ['TRUSTED_PROXY', '192.0.2.1,proxy'],
    ['LAUNCHER_PID', 'npm'],
  ])('refuses %s=%s by name, in Chinese and English', (name, value) => {
    const refused = readConfig({ [name]: value }, []);
    if (refused.ok) throw new Error('it was accepted');
    expect(refused.detail?.split('\n')).toEqual([
      expect.stringMatching(new RegExp(`^${name}=.*：应为.+ · must be .+$`, 's')),
    ]);
  });

  it('names every bad setting at once, and repeats no password', () => {
    const secrets = { DEMO_PASSWORD: 'secret', METRICS_TOKEN: 'a b' };
    const refused = readConfig({ PORT: 'x', ...secrets }, []);
    expect(refused).toEqual({
      ok: false,
      refusal: 'bad-setting',
      detail:
        'PORT=x：应为0 到 65535 的整数 · must be a whole number from 0 to 65535\n' +
        'METRICS_TOKEN：应为16 到 256 个字符，不含空格 · must be 16 to 256 characters without spaces\n' +
        'DEMO_PASSWORD：应为至少 10 个字符 · must be at least 10 characters',
    });
  });

  it.each([['--bogus'], ['surplus'], ['--reset-password'], ['--empty=yes']])(
    'refuses the argument %s',
    (argument) => {
      const refused = readConfig({}, [argument]);
      expect(refused).toMatchObject({
        ok: false,
        detail: expect.stringContaining('--reset-password <账号>'),
      });
    },
  );
});
