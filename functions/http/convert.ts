// POST /api/convert: what a document in any accepted format says as a native spec; makes no job.
import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';

import type { Converted } from '../../api/submissions';
import type { Services } from '../../app/services';
import { ok } from '../answers/problem';
import { readDocument } from '../answers/read-document';

export function registerConvert(services: Services): void {
  app.http('convert', {
    methods: ['POST'],
    authLevel: 'function',
    route: 'convert',
    handler: (request) => convert(services, request),
  });
}

async function convert(services: Services, request: HttpRequest): Promise<HttpResponseInit> {
  const read = await readDocument(request, services.times.unknownFateS);
  if (!read.ok) return read.problem;
  const { spec, notes } = read.document;
  return ok({ spec, notes: [...notes] } satisfies Converted);
}
