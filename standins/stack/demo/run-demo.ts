// The demo itself, on a stack that is up: submits three jobs, shows them and judges their results.
import type { Ledger } from '../../aci/ledger';
import { listGroups, readLedger } from '../emulator-view';
import type { JobsApi } from '../jobs-api';
import type { Stack } from '../stack';
import type { JobProgress } from './job-progress';
import type { Screen } from './screen';
import { type DemoJobs, submitAll } from './submissions';
import type { FinishedJob, LogBlob } from './summary';
import { watchJobs } from './watch';

export interface DemoResult {
  readonly jobs: readonly FinishedJob[];
  readonly ledger: Ledger;
  readonly groupsLeft: readonly string[];
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
  const started = [jobs.training, jobs.addition, jobs.scheduled].map(({ progress }) => progress);
  const watched = await watchJobs(api, started, { signal, onLook: (known) => screen.show(known) });
  const [ledger, groupsLeft, finished] = await Promise.all([
    readLedger(stack.emulatorUrl),
    listGroups(stack.emulatorUrl),
    finishedJobs(watched, stack.storageConnectionString),
  ]);
  return { jobs: finished, ledger, groupsLeft, faults: faultsOf(finished, ledger, groupsLeft) };
}

async function finishedJobs(
  watched: readonly JobProgress[],
  storageConnectionString: string,
): Promise<readonly FinishedJob[]> {
  return Promise.all(
    watched.map(async (progress) => {
      if (progress.job === undefined) throw new Error(`${progress.title} was never found.`);
      const logBlobs = await logBlobsOf(progress.job.id, storageConnectionString);
      return { progress, job: progress.job, logBlobs };
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

/** Compares what the demo promises with the API, the storage and the emulator's own record. */
function faultsOf(
  jobs: readonly FinishedJob[],
  ledger: Ledger,
  groupsLeft: readonly string[],
): readonly string[] {
  const faults = jobs.flatMap(({ progress: { title }, job, logBlobs }) => {
    const why = job.reason === undefined ? '' : `: ${job.reason.message} (${job.reason.code})`;
    const group = `${job.id}-1`;
    const puts = ledger.puts.filter((put) => put.group === group).length;
    const programs = ledger.programs.filter((program) => program.group === group);
    const printed = programs.reduce((sum, program) => sum + program.bytes, 0);
    const archived = logBlobs.reduce((sum, blob) => sum + blob.bytes, 0);
    return [
      ...(job.state === 'Succeeded' ? [] : [`${title} ended ${job.state}${why}.`]),
      ...(job.exitCode === 0 ? [] : [`${title} ended with exit code ${job.exitCode ?? 'unknown'}, not 0.`]),
      ...(puts === 1 ? [] : [`${group} was created by ${puts} PUTs, not one.`]),
      ...(programs.length === 1 ? [] : [`${programs.length} programs were started for ${title}, not one.`]),
      ...(archived === printed ? [] : [`${title} printed ${printed} bytes, ${archived} were archived.`]),
    ];
  });
  return groupsLeft.length === 0
    ? faults
    : [...faults, `Container groups are left: ${groupsLeft.join(', ')}.`];
}
