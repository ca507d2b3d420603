// GET /api/jobs/{id}/outputs: what an attempt left in its outputs, a page at a time.
import { app, type HttpHandler, type HttpResponseInit } from '@azure/functions';
import type { z } from 'zod';

import { type OutputsPage, outputsQuerySchema, type OutputView } from '../../api/outputs';
import type { Services } from '../../app/services';
import type { LateFile, OutputFile } from '../../domain/outputs/output-list';
import type { JobStore } from '../../domain/ports/job-store';
import type { FreezePorts } from '../../jobs/outputs/freeze-outputs';
import { lateOutputs, shownOutputs } from '../../jobs/outputs/list-outputs';
import { attemptWithOutputs, orOutputsProblem } from '../answers/outputs-of-attempt';
import { ok } from '../answers/problem';
import { withQuery } from '../answers/with-query';

export type OutputServices = FreezePorts & { readonly jobs: Pick<JobStore, 'read'> };

export function registerGetJobOutputs(services: Services): void {
  app.http('getJobOutputs', {
    methods: ['GET'],
    authLevel: 'function',
    route: 'jobs/{id}/outputs',
    handler: jobOutputsHandler(services),
  });
}

export function jobOutputsHandler(services: OutputServices): HttpHandler {
  return withQuery(outputsQuerySchema, (request, _context, query) =>
    getJobOutputs(services, request.params['id'] ?? '', query),
  );
}

async function getJobOutputs(
  services: OutputServices,
  id: string,
  { attempt, limit, continuation, late }: z.infer<typeof outputsQuerySchema>,
): Promise<HttpResponseInit> {
  const found = await attemptWithOutputs(services.jobs, id, attempt);
  if (!found.ok) return found.problem;
  const { row } = found;
  return orOutputsProblem(async () => {
    const shown = await (late === 'true' ? lateOutputs : shownOutputs)(services, row);
    const from = Number(continuation ?? 0);
    const next = from + limit;
    const page: OutputsPage = {
      jobId: row.jobId,
      attempt: row.number,
      state: row.outputs?.state ?? 'open',
      outputs: shown.files.slice(from, next).map(viewOf),
      ...(shown.more && { more: true }),
      ...(next < shown.files.length && { continuation: String(next) }),
    };
    return ok(page);
  });
}

function viewOf(file: OutputFile | LateFile): OutputView {
  const { path, bytes, modifiedAt } = file;
  return {
    path,
    bytes,
    ...(modifiedAt !== undefined && { modifiedAt: new Date(modifiedAt).toISOString() }),
    ...('late' in file && { late: file.late }),
  };
}
