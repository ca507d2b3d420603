// GET /api/openapi.json: the API's own description, from the schemas that its handlers use.
import { app } from '@azure/functions';

import { type OpenApiDocument, openApiDocument } from '../domain/openapi/document';
import { OPERATIONS } from '../domain/openapi/operations';
import { ok } from './problem';
import { NO_PARAMETERS, readQuery } from './read-query';

let document: OpenApiDocument | undefined;

export function registerOpenApi(): void {
  app.http('openapi', {
    methods: ['GET'],
    authLevel: 'function',
    route: 'openapi.json',
    handler: (request) => {
      const read = readQuery(request, NO_PARAMETERS);
      return read.ok ? ok((document ??= openApiDocument(OPERATIONS))) : read.problem;
    },
  });
}
