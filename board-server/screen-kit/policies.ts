import * as z from 'zod/mini';

/**
 * Chromium's policies for a screen: what `kiosk/deploy/policies.json` closes for every hall, and the
 * one origin that this hall's screen may open.
 */
export type Policies = Readonly<Record<string, PolicyValue>>;
type PolicyValue = boolean | number | string | readonly string[];

export function screenPolicies(
  base: string,
  origin: string,
  authority: string | undefined,
  news: News,
): Policies {
  return {
    ...policies.parse(JSON.parse(base)),
    URLAllowlist: [exactOrigin(origin)],
    ...(news === 'stick' ? forAStick(new URL(origin).origin) : {}),
    // Trusted by name constraints for the hall's names only. Chromium 128 and later read it.
    ...(authority === undefined ? {} : { CACertificates: [derOf(authority)] }),
  };
}

/** How news reaches the screen: over the network, or on a stick that a technician brings. */
export type News = 'network' | 'stick';

/**
 * [BX4] The technician's page chooses the stick's folder or a file of it, and the receipt goes back
 * there: what is saved is asked for a place, since nobody at the glass reaches the account's folders.
 */
const forAStick = (origin: string): Policies => ({
  AllowFileSelectionDialogs: true,
  DownloadRestrictions: 0,
  PromptForDownloadLocation: true,
  FileSystemReadAskForUrls: [origin],
  FileSystemWriteAskForUrls: [origin],
});

const policies: z.ZodMiniType<Policies> = z.record(
  z.string(),
  z.union([z.boolean(), z.number(), z.string(), z.array(z.string())]),
);

/** A dot before a host name keeps its subdomains out (Chromium's URL blocklist filter format). */
function exactOrigin(origin: string): string {
  const { protocol, hostname, port } = new URL(origin);
  const isAddress = /^\[|^[\d.]+$/.test(hostname);
  return `${protocol}//${isAddress ? '' : '.'}${hostname}:${port === '' ? '443' : port}`;
}

const derOf = (pem: string) => pem.replaceAll(/-----[A-Z ]+-----|\s/g, '');

/** The same policies for the registry of Windows, for each browser that may be installed there. */
export function registryFile(chosen: Policies): string {
  const keys = VENDORS.flatMap(({ key, renamed }) =>
    keysOf(
      `HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\${key}`,
      Object.entries(chosen).map(([name, value]) => [renamed[name] ?? name, value] as const),
    ),
  );
  return ['Windows Registry Editor Version 5.00', '', ...keys, ''].join('\r\n');
}

const VENDORS: readonly {
  readonly key: string;
  readonly renamed: Readonly<Record<string, string>>;
}[] = [
  { key: 'Chromium', renamed: {} },
  { key: 'Google\\Chrome', renamed: {} },
  {
    key: 'Microsoft\\Edge',
    renamed: { IncognitoModeAvailability: 'InPrivateModeAvailability' },
  },
];

function keysOf(key: string, entries: readonly (readonly [string, PolicyValue])[]): string[] {
  const plain = entries.flatMap(([name, value]) =>
    typeof value === 'object' ? [] : [`"${name}"=${registryValue(value)}`],
  );
  const lists = entries.flatMap(([name, value]) =>
    typeof value === 'object'
      ? [`[${key}\\${name}]`, ...value.map((item, at) => `"${at + 1}"=${quoted(item)}`), '']
      : [],
  );
  return [`[${key}]`, ...plain, '', ...lists];
}

function registryValue(value: boolean | number | string): string {
  if (typeof value === 'string') return quoted(value);
  return `dword:${Number(value).toString(16).padStart(8, '0')}`;
}

const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
