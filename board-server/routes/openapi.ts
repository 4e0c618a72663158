import type * as z from 'zod/mini';
import { toJSONSchema } from 'zod/v4/core';
import { POLICY, ROLES } from '../../shared/domain/policy.ts';
import type { Action } from '../../shared/domain/policy.ts';
import { refusal } from '../../shared/protocol/routes.ts';
import type { Route, RouteName } from '../../shared/protocol/routes.ts';
import { routes } from '../../shared/protocol/routes.ts';
import * as scalars from '../../shared/protocol/scalars.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import type { RefusalCode } from './handlers.ts';
import { ROUTE_NAMES } from './mount.ts';
import { STATUS } from './refusals.ts';

/** [OP3] The table of routes as OpenAPI 3.1: the same schemas, summaries, roles and refusals. */
export function openApi() {
  const paths: Record<string, Record<string, object>> = {};
  for (const name of ROUTE_NAMES) {
    const { method, path } = routes[name];
    const address = path.replace(/:(\w+)/g, '{$1}');
    paths[address] = { ...paths[address], [method.toLowerCase()]: operationOf(name) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: '政务公开屏 OpenHall',
      version: String(PROTOCOL_VERSION),
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Sessions are cookies (`__Host-openhall`). Every request that is no GET names its `Origin`, ' +
        'which must be the server’s own, and has a JSON body. A refusal is `{ refusal, detail? }` with ' +
        'a code of a closed list.',
    },
    paths,
    components: {
      schemas: { Refusal: schemaOf(refusal, 'output') },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-openhall' },
      },
    },
  };
}

function operationOf(name: RouteName) {
  const route: Route<z.ZodMiniType, z.ZodMiniType> = routes[name];
  const { method, action, open, form } = route;
  const { parameters, body } = inputsOf(route);
  return {
    operationId: name,
    summary: route.summary,
    description: action === null ? `Open: ${open ?? ''}.` : `For: ${rolesOf(action).join(', ')}.`,
    security: action === null ? [] : [{ session: [] }],
    'x-action': action,
    'x-roles': action === null ? null : rolesOf(action),
    parameters,
    ...(method === 'GET' || body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: {
      200: answerOf(form, route.output),
      ...refusalsOf(refusalCodes(route)),
      default: { description: 'Any other refusal', content: REFUSED },
    },
  };
}

function answerOf(form: Route<z.ZodMiniType, z.ZodMiniType>['form'], output: z.ZodMiniType) {
  const schema = schemaOf(output, 'output');
  switch (form) {
    case undefined:
      return { description: 'Done', content: { 'application/json': { schema } } };
    case 'lines': {
      const content = { 'application/x-ndjson': { schema } };
      return { description: 'A file, one JSON value a line', content };
    }
    case 'bytes': // OpenAPI 3.1: bytes without a schema.
      return { description: 'A file', content: { 'application/octet-stream': {} } };
  }
}

/** Who may, as the policy table has it; `own`: in matters of the own department. */
export function rolesOf(action: Action): string[] {
  return ROLES.flatMap((role) => {
    const scope = POLICY[role][action];
    return scope === undefined ? [] : [scope === 'own' ? `${role} (own department)` : role];
  });
}

/** What the way to a handler refuses; what the handler itself refuses is any of the closed list. */
function refusalCodes({ method, action, path }: Route<z.ZodMiniType, z.ZodMiniType>) {
  const codes: RefusalCode[] = ['malformed', 'internal'];
  if (action !== null) codes.push('signed-out', 'forbidden');
  if (method !== 'GET') codes.push('wrong-origin', 'too-large');
  if (path.includes(':')) codes.push('not-found');
  return codes;
}

const REFUSED = {
  'application/json': { schema: { $ref: '#/components/schemas/Refusal' } },
};

function refusalsOf(codes: readonly RefusalCode[]) {
  const byStatus = new Map<number, RefusalCode[]>();
  for (const code of codes)
    byStatus.set(STATUS[code], [...(byStatus.get(STATUS[code]) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].map(([status, named]) => [
      status,
      { description: named.join(', '), content: REFUSED },
    ]),
  );
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: object;
}

/** One flat input, parted as the server reads it: names in the path, then query or body. */
function inputsOf({ method, path, input }: Route<z.ZodMiniType, z.ZodMiniType>): {
  readonly parameters: readonly Parameter[];
  readonly body: object | undefined;
} {
  const { properties = {}, required = [], ...rest } = schemaOf(input, 'input');
  const named = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
  const others = Object.keys(properties).filter((name) => !named.includes(name));
  const parameter = (name: string, place: 'path' | 'query'): Parameter => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: Object(properties[name]),
  });
  const inPath = named.map((name) => parameter(name, 'path'));
  if (method === 'GET')
    return {
      parameters: [...inPath, ...others.map((name) => parameter(name, 'query'))],
      body: undefined,
    };
  if (others.length === 0) return { parameters: inPath, body: undefined };
  const body = {
    ...rest,
    properties: Object.fromEntries(others.map((name) => [name, properties[name]])),
    required: required.filter((name) => others.includes(name)),
  };
  return { parameters: inPath, body };
}

/** [BN3] */
const NAME = { type: 'string', pattern: '^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$' };

/** Ids are checked by functions, which no schema can carry: their form is written here. */
const FORMS = new Map<unknown, object>([
  [scalars.sha256, { type: 'string', pattern: '^[0-9a-f]{64}$' }],
  [scalars.keyId, { type: 'string', pattern: '^[0-9a-f]{64}$' }],
  ...[scalars.recordId, scalars.slotId, scalars.channelId, scalars.screenId, scalars.profileId].map(
    (schema): [unknown, object] => [schema, NAME],
  ),
]);

function schemaOf(schema: z.ZodMiniType, io: 'input' | 'output') {
  const { $schema: _same, ...described } = toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      Object.assign(jsonSchema, FORMS.get(zodSchema));
    },
  });
  return described;
}
