// Reads a request's body as what somebody asks to run: a document that is one, and that may come by HTTP.
import type { HttpRequest } from '@azure/functions';

import type { Services } from '../../app/services';
import { policyProblems } from '../../domain/spec/submission-rules';
import { type ReadDocument, readDocument, refusedSpec } from './read-document';

export async function readSubmission(services: Services, request: HttpRequest): Promise<ReadDocument> {
  const read = await readDocument(request, services.times.unknownFateS);
  if (!read.ok) return read;
  const refused = policyProblems(read.document.spec, {
    literalSecrets: true,
    vault: services.vault !== undefined,
    arrays: true,
  });
  return refused.length === 0 ? read : { ok: false, problem: refusedSpec(refused, read.document) };
}
