import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { toJSONSchema } from 'zod/v4/core';
import { canonicalJson } from '../../shared/kit/json.ts';
import type { Json } from '../../shared/kit/json.ts';
import * as objects from '../../shared/protocol/objects.ts';
import * as preview from '../../shared/protocol/preview.ts';
import * as report from '../../shared/protocol/report.ts';
import { routes } from '../../shared/protocol/routes.ts';
import * as screen from '../../shared/protocol/screen.ts';
import * as statements from '../../shared/protocol/statements.ts';
import { PROTOCOL_LOCKS, PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import { view } from '../../shared/records/block.ts';

/** Every schema of a module, as plain JSON Schema under its exported name. */
function schemasOf(module: Readonly<Record<string, unknown>>): Record<string, Json> {
  const schemas = Object.entries(module).filter(([, value]) => value instanceof z.ZodMiniType);
  return Object.fromEntries(
    schemas.map(([name, value]) => [name, describe(value as z.ZodMiniType)]),
  );
}

function describe(schema: z.ZodMiniType): Json {
  return toJSONSchema(schema, { unrepresentable: 'any' }) as unknown as Json;
}

function lockOf(messages: Readonly<Record<string, Json>>): string {
  return createHash('sha256').update(canonicalJson(messages)).digest('hex');
}

const screenMessages = {
  statements: { ...schemasOf(statements), ...schemasOf(report) },
  objects: schemasOf(objects),
  screen: schemasOf(screen),
  preview: schemasOf(preview),
  view: describe(view),
};

test('[PR1] what screens and servers say to each other is what the lock of this version names', () => {
  expect(Object.keys(screenMessages.statements)).toEqual(
    expect.arrayContaining(['roles', 'head', 'lease', 'lineup', 'report']),
  );
  expect(lockOf(screenMessages)).toBe(PROTOCOL_LOCKS[PROTOCOL_VERSION]);
});

test('[PR1] a changed member changes the lock', () => {
  const changed = { ...screenMessages, view: { type: 'object' } };
  expect(lockOf(changed)).not.toBe(lockOf(screenMessages));
});

test('[PR1] unknown members are refused in every route and message', () => {
  for (const [name, { input }] of Object.entries(routes)) {
    const result = z.safeParse(input, { surely: 'unknown' });
    expect(result.success, name).toBe(false);
  }
  expect(z.safeParse(screen.hello, { v: PROTOCOL_VERSION, screen: 'door', extra: 1 }).success).toBe(
    false,
  );
});
