// What the stand-in is like: its environments, quotas, times and the answers to what no source shows.
import type { EnvironmentStorage } from './environments/environment-store';
import { DEFAULT_SWITCHES, type Switches } from './switches';
import { OBSERVED_TIMES, type Times } from './times';

/** An environment that exists from the start. */
export interface GivenEnvironment {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
  /** By the profile's name in the environment; undefined: an environment of the kind without profiles. */
  readonly profiles?: Readonly<Record<string, string>>;
  /** The id of the Log Analytics workspace that gets its logs. */
  readonly workspace?: string;
  /** By their names, in lower case. */
  readonly storages?: Readonly<Record<string, EnvironmentStorage>>;
}

/** What a query of Log Analytics may give, and how many there may be. */
interface QueryLimits {
  readonly rows: number;
  readonly bytes: number;
  /** Counted where `rateLimits` is. */
  readonly in30Seconds: number;
}

export interface ContainerAppsSettings {
  readonly environments: readonly GivenEnvironment[];
  readonly times: Times;
  readonly switches: Switches;
  /** Seconds that a PATCH, a DELETE and their polls ask a client to wait (15 in November 2025, 5 in 2023). */
  readonly retryAfterSeconds: number;
  /** Limits of an environment by the names of its usages, in the order of the answer. */
  readonly environmentQuotas: Readonly<Record<string, number>>;
  /** Limits of a region, and what others in the subscription use of them. */
  readonly locationQuotas: Readonly<
    Record<string, { readonly limit: number; readonly usedElsewhere: number }>
  >;
  /** Whether ARM's buckets are counted. */
  readonly rateLimits: boolean;
  readonly queryLimits: QueryLimits;
  /** The latest so many ended executions are kept; documented as 100 for scheduled and event-driven jobs. */
  readonly keptExecutions: number;
  /** Console and system rows that the workspaces keep, the newest. */
  readonly keptRows: number;
  /** How many printed bytes the ledger keeps for reading back. */
  readonly keptOutputBytes: number;
}

/** Recorded in one subscription in November 2025. */
const ENVIRONMENT_QUOTAS = {
  ManagedEnvironmentGeneralPurposeCores: 500,
  ManagedEnvironmentMemoryOptimizedCores: 500,
  ManagedEnvironmentComputeOptimizedCores: 50,
  ManagedEnvironmentConsumptionCores: 500,
  ManagedEnvironmentConsumptionNCA100Gpus: 2,
  ManagedEnvironmentConsumptionT4Gpus: 5,
  ManagedEnvironmentConfidentialGeneralPurposeCores: 50,
  ManagedEnvironmentConfidentialMemoryOptimizedCores: 50,
};

export const DEFAULT_CONTAINER_APPS_SETTINGS: ContainerAppsSettings = {
  environments: [],
  times: OBSERVED_TIMES,
  switches: DEFAULT_SWITCHES,
  retryAfterSeconds: 15,
  environmentQuotas: ENVIRONMENT_QUOTAS,
  locationQuotas: {
    ManagedEnvironmentCount: { limit: 50, usedElsewhere: 0 },
    SubscriptionDedicatedNCA100Gpus: { limit: 0, usedElsewhere: 0 },
    SessionPools: { limit: 50, usedElsewhere: 0 },
  },
  rateLimits: true,
  // Documented; of the bytes another page says 100 MiB (docs/facts/container-apps.md#query-limits).
  queryLimits: { rows: 500_000, bytes: 64_000_000, in30Seconds: 200 },
  keptExecutions: 100,
  keptRows: 200_000,
  keptOutputBytes: 256 * 1024 * 1024,
};
