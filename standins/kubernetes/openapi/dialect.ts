// The two forms of OpenAPI in which a server tells of itself: version 2 as a whole, version 3 group by group.
import type { JsonObject } from '../store/json';

export interface Dialect {
  /** Where references to schemas lead. */
  readonly schemasAt: string;
  /** What stands for more than one type. */
  readonly quantity: JsonObject;
  readonly intOrString: JsonObject;
  /** A parameter of a path or of its query. */
  readonly parameter: (place: 'path' | 'query', name: string, type: string) => JsonObject;
  /** What a request carries. */
  readonly body: (schema: JsonObject) => { readonly operation: JsonObject; readonly parameter?: JsonObject };
  /** What an answer carries. */
  readonly answer: (schema: JsonObject) => JsonObject;
}

export const V2: Dialect = {
  schemasAt: '#/definitions/',
  quantity: { type: 'string' },
  intOrString: { type: 'string', format: 'int-or-string' },
  parameter: (place, name, type) => ({
    ...{ name, in: place, type, uniqueItems: true },
    ...(place === 'path' && { required: true }),
  }),
  body: (schema) => ({
    operation: { consumes: ['*/*'] },
    parameter: { name: 'body', in: 'body', required: true, schema },
  }),
  answer: (schema) => ({ description: 'OK', schema }),
};

export const V3: Dialect = {
  schemasAt: '#/components/schemas/',
  quantity: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  intOrString: { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
  parameter: (place, name, type) => ({
    ...{ name, in: place, schema: { type, uniqueItems: true } },
    ...(place === 'path' && { required: true }),
  }),
  body: (schema) => ({ operation: { requestBody: { content: { '*/*': { schema } } } } }),
  answer: (schema) => ({ description: 'OK', content: { 'application/json': { schema } } }),
};
