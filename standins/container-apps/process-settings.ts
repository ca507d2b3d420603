// What can be set about the stand-in as a process, from the environment; the default life is ten times as fast.
import { z } from 'zod';

import { ADDED_IMAGES, type AddedImages, readAddedImages } from '../containers/added-images';
import { parseSettings } from '../kernel/parse-settings';
import { LOCAL_ENVIRONMENT } from './local-environment';
import { type ContainerAppsSettings, DEFAULT_CONTAINER_APPS_SETTINGS } from './settings';
import { switchesSchema } from './switches';
import { scaledTimes } from './times';

const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('must be a JSON object');
    return z.NEVER;
  }
});

const environmentSchema = z.object({
  GPU_JOBS_CONTAINER_APPS_PORT: z.coerce.number().int().min(0).max(65_535).default(7074),
  GPU_JOBS_LOCAL_STATE: z.string().min(1).default('.gpu-jobs'),
  GPU_JOBS_CONTAINER_APPS_TIME_SCALE: z.coerce.number().min(0).max(10).default(0.1),
  /** Left out: two minutes on the same scale. A stack whose hosts do not die ten times as fast may need the whole. */
  GPU_JOBS_CONTAINER_APPS_CLEANUP_MS: z.coerce.number().int().min(0).optional(),
  GPU_JOBS_CONTAINER_APPS_SWITCHES: jsonText.pipe(switchesSchema).default(switchesSchema.parse({})),
  GPU_JOBS_CONTAINER_APPS_QUOTAS: jsonText.pipe(z.record(z.string(), z.number().min(0))).default({}),
  GPU_JOBS_EMULATOR_STOP_GRACE_MS: z.coerce.number().int().min(0).default(300),
  GPU_JOBS_EMULATOR_UNSTARTABLE: z.string().default(''),
  GPU_JOBS_EMULATOR_RATE_LIMITS: z.enum(['on', 'off']).default('on'),
});

export interface ContainerAppsProcessSettings {
  readonly port: number;
  /** The folder with the shares. */
  readonly stateFolder: string;
  readonly stopGraceMs: number;
  /** Images and repositories whose programs can't be started. */
  readonly unstartable: readonly string[];
  readonly addedImages: AddedImages;
  readonly containerApps: ContainerAppsSettings;
}

/** Reads the settings. Throws an Error that names each bad one and what it may be. */
export function readProcessSettings(
  environment: Readonly<Record<string, string | undefined>>,
): ContainerAppsProcessSettings {
  const parsed = parseSettings(environmentSchema, environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      (issue) => `${issue.path.join('.')}=${environment[String(issue.path[0])] ?? ''}: ${issue.message}`,
    );
    throw new Error(`Settings of the Container Apps stand-in that can't be used:\n  ${faults.join('\n  ')}`);
  }
  const read = parsed.data;
  const defaults = DEFAULT_CONTAINER_APPS_SETTINGS;
  const scale = read.GPU_JOBS_CONTAINER_APPS_TIME_SCALE;
  const times = scaledTimes(scale);
  return {
    port: read.GPU_JOBS_CONTAINER_APPS_PORT,
    stateFolder: read.GPU_JOBS_LOCAL_STATE,
    stopGraceMs: read.GPU_JOBS_EMULATOR_STOP_GRACE_MS,
    unstartable: read.GPU_JOBS_EMULATOR_UNSTARTABLE.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    addedImages: readAddedImages(environment[ADDED_IMAGES]),
    containerApps: {
      ...defaults,
      environments: [LOCAL_ENVIRONMENT],
      times: { ...times, cleanupMs: read.GPU_JOBS_CONTAINER_APPS_CLEANUP_MS ?? times.cleanupMs },
      switches: read.GPU_JOBS_CONTAINER_APPS_SWITCHES,
      // A client obeys it, so it is shortened with everything else; a whole second is the least there is.
      retryAfterSeconds: Math.max(1, Math.round(defaults.retryAfterSeconds * scale)),
      environmentQuotas: { ...defaults.environmentQuotas, ...read.GPU_JOBS_CONTAINER_APPS_QUOTAS },
      rateLimits: read.GPU_JOBS_EMULATOR_RATE_LIMITS === 'on',
    },
  };
}
