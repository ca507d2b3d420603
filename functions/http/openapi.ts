// GET /api/openapi.json: the API's own description, from the schemas that its handlers use.
import { app } from '@azure/functions';

import { type OpenApiDocument, openApiDocument } from '../../api/openapi/document';
import { OPERATIONS } from '../../api/openapi/operations';
import { ok } from '../answers/problem';
import { NO_PARAMETERS, readQuery } from '../answers/read-query';

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
