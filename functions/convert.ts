// POST /api/convert: what a document in any accepted format says as a native spec; makes no job.
import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';

import type { Services } from '../app/services';
import type { Converted } from '../domain/api/submissions';
import { ok } from './problem';
import { readDocument } from './read-document';

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
