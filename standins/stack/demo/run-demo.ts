// The demo itself, on a stack that is up: submits its jobs, shows them and judges their results.
import type { JobsApi } from '../jobs-api';
import type { Stack } from '../stack';
import type { Trace } from '../trace';
import type { JobProgress } from './job-progress';
import { platformOf } from './platform';
import { type PlatformRecords, readPlatforms, traceOn } from './platform-records';
import type { Screen } from './screen';
import { type DemoJobs, submitAll } from './submissions';
import type { FinishedJob, LogBlob } from './summary';
import { watchJobs } from './watch';

export interface DemoResult {
  readonly jobs: readonly FinishedJob[];
  readonly platforms: PlatformRecords;
  /** Why the demo failed; empty when it succeeded. */
  readonly faults: readonly string[];
}

/** Rejects when the jobs cannot be followed to their end; a job that ends badly is a fault in the result. */
export async function runDemo(
  jobs: DemoJobs,
  stack: Stack,
  api: JobsApi,
  screen: Screen,
  signal: AbortSignal,
): Promise<DemoResult> {
  await submitAll(jobs, api, stack.storageConnectionString);
  const started = [jobs.training, jobs.addition, jobs.scheduled, jobs.onCluster];
  const watched = await watchJobs(
    api,
    started.map(({ progress }) => progress),
    { signal, onLook: (known) => screen.show(known) },
  );
  const platforms = await readPlatforms(stack);
  const traceOf = ({ job }: JobProgress): Trace => {
    const last = job?.attempts.at(-1);
    return traceOn(platformOf(last?.placement ?? ''), platforms, `${job?.id ?? ''}-${last?.number ?? 0}`);
  };
  const finished = await finishedJobs(watched, traceOf, stack.storageConnectionString);
  return { jobs: finished, platforms, faults: faultsOf(finished, platforms) };
}

async function finishedJobs(
  watched: readonly JobProgress[],
  traceOf: (progress: JobProgress) => Trace,
  storageConnectionString: string,
): Promise<readonly FinishedJob[]> {
  return Promise.all(
    watched.map(async (progress) => {
      if (progress.job === undefined) throw new Error(`${progress.title} was never found.`);
      const logBlobs = await logBlobsOf(progress.job.id, storageConnectionString);
      return { progress, job: progress.job, logBlobs, trace: traceOf(progress) };
    }),
  );
}

/** The archive's blobs in storage, read with the storage client and not through the app. */
async function logBlobsOf(jobId: string, storageConnectionString: string): Promise<readonly LogBlob[]> {
  // It takes long to load, so it is not loaded before it is needed.
  const { ContainerClient } = await import('@azure/storage-blob');
  const container = new ContainerClient(storageConnectionString, 'job-logs');
  const blobs: LogBlob[] = [];
  for await (const { name, properties } of container.listBlobsFlat({ prefix: `${jobId}/` })) {
    if (name.endsWith('.log')) blobs.push({ path: `job-logs/${name}`, bytes: properties.contentLength ?? 0 });
  }
  return blobs;
}

/** Compares what the demo promises with the API, the storage and the platforms' own records. */
function faultsOf(jobs: readonly FinishedJob[], { instances, cluster, apps }: PlatformRecords): string[] {
  const faults = jobs.flatMap(({ progress: { title }, job, logBlobs, trace }) => {
    const why = job.reason === undefined ? '' : `: ${job.reason.message} (${job.reason.code})`;
    const printed = trace.programs.reduce((sum, program) => sum + program.bytes, 0);
    const archived = logBlobs.reduce((sum, blob) => sum + blob.bytes, 0);
    const { length: programs } = trace.programs;
    return [
      ...(job.state === 'Succeeded' ? [] : [`${title} ended ${job.state}${why}.`]),
      ...(job.exitCode === 0 ? [] : [`${title} ended with exit code ${job.exitCode ?? 'unknown'}, not 0.`]),
      ...(trace.creates === 1 ? [] : [`${title} was created ${trace.creates} times, not once.`]),
      ...(programs === 1 ? [] : [`${programs} programs were started for ${title}, not one.`]),
      ...(archived === printed ? [] : [`${title} printed ${printed} bytes, ${archived} were archived.`]),
    ];
  });
  return [
    ...faults,
    ...leftOn('Container instances', instances),
    ...leftOn('The cluster', cluster),
    ...leftOn('Container Apps', apps),
  ];
}

function leftOn(platform: string, { left }: { readonly left: readonly string[] }): string[] {
  return left.length === 0 ? [] : [`What is left: ${platform}: ${left.join(', ')}.`];
}
