// The jobs of the demo and how each is submitted. Three go where there is room: by a queue message, an HTTP request
// and a schedule that is due. One of them asks for two GPUs, which only container instances have. The guides' Job is
// for the cluster.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import type { JobsApi } from '../jobs-api';
import { LOCAL_CLUSTER_PLACEMENT } from '../local-placements';
import { REPOSITORY_ROOT } from '../repository-root';
import { type JobProgress, newProgress } from './job-progress';

/** The label by which the demo finds its jobs again, whatever their ids. */
const LABEL = 'demo';

const sampleSchema = z.looseObject({
  labels: z.record(z.string(), z.string()).optional(),
  gpu: z.object({ count: z.number(), sku: z.string() }),
});
type Sample = z.infer<typeof sampleSchema>;

const MINUTE_MS = 60_000;

export interface DemoJob {
  readonly progress: JobProgress;
  readonly spec: Sample;
}

export interface DemoJobs {
  readonly training: DemoJob;
  readonly addition: DemoJob;
  readonly scheduled: DemoJob;
  readonly onCluster: ManifestJob;
}

/** A job that somebody has as a Kubernetes manifest. */
interface ManifestJob {
  readonly progress: JobProgress;
  /** As it is in its file. */
  readonly manifest: string;
}

export async function demoJobs(): Promise<DemoJobs> {
  const training = await sample('tensorflow-mnist');
  const addition = await sample('cuda-vector-add');
  return {
    training: demoJob('tensorflow-mnist', 'queue', training),
    addition: demoJob('cuda-vector-add', 'HTTP', { ...addition, gpu: { ...addition.gpu, count: 2 } }),
    scheduled: demoJob('nightly-vector-add', 'schedule', addition),
    onCluster: {
      progress: newProgress('mnist-on-kubernetes', 'HTTP', '1 × any'),
      manifest: await sampleFile('tensorflow-mnist', 'kubernetes-job.yaml'),
    },
  };
}

/**
 * The value of GPU_JOBS_SCHEDULES: one schedule with one fire, a minute ago. So the first tick finds it due and no
 * later one does. `now` is in epoch milliseconds.
 */
export function schedulesSetting(scheduled: DemoJob, now: number): string {
  const fire = new Date(now - MINUTE_MS);
  const cron = `${fire.getUTCMinutes()} ${fire.getUTCHours()} ${fire.getUTCDate()} ${fire.getUTCMonth() + 1} *`;
  const from = new Date(now - 3 * MINUTE_MS).toISOString();
  return JSON.stringify([
    {
      name: scheduled.progress.title,
      cron,
      timeZone: 'UTC',
      from,
      catchUp: 'one', // So the fire is made however long the machine takes to boot.
      spec: scheduled.spec,
    },
  ]);
}

/** Sends them all. Resolves when each was accepted. */
export async function submitAll(
  jobs: DemoJobs,
  api: JobsApi,
  storageConnectionString: string,
): Promise<void> {
  await Promise.all([
    sendToQueue(jobs.training.spec, storageConnectionString),
    api.submit(jobs.addition.spec),
    api.tick(),
    submitToCluster(jobs.onCluster, api),
  ]);
}

/** The manifest as the API reads it, for the one placement that is a cluster. */
async function submitToCluster({ progress: { title }, manifest }: ManifestJob, api: JobsApi): Promise<void> {
  const spec = await api.convert(manifest);
  const labels = { ...spec.labels, [LABEL]: title };
  await api.submit({ ...spec, name: title, labels, placements: [LOCAL_CLUSTER_PLACEMENT] });
}

/** Whether the API's job with these labels is the one that `progress` follows. */
export function isJobOf(progress: JobProgress, labels: Readonly<Record<string, string>>): boolean {
  return labels[LABEL] === progress.title;
}

/** A raw JSON message on `gpu-jobs`, as any program with a queue client sends it. */
async function sendToQueue(spec: unknown, storageConnectionString: string): Promise<void> {
  // It takes long to load, so it is not loaded before it is needed.
  const { QueueClient } = await import('@azure/storage-queue');
  const queue = new QueueClient(storageConnectionString, 'gpu-jobs');
  await queue.createIfNotExists();
  await queue.sendMessage(JSON.stringify(spec));
}

async function sample(name: string): Promise<Sample> {
  return sampleSchema.parse(JSON.parse(await sampleFile(name, 'job.json')));
}

function sampleFile(sample: string, file: string): Promise<string> {
  return readFile(join(REPOSITORY_ROOT, 'samples', sample, file), 'utf8');
}

function demoJob(title: string, submittedBy: JobProgress['submittedBy'], spec: Sample): DemoJob {
  const labels = { ...spec.labels, [LABEL]: title };
  return {
    progress: newProgress(title, submittedBy, `${spec.gpu.count} × ${spec.gpu.sku}`),
    spec: { ...spec, name: title, labels },
  };
}
