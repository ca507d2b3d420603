// What can be set about the cluster as a process, from the environment; defaults show a pod's states in seconds.
import { join } from 'node:path';

import { z } from 'zod';

import { ADDED_IMAGES, type AddedImages, readAddedImages } from '../containers/added-images';
import { parseSettings } from '../kernel/parse-settings';
import { DEFAULT_LIFE, type LifeSettings } from './life-settings';
import { localPools } from './local-cluster';

const port = z.coerce.number().int().min(0).max(65_535);
const milliseconds = z.coerce.number().int().min(0);
const count = z.coerce.number().int().min(0).max(100);

const environmentSchema = z.object({
  GPU_JOBS_KUBERNETES_PORT: port.default(7073),
  GPU_JOBS_LOCAL_STATE: z.string().min(1).default('.gpu-jobs'),
  GPU_JOBS_KUBERNETES_PULL_MS: milliseconds.default(DEFAULT_LIFE.pullMs),
  GPU_JOBS_KUBERNETES_NOTICE_MS: milliseconds.default(300),
  GPU_JOBS_KUBERNETES_JOB_SYNC_MS: milliseconds.default(300),
  GPU_JOBS_KUBERNETES_BACK_OFF_MS: milliseconds.default(2_000),
  GPU_JOBS_KUBERNETES_SCALE_UP_MS: milliseconds.default(DEFAULT_LIFE.scaleUpMs),
  GPU_JOBS_KUBERNETES_IDLE_NODE_MS: milliseconds.default(DEFAULT_LIFE.idleNodeMs),
  GPU_JOBS_KUBERNETES_NODE_GRACE_MS: milliseconds.default(DEFAULT_LIFE.nodeGraceMs),
  GPU_JOBS_KUBERNETES_GPU_NODES_LEAST: count.default(0),
  GPU_JOBS_KUBERNETES_GPU_NODES: count.default(4),
  GPU_JOBS_EMULATOR_STOP_GRACE_MS: milliseconds.default(300),
  GPU_JOBS_EMULATOR_UNSTARTABLE: z.string().default(''),
});

export interface KubernetesProcessSettings {
  readonly port: number;
  /** Where the certificate is kept. */
  readonly stateFolder: string;
  /** Where clients find how to reach the cluster. */
  readonly kubeconfigFile: string;
  readonly stopGraceMs: number;
  readonly unstartable: readonly string[];
  readonly addedImages: AddedImages;
  readonly life: LifeSettings;
}

/** The kubeconfig's place in the folder of the local state. */
export function kubeconfigFile(stateFolder: string): string {
  return join(stateFolder, 'kubeconfig.yaml');
}

/** Reads the settings; throws an Error that names each bad one with what it may be. */
export function readProcessSettings(
  environment: Readonly<Record<string, string | undefined>>,
): KubernetesProcessSettings {
  const parsed = parseSettings(environmentSchema, environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      (issue) => `${issue.path.join('.')}=${environment[String(issue.path[0])] ?? ''}: ${issue.message}`,
    );
    throw new Error(`Settings of the Kubernetes stand-in that can't be used:\n  ${faults.join('\n  ')}`);
  }
  const read = parsed.data;
  return {
    port: read.GPU_JOBS_KUBERNETES_PORT,
    stateFolder: read.GPU_JOBS_LOCAL_STATE,
    kubeconfigFile: kubeconfigFile(read.GPU_JOBS_LOCAL_STATE),
    stopGraceMs: read.GPU_JOBS_EMULATOR_STOP_GRACE_MS,
    unstartable: read.GPU_JOBS_EMULATOR_UNSTARTABLE.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    addedImages: readAddedImages(environment[ADDED_IMAGES]),
    life: {
      ...DEFAULT_LIFE,
      pullMs: read.GPU_JOBS_KUBERNETES_PULL_MS,
      noticeMs: read.GPU_JOBS_KUBERNETES_NOTICE_MS,
      teardownMs: read.GPU_JOBS_KUBERNETES_NOTICE_MS,
      jobSyncMs: read.GPU_JOBS_KUBERNETES_JOB_SYNC_MS,
      backOff: { ...DEFAULT_LIFE.backOff, firstMs: read.GPU_JOBS_KUBERNETES_BACK_OFF_MS },
      scaleUpMs: read.GPU_JOBS_KUBERNETES_SCALE_UP_MS,
      idleNodeMs: read.GPU_JOBS_KUBERNETES_IDLE_NODE_MS,
      nodeGraceMs: read.GPU_JOBS_KUBERNETES_NODE_GRACE_MS,
      pools: localPools(read.GPU_JOBS_KUBERNETES_GPU_NODES_LEAST, read.GPU_JOBS_KUBERNETES_GPU_NODES),
    },
  };
}
