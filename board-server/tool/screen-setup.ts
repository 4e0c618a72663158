import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import { dataFolder } from '../backup/data-folder.ts';
import { findChromium } from '../launch/chromium.mjs';
import { readTemplates, writeKit } from '../screen-kit/files.ts';
import { readHallScreens } from '../screen-kit/hall-screens.ts';
import type { HallScreens } from '../screen-kit/hall-screens.ts';
import type { Launch } from '../screen-kit/launch-address.ts';
import { checkLaunch, launchAddress, parseLaunchAddress } from '../screen-kit/launch-address.ts';
import { renderKit, ROTATIONS } from '../screen-kit/render.ts';
import type { KitScreen } from '../screen-kit/render.ts';
import { urlHost } from '../tls/names.ts';
import type { HallTls } from '../tls/tls-files.ts';
import { readTls } from '../tls/tls-files.ts';
import type { Command, ToolContext } from './command.ts';
import type { KitRefusal } from './screen-setup-words.ts';
import { KIT_REFUSALS, QUESTIONS, SUGGESTED } from './screen-setup-words.ts';

/** Writes what makes a bare machine one screen of the hall, and a sheet to hang beside it. */
export const screenSetup: Command = {
  name: 'screen-setup',
  usage:
    '[--address LAUNCH-ADDRESS | --screen ID] [--contact NAME --phone NUMBER] [--name NAME] [--power WHERE] [--cable WHERE] [--sound 0-100] [--rotate DIRECTION] [--stick] [--to FOLDER]',
  summary: [
    '为一块屏生成安装包：证书、浏览器策略、开机启动、看门狗和塑封说明。',
    'Writes the kit of one screen: trust, browser policies, autostart, watchdog and a sheet to laminate.',
  ],
  async run(args, context) {
    const flags = readFlags(args);
    if (!flags.ok) return (context.fail(KIT_REFUSALS['bad-flags']), 2);
    const done = await setUp(flags.value, context);
    if (done.ok) return 0;
    const [zh, en] = KIT_REFUSALS[done.refusal];
    const where = done.detail === undefined ? '' : `（${done.detail}）`;
    return context.fail([`${zh}${where}`, en]);
  },
};

const TEXT = { type: 'string' } as const;
const FLAGS = {
  address: TEXT,
  screen: TEXT,
  kind: TEXT,
  root: TEXT,
  origin: TEXT,
  name: TEXT,
  contact: TEXT,
  phone: TEXT,
  power: TEXT,
  cable: TEXT,
  sound: TEXT,
  rotate: TEXT,
  to: TEXT,
  stick: { type: 'boolean', default: false },
} as const;

function readFlags(args: readonly string[]) {
  try {
    return accepted(parseArgs({ args: [...args], options: FLAGS, strict: true }).values);
  } catch (error) {
    if (error instanceof Error) return refused('bad-flags', error.message);
    throw error;
  }
}
type Flags = Extract<ReturnType<typeof readFlags>, { ok: true }>['value'];
type Done<Value> = Result<Value, KitRefusal>;

async function setUp(flags: Flags, context: ToolContext): Promise<Done<undefined>> {
  const folder = dataFolder(context.config);
  const read = await readTls(resolve(context.config.dataDir, 'tls'));
  if (!read.ok) return read;
  const tls = read.value;
  const hall = await readHallScreens(folder);
  const launch = await chooseLaunch(flags, tls, hall, context);
  if (!launch.ok) return launch;
  const known = checkKnown(launch.value, tls, hall);
  if (!known.ok) return known;
  const screen = await describe(launch.value, tls, hall, flags, context);
  if (!screen.ok) return screen;
  const to = await answer(flags.to, QUESTIONS.to, `./${launch.value.screen}`, context);
  const files = renderKit(await readTemplates(), screen.value);
  const written = await writeKit(to, files);
  if (written !== 'written') return refused(written, to);
  const sheet = (await printSheet(to)) ? 'sheet.pdf' : 'sheet.html';
  context.say([
    `这块屏的打开地址：\n  ${launchAddress(launch.value)}\n安装包已写到 ${resolve(to)}：\n  先看 README.txt；把整个文件夹拷到那台机器上；${sheet} 打印塑封。`,
    'The kit is written. Read README.txt, copy the folder to the machine, print the sheet.',
  ]);
  return accepted(undefined);
}

/** From the flags, else as asked: an address from the console, or an id of this machine's hall. */
async function chooseLaunch(
  flags: Flags,
  tls: HallTls | undefined,
  hall: HallScreens | undefined,
  context: ToolContext,
): Promise<Done<Launch>> {
  const ids = hall?.screens.map(({ screen }) => screen) ?? [];
  const given = flags.address ?? flags.screen ?? (await context.ask(QUESTIONS.address(ids)));
  if (given === undefined || given === '') return refused('no-address');
  if (given.includes('/')) return parseLaunchAddress(given);
  const known = hall?.screens.find(({ screen }) => screen === given);
  if (hall !== undefined && known === undefined) return refused('no-such-screen', given);
  const kind = known?.kind ?? (flags.kind === 'board' ? 'board' : 'touch');
  const origin = flags.origin ?? (await askOrigin(tls, context));
  const root = flags.root ?? hall?.root ?? '';
  return checkLaunch({ origin, kind, screen: given, root });
}

async function askOrigin(tls: HallTls | undefined, context: ToolContext): Promise<string> {
  const { publicUrl, port } = context.config;
  const [name] = tls?.names ?? [];
  const suggested = publicUrl ?? (name === undefined ? '' : `https://${urlHost(name)}:${port}`);
  return answer(undefined, QUESTIONS.origin, suggested, context);
}

/** What this machine knows of the hall must agree; what it does not know is not held against it. */
function checkKnown(
  { origin, kind, screen, root }: Launch,
  tls: HallTls | undefined,
  hall: HallScreens | undefined,
): Done<undefined> {
  if (hall !== undefined && hall.root !== root) return refused('other-hall');
  const registered = hall?.screens.find((each) => each.screen === screen);
  if (hall !== undefined && registered === undefined) return refused('no-such-screen', screen);
  if (registered !== undefined && registered.kind !== kind)
    return refused('other-kind', `/${registered.kind}/`);
  const { hostname } = new URL(origin);
  if (tls !== undefined && !tls.names.some((name) => urlHost(name) === hostname))
    return refused('other-name', hostname);
  return accepted(undefined);
}

async function describe(
  launch: Launch,
  tls: HallTls | undefined,
  hall: HallScreens | undefined,
  flags: Flags,
  context: ToolContext,
): Promise<Done<KitScreen>> {
  const registered = hall?.screens.find(({ screen }) => screen === launch.screen)?.name;
  const say = (name: 'name' | 'phone' | 'power' | 'cable' | 'sound' | 'rotate', else_: string) =>
    answer(flags[name], QUESTIONS[name], else_, context);
  const name = await say('name', registered ?? launch.screen);
  const contact = await answer(flags.contact, QUESTIONS.contact, '', context);
  const phone = await say('phone', hall?.phone ?? '');
  if (contact === '' || phone === '') return refused('no-contact');
  const power = await say('power', '');
  const cable = await say('cable', '');
  const texts = [name, contact, phone, power, cable];
  const long = texts.find((text) => text.length > LONGEST || /[\r\n]/.test(text));
  if (long !== undefined) return refused('too-long', long.slice(0, LONGEST));
  const sound = await say('sound', SUGGESTED.sound);
  if (!/^(?:100|\d{1,2})$/.test(sound)) return refused('bad-sound', sound);
  const turned = await say('rotate', SUGGESTED.rotate);
  const rotate = ROTATIONS.find((each) => each === turned);
  if (rotate === undefined) return refused('bad-rotation', turned);
  return accepted({
    launch,
    name,
    contact,
    phone,
    power,
    cable,
    rotate,
    news: flags.stick ? 'stick' : 'network',
    hall: hall?.hall ?? new URL(launch.origin).hostname,
    sound: Number(sound),
    authority: tls?.authority,
  });
}

const LONGEST = 60;

/** The flag, else what is typed, else what was suggested. */
async function answer(
  flag: string | undefined,
  question: (suggested: string) => readonly [string, string],
  suggested: string,
  { ask }: ToolContext,
): Promise<string> {
  if (flag !== undefined) return flag.trim();
  const typed = (await ask(question(suggested)))?.trim() ?? '';
  return typed === '' ? suggested : typed;
}

/** As PDF where a Chromium is at hand; whether it is there now. */
async function printSheet(folder: string): Promise<boolean> {
  const chromium = findChromium();
  if (chromium === undefined) return false;
  const pdf = join(folder, 'sheet.pdf');
  const sheet = pathToFileURL(resolve(folder, 'sheet.html')).href;
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const flags = ['--headless', '--disable-gpu', '--no-pdf-header-footer', ...asRoot];
  const child = spawn(chromium, [...flags, `--print-to-pdf=${pdf}`, sheet], {
    stdio: 'ignore',
    timeout: PRINT_MS,
  });
  try {
    const [code]: unknown[] = await once(child, 'exit');
    return code === 0;
  } catch (error) {
    if (error instanceof Error) return false; // Not a program after all.
    throw error;
  }
}

const PRINT_MS = 30_000;
