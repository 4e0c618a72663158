// The library's containers need it before they are loaded.
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { decodeConstraints, encodeConstraints, NAME_CONSTRAINTS } from './name-constraints.ts';
import type { HallName } from './names.ts';

/** An authority while it issues: its certificate, and the key that leaves the server afterwards. */
export interface Authority {
  /** PEM. */
  readonly certificate: string;
  readonly key: Awaited<ReturnType<typeof crypto.subtle.importKey>>;
}

/**
 * A hall's own certificate authority. It can vouch for these names and for servers only, whoever
 * gets hold of its key.
 */
export async function issueAuthority(names: readonly HallName[], now: number): Promise<Authority> {
  const keys = await makeKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(now),
    serialNumber: newSerial(),
    // Browsers find an authority by its name, so two of one hall must not share it.
    name: subjectOf(`OpenHall 大厅证书机构 ${randomBytes(3).toString('hex')}`),
    keys,
    signingAlgorithm: ECDSA,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.Extension(NAME_CONSTRAINTS, true, encodeConstraints(names)),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: pem(certificate), key: keys.privateKey };
}

/** The server's certificate and its private key, PEM one after the other. */
export async function issueCertificate(
  authority: Authority,
  names: readonly HallName[],
  now: number,
): Promise<string> {
  const keys = await makeKeys();
  const issuer = new x509.X509Certificate(authority.certificate);
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity(now),
    serialNumber: newSerial(),
    // No host name: OpenSSL would hold it against the constraints where there is none among the names.
    subject: subjectOf('OpenHall 大厅服务器'),
    issuer: issuer.subjectName,
    publicKey: keys.publicKey,
    signingKey: authority.key,
    signingAlgorithm: ECDSA,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map(({ kind, text }) => ({ type: kind, value: text })),
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return `${pem(certificate)}${x509.PemConverter.encode(key, 'PRIVATE KEY')}\n`;
}

/** The names that an authority made here can vouch for. */
export function permittedNames(certificate: string): readonly HallName[] {
  const extension = new x509.X509Certificate(certificate).getExtension(NAME_CONSTRAINTS);
  return (extension && decodeConstraints(new Uint8Array(extension.value))) ?? [];
}

export const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/**
 * From the epoch on: a box whose battery is dead wakes up in 1970, or on the day its firmware was
 * built, and must still reach the hall, which then tells it the time. Ten years ahead. Chromium's
 * limit of 398 days is for the public authorities it ships with, not for one a hall installs.
 */
function validity(now: number): { readonly notBefore: Date; readonly notAfter: Date } {
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + YEARS);
  return { notBefore: new Date(0), notAfter };
}

const YEARS = 10;

const makeKeys = () => crypto.subtle.generateKey(ECDSA, true, ['sign', 'verify']);

/** Positive and never repeated (RFC 5280 §4.1.2.2): its first bit is 0, its second 1. */
function newSerial(): string {
  const [first = 0, ...rest] = randomBytes(16);
  return Buffer.from([(first & 0x3f) | 0x40, ...rest]).toString('hex');
}

const subjectOf = (name: string) => [{ CN: [name] }];

const pem = (certificate: x509.X509Certificate) => `${certificate.toString('pem')}\n`;
