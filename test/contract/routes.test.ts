import { describe, expect, it } from 'vitest';
import { STATUS } from '../../board-server/routes/refusals.ts';
import { ROUTE_NAMES } from '../../board-server/routes/mount.ts';
import { REFUSALS, routes } from '../../shared/protocol/routes.ts';

describe('the table of routes', () => {
  it('names every address and method once', () => {
    const addresses = ROUTE_NAMES.map((name) => `${routes[name].method} ${routes[name].path}`);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it('[PR3] lies under /api in plain words, and every name in a path is an input', () => {
    for (const name of ROUTE_NAMES) {
      const { path, input } = routes[name];
      expect(path).toMatch(/^\/api(?:\/:?[a-z]+)+$/);
      const named = [...path.matchAll(/:([a-z]+)/g)].map(([, parameter]) => parameter);
      expect(Object.keys(input.shape)).toEqual(expect.arrayContaining(named));
    }
  });

  it('[PR1] refuses members that no schema names, in every input', () => {
    for (const name of ROUTE_NAMES) {
      const parsed = routes[name].input.safeParse({ surplus: 1 });
      const issues = parsed.success ? [] : parsed.error.issues;
      expect([name, issues.some(({ code }) => code === 'unrecognized_keys')]).toEqual([name, true]);
    }
  });

  it('changes nothing by GET', () => {
    const reading = ROUTE_NAMES.filter((name) => routes[name].method === 'GET');
    for (const name of reading) expect(routes[name].action ?? 'open').toMatch(/^open$|\.read$/);
  });

  it('[PR4] every refusal has its status, and only refusals have', () => {
    expect(Object.keys(STATUS).toSorted()).toEqual([...REFUSALS].toSorted());
    for (const status of Object.values(STATUS)) expect(status).toBeGreaterThanOrEqual(400);
  });
});
