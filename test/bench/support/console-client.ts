import { assert } from '../../../shared/kit/assert.ts';
import type { InputOf, OutputOf, RouteName } from '../../../shared/protocol/routes.ts';
import { routes } from '../../../shared/protocol/routes.ts';
import { PASSWORD } from './large-hall.ts';

/** One signed-in person, who does over HTTP what the console does. A refusal throws. */
export interface ConsoleClient {
  /** `address` is where a proxy says that the call comes from. */
  call<Name extends RouteName>(
    name: Name,
    input: InputOf<Name>,
    address?: string,
  ): Promise<OutputOf<Name>>;
}

export async function signIn(
  base: string,
  account: string,
  password = PASSWORD,
): Promise<ConsoleClient> {
  let cookie = '';
  const client: ConsoleClient = {
    async call(name, input, address = '127.0.0.1') {
      const { method, path } = routes[name];
      const members = new Map<string, unknown>(Object.entries(input));
      const route = path.replace(/:(\w+)/g, (_, member: string) => {
        const value = String(members.get(member));
        members.delete(member);
        return value;
      });
      const query =
        method === 'GET' ? `?${new URLSearchParams([...members] as [string, string][])}` : '';
      const response = await fetch(`${base}${route}${query}`, {
        method,
        headers: {
          origin: base,
          cookie,
          'content-type': 'application/json',
          'x-forwarded-for': address,
        },
        ...(method === 'GET' ? {} : { body: JSON.stringify(Object.fromEntries(members)) }),
      });
      const text = await response.text();
      assert(response.ok, `${method} ${route}: ${response.status} ${text.slice(0, 400)}`);
      cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
      return JSON.parse(text);
    },
  };
  await client.call('signIn', { account, password });
  return client;
}
