// GET /api/openapi.json: the API's own description, from the schemas that its handlers use.
import { app } from '@azure/functions';

import { type OpenApiDocument, openApiDocument } from '../domain/openapi/document';
import { OPERATIONS } from '../domain/openapi/operations';
import { ok } from './problem';

let document: OpenApiDocument | undefined;

export function registerOpenApi(): void {
  app.http('openapi', {
    methods: ['GET'],
    authLevel: 'function',
    route: 'openapi.json',
    handler: () => ok((document ??= openApiDocument(OPERATIONS))),
  });
}
