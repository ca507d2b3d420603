// GET /api/jobs/{id}: one job; answers at its next change on request.
import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';

import { jobQuerySchema, type JobView } from '../../api/jobs';
import { jobView } from '../../api/views/job-view';
import type { Services } from '../../app/services';
import { TerminalError } from '../../domain/errors';
import type { JobRow } from '../../domain/job/job';
import { JOB_ID } from '../../domain/job/names';
import type { JobRecords } from '../../domain/ports/job-store';
import { type ShownSpec, shownSpec } from '../../domain/spec/shown-spec';
import { whyWaiting } from '../../jobs/job/why-waiting';
import { pricingNow } from '../../jobs/placement/billing';
import { isKnownBy, jobEtag } from '../answers/job-etag';
import { noSuchJob, ok } from '../answers/problem';
import { tooManyWaiters } from '../answers/too-many-waiters';
import { withQuery } from '../answers/with-query';
import { withLog } from '../context';

export function registerGetJob(services: Services): void {
  app.http('getJob', {
    methods: ['GET'],
    authLevel: 'function',
    route: 'jobs/{id}',
    handler: withQuery(jobQuerySchema, (request, context, { wait }) =>
      getJob(services, request, context, wait),
    ),
  });
}

async function getJob(
  services: Services,
  request: HttpRequest,
  context: InvocationContext,
  waitS: number,
): Promise<HttpResponseInit> {
  const id = request.params['id'] ?? '';
  const records = JOB_ID.test(id) ? await services.jobs.read(id) : undefined;
  if (records === undefined) return noSuchJob(id);
  const etag = jobEtag(records);
  const known = request.headers.get('if-none-match');
  if (!isKnownBy(known, etag)) return found(services, context, records, etag);
  if (waitS === 0) return { status: 304, headers: { etag } };
  const watched = await services.watch.wait(
    id,
    (now) => now === undefined || !isKnownBy(known, jobEtag(now)),
    waitS * 1000,
  );
  switch (watched.kind) {
    case 'too-many':
      return tooManyWaiters();
    case 'unchanged':
      return { status: 304, headers: { etag } };
    case 'news':
      return watched.records === undefined
        ? noSuchJob(id)
        : found(services, context, watched.records, jobEtag(watched.records));
  }
}

/** The version leaves out the spec, which never changes, and why the job waits, which changes with other jobs. */
async function found(
  services: Services,
  context: InvocationContext,
  records: JobRecords,
  etag: string,
): Promise<HttpResponseInit> {
  const [spec, waiting] = await Promise.all([
    specOf(services, context, records.job.row),
    whyWaiting(withLog(services, context), records),
  ]);
  const view: JobView = {
    ...jobView(records, pricingNow(services, services.clock.now())),
    ...(waiting === undefined ? {} : { waiting }),
    ...(spec === undefined ? {} : { spec }),
  };
  return ok(view, { etag });
}

/**
 * Undefined for a message that could not become a job, and where the spec has been removed. The latter is logged, and
 * the job is shown without its spec.
 */
async function specOf(
  { specsToShow }: Services,
  context: InvocationContext,
  { jobId, plan, specHash }: JobRow,
): Promise<ShownSpec | undefined> {
  if (plan === undefined) return undefined;
  try {
    return shownSpec(await specsToShow.get(specHash));
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
    context.warn(`Job ${jobId} is shown without its spec: ${error.message}`);
    return undefined;
  }
}
