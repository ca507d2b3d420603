// The typed client of gpu-job-runner's HTTP API, for programs and for the command line.
import type { JobView } from '../api/jobs';
import { createDeploymentClient, type DeploymentClient } from './deployment-client';
import { createGroupsClient, type GroupsClient } from './groups-client';
import { watchJob, type WatchOptions } from './job-watch';
import { createJobsClient, type JobsClient } from './jobs-client';
import { createLogClient, type LogClient } from './log-client';
import { createOutputsClient, type OutputsClient } from './outputs-client';
import { createSchedulesClient, type SchedulesClient } from './schedules-client';
import { createTransport, type TransportOptions } from './transport';

/**
 * All calls reject with `ApiError` (the API refused, with problem details), `UnreachableError` (no answer came) or
 * `UnexpectedAnswerError` (something else answered). Reads, and submissions by their idempotency key, are repeated when
 * no answer comes; nothing else is.
 */
export interface GpuJobsClient {
  readonly url: string;
  readonly jobs: JobsClient;
  readonly groups: GroupsClient;
  readonly logs: LogClient;
  readonly outputs: OutputsClient;
  readonly schedules: SchedulesClient;
  readonly deployment: DeploymentClient;
  /** The job at each of its changes, until it is over or gone. */
  watch(id: string, options?: WatchOptions): AsyncGenerator<JobView, void>;
  /** The job when it is over, or gone. */
  untilOver(id: string, options?: WatchOptions): Promise<JobView>;
}

export function createGpuJobsClient(options: TransportOptions): GpuJobsClient {
  const transport = createTransport(options);
  const watch = (id: string, how?: WatchOptions): AsyncGenerator<JobView, void> =>
    watchJob(transport, id, how);
  return {
    url: transport.url,
    jobs: createJobsClient(transport),
    groups: createGroupsClient(transport),
    logs: createLogClient(transport),
    outputs: createOutputsClient(transport),
    schedules: createSchedulesClient(transport),
    deployment: createDeploymentClient(transport),
    watch,
    untilOver: async (id, how) => {
      let last: JobView | undefined;
      for await (const job of watch(id, how)) last = job;
      if (last !== undefined) return last;
      throw new Error(`Watching job ${id} ended without an answer.`);
    },
  };
}
