import type { Visit } from './visit.ts';

/**
 * What browsers are told about each kind of answer. Scripts, styles and everything else come from
 * this server only; nothing inline runs; strings become markup or scripts only through a policy
 * named here (Trusted Types).
 */
export type Audience = 'kiosk' | 'admin' | 'page' | 'asset' | 'data';

export function securityHeaders(
  audience: Audience,
  { way }: Pick<Visit, 'way'>,
): Record<string, string> {
  return {
    ...COMMON,
    ...OF[audience],
    // On a plain http hall network the promise could not be kept.
    ...(way === 'https' ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

const UNUSED_FEATURES = [
  'camera',
  'display-capture',
  'geolocation',
  'hid',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
];

const COMMON = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': UNUSED_FEATURES.map((feature) => `${feature}=()`).join(', '),
};

const SHELL = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
];

const join = (...directives: string[]) => directives.join('; ');

const OF: Readonly<Record<Audience, Readonly<Record<string, string>>>> = {
  /** The demonstration wall frames touch screen and boards; the console frames the preview. */
  kiosk: {
    'content-security-policy': join(...SHELL, "frame-ancestors 'self'", 'trusted-types openhall'),
    'x-frame-options': 'SAMEORIGIN',
  },
  /** ProseMirror reads pasted HTML through a policy of its own, in a document that runs nothing. */
  admin: {
    'content-security-policy': join(
      ...SHELL,
      "frame-ancestors 'none'",
      'trusted-types openhall ProseMirrorClipboard',
    ),
    'x-frame-options': 'DENY',
    'cross-origin-resource-policy': 'same-origin',
  },
  /** Plain pages without scripts. */
  page: {
    'content-security-policy': join(
      "default-src 'none'",
      "style-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ),
    'x-frame-options': 'DENY',
    'cross-origin-resource-policy': 'same-origin',
  },
  /** Public bytes of the shells. The sandboxed preview has no origin of its own, so it needs CORS. */
  asset: {
    // For workers, whose policy is that of their script.
    'content-security-policy': join("default-src 'self'", "object-src 'none'", "base-uri 'none'"),
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  },
  data: {
    'content-security-policy': join("default-src 'none'", "frame-ancestors 'none'", 'sandbox'),
    'cross-origin-resource-policy': 'same-origin',
  },
};
