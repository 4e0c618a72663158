import type { AuthorityCertificate } from '../tls/tls-files.ts';
import { launchAddress } from './launch-address.ts';
import type { Launch } from './launch-address.ts';
import type { News } from './policies.ts';
import { registryFile, screenPolicies } from './policies.ts';

/** All that a kit says of one screen. */
export interface KitScreen {
  readonly launch: Launch;
  readonly name: string;
  readonly hall: string;
  /** Whom to call. */
  readonly contact: string;
  readonly phone: string;
  /** Where it is switched on, and which cable goes where; empty leaves a line to write on. */
  readonly power: string;
  readonly cable: string;
  /** Percent of full volume. */
  readonly sound: number;
  readonly rotate: Rotation;
  readonly news: News;
  /** The hall's own; undefined behind a certificate that boxes trust anyway. */
  readonly authority: AuthorityCertificate | undefined;
}

export const ROTATIONS = ['normal', 'left', 'right', 'inverted'] as const;
export type Rotation = (typeof ROTATIONS)[number];

/** Files by their path in a folder. */
export type Files = ReadonlyMap<string, string>;

/** The kit from the templates of `kiosk/deploy`: the same screen, the same bytes. */
export function renderKit(templates: Files, screen: KitScreen): Files {
  const values = valuesOf(screen);
  const traits = traitsOf(screen);
  const policies = screenPolicies(
    templates.get(POLICIES) ?? '{}',
    screen.launch.origin,
    screen.authority?.certificate,
    screen.news,
  );
  const rendered = [...templates]
    .filter(([path]) => path !== POLICIES)
    .map(([path, text]) => [path, fill(path, keepParts(text, traits), values)] as const);
  const { authority } = screen;
  const trusted = authority === undefined ? [] : FOLDERS.map(authorityIn(authority));
  return new Map([
    ...rendered,
    ...trusted,
    [`linux/${POLICIES}`, `${JSON.stringify(policies, null, 2)}\n`],
    ['windows/policies.reg', registryFile(policies)],
    ['windows/address.txt', `${values['address'] ?? ''}\r\n`],
  ]);
}

const POLICIES = 'policies.json';
const FOLDERS = ['linux', 'windows'] as const;

const authorityIn =
  ({ certificate }: AuthorityCertificate) =>
  (folder: string) =>
    [`${folder}/hall-authority.crt`, certificate] as const;

function valuesOf(screen: KitScreen): Readonly<Record<string, string>> {
  const { launch, authority, name, hall, contact, phone, power, cable, sound, rotate } = screen;
  return {
    name,
    hall,
    contact,
    phone,
    power,
    cable,
    rotate,
    address: launchAddress(launch),
    screen: launch.screen,
    authority: authority?.fingerprint ?? '—',
    sound: String(sound),
  };
}

/** What a template may tell screens apart by. */
function traitsOf({ launch, news }: KitScreen): readonly string[] {
  // [SK8] A board's technician's page opens by keys, and nothing else of a screen needs them.
  const isKeyed = launch.kind === 'board' && news === 'stick';
  return [launch.kind, news, isKeyed ? 'keyed' : 'keyless'];
}

/** Lines between `[[stick` and `stick]]` are only for screens with that trait. */
function keepParts(text: string, traits: readonly string[]): string {
  return text.replaceAll(PART, (_, trait: string, part: string) =>
    traits.includes(trait) ? keepParts(part, traits) : '',
  );
}

const PART = /^ *(?:<!-- )?\[\[(\w+)(?: -->)?\n([\s\S]*?)^ *(?:<!-- )?\1\]\](?: -->)?\n/gm;

/** A name that a template asks for and nobody gave is a fault of the program. */
function fill(path: string, text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`broken assumption: ${path} asks for ${name}`);
    if (path.endsWith('.html')) return escapeHtml(value);
    return path.endsWith('/settings') ? quoteForShell(value) : value;
  });
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** Between single quotes a shell reads nothing but the closing one. */
function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
