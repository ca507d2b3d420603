// The OpenAPI 3.1 document of the HTTP API, from the operations' own schemas.
import { VERSION } from '../../domain/version';
import { problemSchema } from '../problem';
import { type Direction, type JsonSchema, JsonSchemas } from './json-schema';
import { type Content, type Operation } from './operation';

export type OpenApiDocument = Readonly<Record<string, unknown>> & {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

const KEY_SCHEMES = {
  functionKey: { type: 'apiKey', in: 'header', name: 'x-functions-key' },
  functionKeyInQuery: { type: 'apiKey', in: 'query', name: 'code' },
};

/** `closed`: no answer may hold a field that is not described; for checks. */
export function openApiDocument(
  operations: readonly Operation[],
  options: { readonly closed?: boolean } = {},
): OpenApiDocument {
  const schemas = new JsonSchemas({ closed: options.closed ?? false });
  const answers = operations.map((operation) => answersOf(operation, schemas));
  const paths: Record<string, Record<string, unknown>> = {};
  operations.forEach((operation, index) => {
    const path = (paths[`/api/${operation.route}`] ??= {});
    path[operation.method] = {
      operationId: operation.id,
      tags: [operation.tag],
      summary: operation.summary,
      ...(operation.description === undefined ? {} : { description: operation.description }),
      ...(operation.anonymous === true ? { security: [] } : {}),
      parameters: parametersOf(operation, schemas),
      ...requestBodyOf(operation, schemas),
      responses: answers[index],
    };
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'gpu-job-runner',
      version: VERSION,
      description:
        'Runs one container on a GPU to its end, for each job. Errors are problem details (RFC 9457). Readers should pass over fields that they do not know.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ functionKey: [] }, { functionKeyInQuery: [] }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: { schemas: schemas.components(), securitySchemes: KEY_SCHEMES },
  };
}

function answersOf(operation: Operation, schemas: JsonSchemas): Record<string, unknown> {
  const own = Object.entries(operation.answers).map(([status, answer]): [string, unknown] => [
    status,
    {
      description: answer.description,
      ...(answer.headers === undefined
        ? {}
        : {
            headers: Object.fromEntries(
              Object.entries(answer.headers).map(([name, { description, schema }]) => [
                name,
                { description, schema: schemas.of(schema, 'answer') },
              ]),
            ),
          }),
      ...(answer.content === undefined ? {} : { content: contentOf(answer.content, schemas, 'answer') }),
    },
  ]);
  const problems = contentOf({ 'application/problem+json': problemSchema }, schemas, 'answer');
  const hosts = {
    ...(operation.anonymous === true
      ? {}
      : { 400: { description: BAD_QUERY, content: problems }, 401: { description: NO_KEY } }),
    500: { description: "A defect, or a wrong setting: the app's log tells more.", content: problems },
    503: { description: 'Storage or the platform gave no answer: ask again.', content: problems },
  };
  return Object.fromEntries([...Object.entries(hosts), ...own].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A handler refuses a query parameter that it does not know. */
const BAD_QUERY = 'A parameter that this operation does not take.';
/** The host's own answer, without a body. */
const NO_KEY =
  'No function key, or a wrong one, in the header `x-functions-key` or the query parameter `code`.';

function contentOf(content: Content, schemas: JsonSchemas, direction: Direction): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(content).map(([type, schema]) => [
      type,
      schema === undefined ? {} : { schema: schemas.of(schema, direction) },
    ]),
  );
}

function requestBodyOf({ body }: Operation, schemas: JsonSchemas): Record<string, unknown> {
  if (body === undefined) return {};
  const { description, required = true } = body;
  return { requestBody: { description, required, content: contentOf(body.content, schemas, 'request') } };
}

function parametersOf(operation: Operation, schemas: JsonSchemas): unknown[] {
  const places = [
    ['path', operation.path],
    ['query', operation.query],
    ['header', operation.headers],
  ] as const;
  return places.flatMap(([place, shape]) => {
    if (shape === undefined) return [];
    const whole = schemas.of(shape, 'request');
    const required = Array.isArray(whole['required']) ? whole['required'] : [];
    return Object.keys(shape.shape).map((name) => {
      const { description, ...schema } = propertyOf(whole, name);
      return {
        name,
        in: place,
        required: place === 'path' || required.includes(name),
        ...(description === undefined ? {} : { description }),
        schema,
      };
    });
  });
}

function propertyOf(schema: JsonSchema, name: string): JsonSchema {
  const properties = schema['properties'];
  const property: unknown =
    typeof properties === 'object' && properties !== null ? Reflect.get(properties, name) : undefined;
  return typeof property === 'object' && property !== null
    ? Object.fromEntries(Object.entries(property))
    : {};
}
