// The demo itself, on a stack that is up: submits its jobs, shows them and judges their results.
import type { Ledger } from '../../aci/ledger';
import type { Ledger as ClusterLedger } from '../../kubernetes/ledger';
import { type ClusterAddress, listInCluster, readClusterLedger } from '../cluster-view';
import { listGroups, readLedger } from '../emulator-view';
import type { JobsApi } from '../jobs-api';
import type { Stack } from '../stack';
import { type Trace, traceOfGroup, traceOfJob } from '../trace';
import type { JobProgress } from './job-progress';
import type { Screen } from './screen';
import { type DemoJobs, submitAll } from './submissions';
import type { FinishedJob, LogBlob } from './summary';
import { watchJobs } from './watch';

export interface DemoResult {
  readonly jobs: readonly FinishedJob[];
  readonly instances: Instances;
  readonly cluster: Cluster;
  /** Why the demo failed; empty when it succeeded. */
  readonly faults: readonly string[];
}

/** What the ACI emulator says at the end. */
interface Instances {
  readonly ledger: Ledger;
  readonly groupsLeft: readonly string[];
}

/** What the cluster says at the end. */
interface Cluster {
  readonly ledger: ClusterLedger;
  /** Jobs, pods and Secrets. */
  readonly left: readonly string[];
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
  const [instances, cluster] = await Promise.all([lookAtInstances(stack), lookAtCluster(stack.kubernetes)]);
  const traceOf = ({ workload, job }: JobProgress): Trace => {
    const name = `${job?.id ?? ''}-${job?.attempts.at(-1)?.number ?? 0}`;
    return workload === 'Job' ? traceOfJob(cluster.ledger, name) : traceOfGroup(instances.ledger, name);
  };
  const finished = await finishedJobs(watched, traceOf, stack.storageConnectionString);
  return { jobs: finished, instances, cluster, faults: faultsOf(finished, instances, cluster) };
}

async function lookAtInstances({ emulatorUrl }: Stack): Promise<Instances> {
  const [ledger, groupsLeft] = await Promise.all([readLedger(emulatorUrl), listGroups(emulatorUrl)]);
  return { ledger, groupsLeft };
}

async function lookAtCluster(address: ClusterAddress | undefined): Promise<Cluster> {
  if (address === undefined) throw new Error('The stack of the demo has no cluster.');
  const [ledger, left] = await Promise.all([readClusterLedger(address), listInCluster(address)]);
  return { ledger, left };
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
function faultsOf(jobs: readonly FinishedJob[], { groupsLeft }: Instances, { left }: Cluster): string[] {
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
    ...(groupsLeft.length === 0 ? [] : [`Container groups are left: ${groupsLeft.join(', ')}.`]),
    ...(left.length === 0 ? [] : [`The cluster has left: ${left.join(', ')}.`]),
  ];
}
