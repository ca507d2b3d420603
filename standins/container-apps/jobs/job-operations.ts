// The long-running operations on jobs: how a write or a delete goes on after its answer.
import type { WireRequest } from '../../wire/handler';
import { apiVersionOf } from '../api-version';
import type { ContainerAppsContext } from '../context';
import { type Operation, pollUrl } from '../operations';
import { shortRegion } from '../regions';
import type { Job } from './job-store';

export const JOB_STATUSES = 'containerappsjobOperationStatuses';
export const JOB_RESULTS = 'containerappsjobOperationResults';

/** How a write goes on: after so long it is done; undefined: never. */
interface WritePlan {
  readonly afterMs: number | undefined;
  readonly fails: boolean;
}

/** The job is InProgress until the write is done, unless another write or a delete comes first. */
export function beginWrite(
  context: ContainerAppsContext,
  job: Job,
  { afterMs, fails }: WritePlan,
  result: () => unknown,
): Operation {
  const operation = newOperation(context, job, result);
  job.state = 'InProgress';
  job.writes += 1;
  const { writes } = job;
  if (afterMs !== undefined)
    context.timers.after(afterMs, () => {
      operation.state = fails ? 'Failed' : 'Succeeded';
      if (fails && context.settings.switches.failedOperation === 'with-error')
        operation.failure = { code: 'InternalServerError', message: 'The job could not be provisioned.' };
      if (job.writes === writes && job.state === 'InProgress') job.state = fails ? 'Failed' : 'Succeeded';
    });
  return operation;
}

/** The job is Deleting, and shown, until it is gone. */
export function beginDelete(context: ContainerAppsContext, job: Job, onGone: () => void): Operation {
  const operation = newOperation(context, job, () => undefined);
  job.state = 'Deleting';
  job.writes += 1;
  context.timers.after(context.settings.times.deleteMs, () => {
    operation.state = 'Succeeded';
    context.jobs.remove(job);
    onGone();
  });
  return operation;
}

function newOperation(context: ContainerAppsContext, job: Job, result: () => unknown): Operation {
  const operation: Operation = {
    id: context.names.operation(),
    startedAt: context.clock.now(),
    region: shortRegion(job.location),
    subscription: job.place.subscription,
    state: 'InProgress',
    result,
  };
  context.operations.add(operation);
  return operation;
}

export function jobPollUrl(
  context: ContainerAppsContext,
  request: WireRequest,
  operation: Operation,
  kind: typeof JOB_STATUSES | typeof JOB_RESULTS,
): string {
  const version = apiVersionOf(request.url).name;
  return pollUrl(request.url.origin, operation, kind, version, context.clock.now(), context.newId());
}
