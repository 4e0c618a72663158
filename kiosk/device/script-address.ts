/**
 * The address of one of this shell's own scripts, in the form that Trusted Types demand. The
 * server's policy allows the one policy `openhall`, and this is the one place that makes it.
 */
export function scriptAddress(path: string): string {
  const address = new URL(path, location.origin);
  if (address.origin !== location.origin)
    throw new Error(`broken assumption: a foreign script ${path}`);
  return trusted(address.href);
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (address: string) => string },
  ): {
    createScriptURL(address: string): string;
  };
}

declare global {
  interface Window {
    readonly trustedTypes?: TrustedTypes;
  }
}

/** The browser's own type is opaque, and every place that takes an address takes it. */
const policy = window.trustedTypes?.createPolicy('openhall', {
  createScriptURL: (address) => address,
});
const trusted = (address: string): string => policy?.createScriptURL(address) ?? address;
