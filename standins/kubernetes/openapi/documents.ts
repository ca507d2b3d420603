// Which OpenAPI documents the server has, and what each of them says.
import { type Resource, RESOURCES } from '../resources/resources';
import type { JsonObject } from '../store/json';
import { type Dialect, V2, V3 } from './dialect';
import { operationsOf, type Paths } from './operations';
import { createSchemas } from './schemas';

const INFO = { title: 'Kubernetes', version: 'v1.36.3' };

/** The paths that are no resources, each with a document of its own beside those of the groups (recorded: A08). */
const PLAIN_PATHS = ['.well-known/openid-configuration', 'api', 'apis', 'openid/v1/jwks', 'version'];

/** The names of the documents of version 3, in order: `api/v1`, `apis/batch`, `apis/batch/v1`. */
export function documentNames(): readonly string[] {
  const groups = RESOURCES.flatMap(({ group }) => (group === '' ? [] : [`apis/${group}`]));
  return [...new Set([...PLAIN_PATHS, ...groups, ...RESOURCES.map(placeOf)])].sort();
}

/** Undefined for a name that is none of them. */
export function documentV3(name: string): JsonObject | undefined {
  if (!documentNames().includes(name)) return undefined;
  const schemas = createSchemas(V3);
  const own = RESOURCES.filter((resource) => placeOf(resource) === name);
  const paths: Paths = {
    [`/${name}/`]: plainPath(V3),
    ...(own.length > 0 && operationsOf(own, schemas, V3)),
  };
  return { openapi: '3.0.0', info: INFO, paths, components: { schemas: schemas.all() } };
}

/** All of it in one document of version 2. */
export function documentV2(): JsonObject {
  const schemas = createSchemas(V2);
  const plain = documentNames().map((name) => [`/${name}/`, plainPath(V2)] as const);
  const paths: Paths = { ...Object.fromEntries(plain), ...operationsOf(RESOURCES, schemas, V2) };
  return { swagger: '2.0', info: INFO, paths, definitions: schemas.all() };
}

function placeOf({ group, apiVersion }: Resource): string {
  return `${group === '' ? 'api' : 'apis'}/${apiVersion}`;
}

/** What is there to be read and is no object of a resource. */
function plainPath(dialect: Dialect): JsonObject {
  return {
    get: { responses: { 200: dialect.answer({ type: 'object' }), 401: { description: 'Unauthorized' } } },
  };
}
