import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { parse, serialize } from 'hono/utils/cookie';

/** Where a request came from and by which of the server's names it was asked. */
export interface Visit {
  /** The client's address: the proxy's word when the proxy is trusted. */
  readonly address: string;
  /** Where a page must have been loaded from to belong to this server. */
  readonly ownOrigins: readonly string[];
  readonly way: Way;
}

/**
 * How the request travelled: encrypted; inside this machine; or over a network where anyone may read
 * and change it, and whose pages browsers hold to be insecure.
 */
export type Way = 'https' | 'local' | 'plain';

export interface Entrance {
  /** The TCP peer. */
  readonly peer: string;
  /** Whether this server decrypted it. */
  readonly encrypted: boolean;
  /** Host and port as the client named them. */
  readonly host: string;
  readonly header: (name: string) => string | undefined;
}

export interface Surroundings {
  /** Origin under which browsers reach the hall, when it is configured. */
  readonly publicUrl: string | undefined;
  readonly trustedProxies: readonly string[];
}

export function visitOf(entrance: Entrance, { publicUrl, trustedProxies }: Surroundings): Visit {
  const peer = plainAddress(entrance.peer);
  const isProxied = trustedProxies.includes(peer);
  const forwarded = (name: string) => (isProxied ? lastOf(entrance.header(name)) : undefined);
  const proto = entrance.encrypted ? 'https' : forwarded('x-forwarded-proto');
  const asked = `${proto === 'https' ? 'https' : 'http'}://${entrance.host}`;
  // A configured address is the only one, but whoever sits at the server may always use loopback.
  const reached = publicUrl === undefined || isLoopback(asked) ? asked : publicUrl;
  const ownOrigins = [publicUrl, originOf(reached)].filter((origin) => origin !== undefined);
  // A proxy that does not say how it was asked is one that speaks https under the public address.
  const isVouchedFor = proto === undefined && (isProxied || isLoopbackAddress(peer));
  return {
    address: forwarded('x-forwarded-for') ?? peer,
    ownOrigins,
    way:
      proto === 'https' || (isVouchedFor && reached.startsWith('https:'))
        ? 'https'
        : isVouchedFor && isLoopbackAddress(peer)
          ? 'local'
          : 'plain',
  };
}

/** The same for a request or an upgrade as Node hands it over. */
export function visitOfMessage(request: IncomingMessage, surroundings: Surroundings): Visit {
  const { socket, headers } = request;
  const known = visits.get(socket);
  if (known !== undefined && known.surroundings === surroundings && isSaidAgain(known, headers))
    return known.visit;
  const visit = visitOf(entranceOf(request), surroundings);
  visits.set(socket, {
    host: headers.host,
    proto: headers['x-forwarded-proto'],
    client: headers['x-forwarded-for'],
    surroundings,
    visit,
  });
  return visit;
}

/** A visit, and what it rests on besides the connection itself. */
interface KnownVisit {
  readonly host: string | undefined;
  readonly proto: string | string[] | undefined;
  readonly client: string | string[] | undefined;
  readonly surroundings: Surroundings;
  readonly visit: Visit;
}

/** The newest visit over each connection; whoever keeps a connection repeats these headers. */
const visits = new WeakMap<object, KnownVisit>();

function isSaidAgain({ host, proto, client }: KnownVisit, headers: IncomingHttpHeaders): boolean {
  return (
    headers.host === host &&
    headers['x-forwarded-proto'] === proto &&
    headers['x-forwarded-for'] === client
  );
}

/**
 * [AU3] Whether an unsafe request comes from a page of this server. Browsers name the origin of
 * every unsafe request; one that names none is not from a page and is refused as well.
 */
export function isOwnRequest({ ownOrigins }: Visit, header: Entrance['header']): boolean {
  const site = header('sec-fetch-site');
  const origin = header('origin');
  return (
    (site === undefined || site === 'same-origin') &&
    origin !== undefined &&
    ownOrigins.includes(origin)
  );
}

/** [AU3] The same for a socket, where only browsers name an origin, and always do. */
export function isOwnSocket(request: IncomingMessage, surroundings: Surroundings): boolean {
  const { origin } = request.headers;
  return origin === undefined || visitOfMessage(request, surroundings).ownOrigins.includes(origin);
}

/** The opaque session id in the cookie, if there is one. [TL5] Over plain http there is none. */
export function readSessionId({ way }: Visit, cookie: string | undefined): string | undefined {
  return cookie === undefined || way === 'plain' ? undefined : parse(cookie, COOKIE)[COOKIE];
}

export function readSocketSessionId(
  request: IncomingMessage,
  surroundings: Surroundings,
): string | undefined {
  return readSessionId(visitOfMessage(request, surroundings), request.headers.cookie);
}

/** The `Set-Cookie` that begins a session, or ends it (undefined). It goes when the browser closes. */
export function writeSessionId(sessionId: string | undefined): string {
  return serialize(COOKIE, sessionId ?? '', {
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
    secure: true,
    ...(sessionId === undefined ? { maxAge: 0 } : {}),
  });
}

/** Browsers keep a `__Host-` cookie only where they hold the connection to be secure. */
const COOKIE = '__Host-openhall';

function entranceOf({ socket, headers }: IncomingMessage): Entrance {
  return {
    peer: socket.remoteAddress ?? '',
    encrypted: isEncrypted(socket),
    host: headers.host ?? '',
    header: (name) => {
      const value = headers[name];
      return Array.isArray(value) ? value.join(',') : value;
    },
  };
}

/** Whether a connection came in over TLS. */
export function isEncrypted(socket: object): boolean {
  return 'encrypted' in socket && socket.encrypted === true;
}

/** Without the prefix of an IPv4 address that came in over an IPv6 socket. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}

/** The entry that the nearest proxy wrote; those before it are the client's own claims. */
function lastOf(list: string | undefined): string | undefined {
  return list?.split(',').at(-1)?.trim();
}

export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

const originOf = (url: string): string | undefined => placeOf(url).origin;
export const isLoopback = (url: string): boolean => placeOf(url).isLoopback;

interface Place {
  readonly origin: string | undefined;
  readonly isLoopback: boolean;
}

/** The few names by which this server is asked, read once: parsing one takes as long as an answer's headers. */
const places = new Map<string, Place>();
const PLACES_MAX = 64;

function placeOf(url: string): Place {
  const known = places.get(url);
  if (known !== undefined) return known;
  const parsed = URL.parse(url);
  const place = {
    origin: parsed?.origin,
    isLoopback: /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(parsed?.hostname ?? ''),
  };
  // Whoever makes up names makes the known ones be read again.
  if (places.size === PLACES_MAX) places.clear();
  places.set(url, place);
  return place;
}
