// GET /api/openapi.json: the API's own description, from the schemas that its handlers use.
import { app } from '@azure/functions';

import { type OpenApiDocument, openApiDocument } from '../../api/openapi/document';
import { OPERATIONS } from '../../api/openapi/operations';
import { ok } from '../answers/problem';
import { NO_PARAMETERS } from '../answers/read-query';
import { withQuery } from '../answers/with-query';

let document: OpenApiDocument | undefined;

export function registerOpenApi(): void {
  app.http('openapi', {
    methods: ['GET'],
    authLevel: 'function',
    route: 'openapi.json',
    handler: withQuery(NO_PARAMETERS, () => ok((document ??= openApiDocument(OPERATIONS)))),
  });
}
