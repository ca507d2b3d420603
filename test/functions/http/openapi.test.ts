import { readFileSync } from 'node:fs';

import { z } from 'zod';

import { openApiDocument } from '../../../api/openapi/document';
import { OPERATIONS } from '../../../api/openapi/operations';
import { VERSION } from '../../../domain/version';
import { inPlainNode } from '../../support/plain-node';
import { type HttpFunctions, httpFunctionsSchema } from '../support/registered-functions';

let registered: HttpFunctions;
beforeAll(async () => {
  registered = await inPlainNode({
    module: 'test/functions/support/registered-functions.ts',
    name: 'registeredHttpFunctions',
    argument: null,
    answer: httpFunctionsSchema,
    limitMs: 30_000,
  });
});

/** Every value of `key` anywhere in the document. */
function all(value: unknown, key: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Record<string, unknown>).flatMap(([name, one]) => [
    ...(name === key ? [one] : []),
    ...all(one, key),
  ]);
}

describe('the description of the API', () => {
  test('describes each route that the app registers, and no other', () => {
    const described = OPERATIONS.map(({ id, method, route }) => `${method} ${route} ${id}`);
    const served = registered.flatMap(({ name, route, methods }) =>
      methods.map((method) => `${method.toLowerCase()} ${route} ${name}`),
    );
    expect(described.sort()).toEqual(served.sort());
  });

  test('says of each route whether it asks for a function key, and only health and the page do not', () => {
    const keyless = registered.filter(({ authLevel }) => authLevel !== 'function');
    const names = ['dashboard', 'dashboardFile', 'health'];
    expect(keyless.map(({ name }) => name).sort()).toEqual(names);
    expect(keyless.every(({ authLevel }) => authLevel === 'anonymous')).toBe(true);
    const described = OPERATIONS.filter(({ anonymous }) => anonymous === true);
    expect(described.map(({ id }) => id).sort()).toEqual(names);
  });

  test('has a parameter for each part of a route that varies', () => {
    for (const { route, path } of OPERATIONS) {
      const inRoute = [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(Object.keys(path?.shape ?? {})).toEqual(inRoute);
    }
  });

  test('leads to nothing that it does not hold', () => {
    const document = openApiDocument(OPERATIONS);
    const { schemas } = z
      .object({ schemas: z.record(z.string(), z.unknown()) })
      .parse(document['components']);
    const references = all(document, '$ref');
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references)
      expect(Object.keys(schemas).map((name) => `#/components/schemas/${name}`)).toContain(reference);
  });

  test('lets answers grow, and closes them for checks', () => {
    const closed = (document: unknown) =>
      all(document, 'additionalProperties').filter((one) => one === false).length;
    expect(closed(openApiDocument(OPERATIONS, { closed: true }))).toBeGreaterThan(
      closed(openApiDocument(OPERATIONS)),
    );
    const job = JSON.stringify(all(openApiDocument(OPERATIONS), 'Job'));
    expect(job).not.toContain('"additionalProperties":false');
  });

  test('and docs/http-api.md tell of the same routes', () => {
    const rows = [...readFileSync('docs/http-api.md', 'utf8').matchAll(/^\| `([A-Z]+) \/api\/([^`]+)` /gm)];
    const told = rows.map(([, method = '', route = '']) => `${method.toLowerCase()} ${route}`);
    expect(told.sort()).toEqual(OPERATIONS.map(({ method, route }) => `${method} ${route}`).sort());
  });

  test('bears the version of the package', () => {
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync('package.json', 'utf8')));
    expect(VERSION).toBe(version);
  });
});
