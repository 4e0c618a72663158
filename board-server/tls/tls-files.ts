import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import { ensureFolder, placeFile, sweepTemporaries } from '../store/durable-file.ts';
import { nodeFileSystem } from '../store/node-file-system.ts';
import type { HallName } from './names.ts';
import { parseName } from './names.ts';

/** What a hall that speaks https has in `DATA_DIR/tls`; nothing of it lets anyone issue more. */
export interface HallTls {
  /** The server's certificate and private key, PEM. */
  readonly server: string;
  /** What its certificate is good for. */
  readonly names: readonly HallName[];
  readonly expiresAt: number;
  readonly authority: AuthorityCertificate;
}

export interface AuthorityCertificate {
  /** PEM; public, for screens and consoles to install. */
  readonly certificate: string;
  /** SHA-256 of the DER, in the pairs that browsers and systems show. */
  readonly fingerprint: string;
}

/** Undefined when the hall has no certificate. */
export async function readTls(
  folder: string,
): Promise<Result<HallTls | undefined, 'bad-certificate'>> {
  const [server, authority] = await Promise.all([
    nodeFileSystem.read(`${folder}/${SERVER}`),
    nodeFileSystem.read(`${folder}/${AUTHORITY}`),
  ]);
  if (server === undefined && authority === undefined) return accepted(undefined);
  if (server === undefined || authority === undefined) {
    return refused('bad-certificate', `${folder}/${server === undefined ? SERVER : AUTHORITY}`);
  }
  await chmod(`${folder}/${SERVER}`, 0o600); // A copy from a backup may be readable by everyone.
  return parse(server.toString('latin1'), authority.toString('latin1'));
}

/** Key and certificate lie in one file, so that a cut of the power never parts them. */
export async function writeTls(folder: string, authority: string, server: string): Promise<void> {
  await ensureFolder(nodeFileSystem, folder);
  await chmod(folder, 0o700);
  await sweepTemporaries(nodeFileSystem, folder);
  await placeFile(nodeFileSystem, `${folder}/${AUTHORITY}`, Buffer.from(authority, 'latin1'));
  await placeFile(nodeFileSystem, `${folder}/${SERVER}`, Buffer.from(server, 'latin1'));
  await nodeFileSystem.syncFolder(folder);
}

/** Time to fetch the authority's key from wherever it is kept. */
export function expiresSoon({ expiresAt }: HallTls, now: number): boolean {
  return expiresAt - now < WARN_BEFORE_MS;
}

const WARN_BEFORE_MS = 60 * 86_400_000;
const SERVER = 'server.pem';
const AUTHORITY = 'authority.crt';

function parse(server: string, authority: string): Result<HallTls, 'bad-certificate'> {
  try {
    const own = new X509Certificate(server);
    const issuer = new X509Certificate(authority);
    if (!own.checkPrivateKey(createPrivateKey(server))) {
      return refused('bad-certificate', `${SERVER}: the key is of another certificate`);
    }
    if (!own.verify(issuer.publicKey)) {
      return refused('bad-certificate', `${SERVER}: not issued by ${AUTHORITY}`);
    }
    createSecureContext({ cert: server, key: server });
    return accepted({
      server,
      names: namesOf(own.subjectAltName ?? ''),
      expiresAt: Date.parse(own.validTo),
      authority: { certificate: authority, fingerprint: issuer.fingerprint256 },
    });
  } catch (error) {
    if (error instanceof Error) return refused('bad-certificate', error.message);
    throw error;
  }
}

/** `DNS:hall.lan, IP Address:192.168.1.10`, as Node writes the alternative names. */
function namesOf(alternatives: string): HallName[] {
  return alternatives.split(', ').flatMap((entry) => {
    const name = parseName(entry.replace(/^(?:DNS|IP Address):/, ''));
    return name.ok ? [name.value] : [];
  });
}
