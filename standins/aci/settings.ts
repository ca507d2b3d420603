// The emulator's settings, from the environment. The defaults show a group's states within seconds.
import { join } from 'node:path';

import { z } from 'zod';

import { ADDED_IMAGES, type AddedImages, readAddedImages } from '../containers/added-images';
import { ACI_LOG_LIMITS, type LogLimits } from '../containers/log-window';
import { parseSettings } from '../kernel/parse-settings';
import { GPU_OFFERS, type GpuOffer } from './gpu-offer';

export interface AciSettings {
  /** Times in milliseconds. */
  readonly provisionMs: number;
  readonly pullMs: number;
  readonly deleteMs: number;
  readonly restartBackOffMs: number;
  readonly pullBackOffMs: number;
  /** After this a deployment that isn't done counts as failed; the service's is 30 minutes. */
  readonly provisioningTimeoutMs: number;
  /** What becomes of a group with an unknown image: it is refused at once, or created and never pulled. */
  readonly unknownImage: 'refuse' | 'back-off';
  /** The resource groups that exist; undefined: all. */
  readonly resourceGroups?: readonly string[];
  readonly gpuOffer: GpuOffer;
  /** Limits of a subscription in a region, by the names of its usages. */
  readonly quotas: Readonly<Record<string, number>>;
  /** How many GPUs a region really has, by `<region>/<sku>`. A GPU that isn't named never runs out. */
  readonly capacity: Readonly<Record<string, number>>;
  /** Whether the create's answer shows a lack of capacity, or its operation. */
  readonly capacityRefusal: 'at-create' | 'while-creating';
  /** Whether requests are limited as ARM and the service limit them. */
  readonly rateLimits: boolean;
  /** How many creates, and as many deletes, a subscription may send. */
  readonly changesPer5Minutes: number;
  readonly changesPerHour: number;
  readonly logLimits: LogLimits;
  /** How many printed bytes the ledger keeps for reading back. Beyond that it drops the oldest programs'. */
  readonly keptOutputBytes: number;
}

/** docs/facts/container-instances.md#usages. For P100 and V100 the service's default is 0 until a ticket raises it. */
const DEFAULT_QUOTAS = {
  ContainerGroups: 100,
  StandardCores: 100,
  StandardK80Cores: 48,
  StandardP100Cores: 48,
  StandardV100Cores: 48,
};

export const DEFAULT_ACI_SETTINGS: AciSettings = {
  provisionMs: 700,
  pullMs: 900,
  deleteMs: 600,
  restartBackOffMs: 1_000,
  pullBackOffMs: 1_000,
  provisioningTimeoutMs: 30 * 60_000,
  unknownImage: 'refuse',
  gpuOffer: GPU_OFFERS['2019'],
  quotas: DEFAULT_QUOTAS,
  capacity: {},
  capacityRefusal: 'at-create',
  rateLimits: true,
  changesPer5Minutes: 100,
  changesPerHour: 300,
  logLimits: ACI_LOG_LIMITS,
  keptOutputBytes: 256 * 1024 * 1024,
};

const port = z.coerce.number().int().min(0).max(65_535);
const milliseconds = z.coerce.number().int().min(0);
const count = z.coerce.number().int().min(1);
const counts = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('not JSON; an example: {"eastus/K80":2}');
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.number().int().min(0)));

const environmentSchema = z.object({
  GPU_JOBS_ACI_PORT: port.default(7072),
  GPU_JOBS_ACI_TLS_PORT: port.optional(),
  GPU_JOBS_CONTAINER_APPS_PORT: port.optional(),
  GPU_JOBS_LOCAL_STATE: z.string().min(1).default('.gpu-jobs'),
  GPU_JOBS_EMULATOR_PROVISION_MS: milliseconds.default(DEFAULT_ACI_SETTINGS.provisionMs),
  GPU_JOBS_EMULATOR_PULL_MS: milliseconds.default(DEFAULT_ACI_SETTINGS.pullMs),
  GPU_JOBS_EMULATOR_DELETE_MS: milliseconds.default(DEFAULT_ACI_SETTINGS.deleteMs),
  GPU_JOBS_EMULATOR_RESTART_BACK_OFF_MS: milliseconds.default(DEFAULT_ACI_SETTINGS.restartBackOffMs),
  GPU_JOBS_EMULATOR_PULL_BACK_OFF_MS: milliseconds.default(DEFAULT_ACI_SETTINGS.pullBackOffMs),
  GPU_JOBS_EMULATOR_PROVISIONING_TIMEOUT_MS: milliseconds.default(DEFAULT_ACI_SETTINGS.provisioningTimeoutMs),
  GPU_JOBS_EMULATOR_STOP_GRACE_MS: milliseconds.default(300),
  GPU_JOBS_EMULATOR_UNKNOWN_IMAGE: z.enum(['refuse', 'back-off']).default(DEFAULT_ACI_SETTINGS.unknownImage),
  GPU_JOBS_EMULATOR_UNSTARTABLE: z.string().default(''),
  GPU_JOBS_EMULATOR_RESOURCE_GROUPS: z.string().optional(),
  GPU_JOBS_EMULATOR_GPU_OFFER: z.enum(['2019', '2024', 'retired']).default('2019'),
  GPU_JOBS_EMULATOR_QUOTAS: counts.default({}),
  GPU_JOBS_EMULATOR_CAPACITY: counts.default({}),
  GPU_JOBS_EMULATOR_CAPACITY_REFUSAL: z
    .enum(['at-create', 'while-creating'])
    .default(DEFAULT_ACI_SETTINGS.capacityRefusal),
  GPU_JOBS_EMULATOR_RATE_LIMITS: z.enum(['on', 'off']).default('on'),
  GPU_JOBS_EMULATOR_CHANGES_PER_5_MINUTES: count.default(DEFAULT_ACI_SETTINGS.changesPer5Minutes),
  GPU_JOBS_EMULATOR_CHANGES_PER_HOUR: count.default(DEFAULT_ACI_SETTINGS.changesPerHour),
});

export interface EmulatorProcessSettings {
  readonly port: number;
  /** The port that serves the same over TLS; undefined: none does. */
  readonly tlsPort?: number;
  /** Where the stand-in for Container Apps listens; undefined, as with a port that nobody knows yet: there is none. */
  readonly containerAppsPort?: number;
  /** The folder with the secrets and the certificate. */
  readonly stateFolder: string;
  readonly stopGraceMs: number;
  /** Images and repositories whose programs can't be started. */
  readonly unstartable: readonly string[];
  /** What the local key vault holds, `{ "name": "value" }`. */
  readonly secretsFile: string;
  readonly addedImages: AddedImages;
  readonly aci: AciSettings;
}

/** Reads the settings. Throws an Error that names each bad one and what it may be. */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
): EmulatorProcessSettings {
  const parsed = parseSettings(environmentSchema, environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      (issue) => `${issue.path.join('.')}=${environment[String(issue.path[0])] ?? ''}: ${issue.message}`,
    );
    throw new Error(`Settings of the ACI emulator that can't be used:\n  ${faults.join('\n  ')}`);
  }
  const read = parsed.data;
  const containerAppsPort = read.GPU_JOBS_CONTAINER_APPS_PORT ?? 0;
  const resourceGroups = read.GPU_JOBS_EMULATOR_RESOURCE_GROUPS?.split(',').map((name) => name.trim());
  return {
    port: read.GPU_JOBS_ACI_PORT,
    ...(read.GPU_JOBS_ACI_TLS_PORT !== undefined && { tlsPort: read.GPU_JOBS_ACI_TLS_PORT }),
    ...(containerAppsPort !== 0 && { containerAppsPort }),
    stateFolder: read.GPU_JOBS_LOCAL_STATE,
    stopGraceMs: read.GPU_JOBS_EMULATOR_STOP_GRACE_MS,
    unstartable: read.GPU_JOBS_EMULATOR_UNSTARTABLE.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    secretsFile: join(read.GPU_JOBS_LOCAL_STATE, 'secrets.json'),
    addedImages: readAddedImages(environment[ADDED_IMAGES]),
    aci: {
      ...DEFAULT_ACI_SETTINGS,
      provisionMs: read.GPU_JOBS_EMULATOR_PROVISION_MS,
      pullMs: read.GPU_JOBS_EMULATOR_PULL_MS,
      deleteMs: read.GPU_JOBS_EMULATOR_DELETE_MS,
      restartBackOffMs: read.GPU_JOBS_EMULATOR_RESTART_BACK_OFF_MS,
      pullBackOffMs: read.GPU_JOBS_EMULATOR_PULL_BACK_OFF_MS,
      provisioningTimeoutMs: read.GPU_JOBS_EMULATOR_PROVISIONING_TIMEOUT_MS,
      unknownImage: read.GPU_JOBS_EMULATOR_UNKNOWN_IMAGE,
      ...(resourceGroups && { resourceGroups }),
      gpuOffer: GPU_OFFERS[read.GPU_JOBS_EMULATOR_GPU_OFFER],
      quotas: { ...DEFAULT_QUOTAS, ...read.GPU_JOBS_EMULATOR_QUOTAS },
      capacity: read.GPU_JOBS_EMULATOR_CAPACITY,
      capacityRefusal: read.GPU_JOBS_EMULATOR_CAPACITY_REFUSAL,
      rateLimits: read.GPU_JOBS_EMULATOR_RATE_LIMITS === 'on',
      changesPer5Minutes: read.GPU_JOBS_EMULATOR_CHANGES_PER_5_MINUTES,
      changesPerHour: read.GPU_JOBS_EMULATOR_CHANGES_PER_HOUR,
    },
  };
}
