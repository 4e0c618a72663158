import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { ROUTE_NAMES } from '../../board-server/routes/mount.ts';
import { STATUS } from '../../board-server/routes/refusals.ts';
import { openApi } from '../../board-server/routes/openapi.ts';
import type { Action } from '../../shared/domain/policy.ts';
import { POLICY, ROLES } from '../../shared/domain/policy.ts';
import { REFUSALS, routes } from '../../shared/protocol/routes.ts';
import { createHall } from './hall.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly 'x-action': Action | null;
  readonly 'x-roles': readonly string[] | null;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
  }[];
  readonly requestBody?: { content: Record<string, { schema: { properties: object } }> };
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}

/** The description as it is sent, by name of route. */
async function described(): Promise<Map<string, Operation & { address: string }>> {
  const { request } = await createHall();
  const { paths } = (await (await request('/api/openapi.json')).json()) as {
    paths: Record<string, Record<string, Operation>>;
  };
  return new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [
        operation.operationId,
        { ...operation, address: `${method.toUpperCase()} ${path}` },
      ]),
    ),
  );
}

describe('the description of the interface', () => {
  it('[OP3] is OpenAPI 3.1', async () => {
    const validator = new Validator();
    const document = JSON.parse(JSON.stringify(openApi())) as Record<string, unknown>;
    expect(await validator.validate(document)).toMatchObject({ valid: true });
    expect(validator.version).toBe('3.1');
    const broken = { ...document, paths: { '/api/x': { get: { responses: 'none' } } } };
    expect(await new Validator().validate(broken)).toMatchObject({ valid: false });
  });

  it('[OP3] has every route with its address, summary, inputs, roles and refusals, and no other', async () => {
    const operations = await described();
    expect([...operations.keys()].sort()).toEqual([...ROUTE_NAMES].sort());
    for (const name of ROUTE_NAMES) {
      const { method, path, action, summary, input } = routes[name];
      const operation = operations.get(name);
      if (operation === undefined) throw new Error(name);
      expect(operation.address).toBe(`${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
      expect([operation.summary, operation['x-action']]).toEqual([summary, action]);
      const body = operation.requestBody?.content['application/json']?.schema.properties ?? {};
      const inputs = [...operation.parameters.map(({ name }) => name), ...Object.keys(body)];
      expect([name, inputs.sort()]).toEqual([name, Object.keys(input.shape).sort()]);
      const roles =
        action === null ? null : ROLES.filter((role) => POLICY[role][action] !== undefined);
      expect([name, operation['x-roles']?.map((role) => role.split(' ')[0]) ?? null]).toEqual([
        name,
        roles,
      ]);
      const refused = Object.keys(operation.responses).filter((status) => /^[45]/.test(status));
      const codes = refused.flatMap((status) =>
        operation.responses[status]?.description.split(', '),
      );
      for (const code of codes) expect(REFUSALS).toContain(code);
      expect(refused.includes(String(STATUS['signed-out']))).toBe(action !== null);
      expect(operation.responses['default']).toBeDefined();
    }
  });

  it('[OP3] names ids by their form, so that a program need not guess', async () => {
    const parameter = (await described())
      .get('record')
      ?.parameters.find(({ name }) => name === 'id');
    expect(parameter).toMatchObject({ in: 'path', required: true, schema: { type: 'string' } });
    const text = JSON.stringify(openApi());
    expect(text.match(/\^\[0-9a-f\]\{64\}\$/g)?.length).toBeGreaterThan(10);
  });

  it('[OP3] is a page for people, Chinese first, that runs nothing', async () => {
    const { request } = await createHall();
    const page = await request('/api/', { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'self'/,
    );
    const text = await page.text();
    for (const name of ROUTE_NAMES) {
      const { method, path } = routes[name];
      expect(text).toContain(`<code>${method} ${path}</code>`);
    }
    for (const code of REFUSALS) expect(text).toContain(code);
    expect(text).toContain('操作记录，最近的在前');
    expect(text).not.toMatch(/<script|style="|undefined|\[object/);
  });
});
