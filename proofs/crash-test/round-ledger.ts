// What the stand-ins say that they were asked for, ran and kept, in the same words: the ledgers of one round.
import { readAppsLedger } from '../../standins/stack/apps-view';
import { readClusterLedger } from '../../standins/stack/cluster-view';
import { readLedger } from '../../standins/stack/emulator-view';
import { type Platform, PLATFORMS } from './crash-placements';
import type { CrashStack } from './crash-stack';

export interface RoundLedger {
  /**
   * Of container groups every PUT, refused ones too; of a cluster every Job that was made; of Container Apps every
   * start, refused ones too.
   */
  readonly creates: readonly { readonly workload: string }[];
  /** Every start of a program. Instants in epoch milliseconds. */
  readonly programs: readonly {
    readonly workload: string;
    readonly exitCode?: number | undefined;
    readonly endedAt?: number | undefined;
    readonly bytes: number;
  }[];
  /** Container groups, Jobs, pods, Secrets, definitions and executions, each named with its kind. */
  readonly objects: readonly { readonly name: string; readonly goneAt?: number | undefined }[];
}

/** Each platform's ledger since the stack was booted. */
export type Ledgers = Readonly<Record<Platform, RoundLedger>>;

export async function readLedgers({
  stack,
  cluster,
  appsUrl,
}: Pick<CrashStack, 'stack' | 'cluster' | 'appsUrl'>): Promise<Ledgers> {
  const [onInstances, onCluster, onApps] = await Promise.all([
    readLedger(stack.emulatorUrl),
    readClusterLedger(cluster),
    readAppsLedger(appsUrl),
  ]);
  return {
    apps: {
      creates: onApps.starts.map(({ job }) => ({ workload: job })),
      programs: onApps.programs.map(({ job, ...program }) => ({ workload: job, ...program })),
      objects: [
        ...onApps.jobs.map(({ job, goneAt }) => ({ name: `definition ${job}`, goneAt })),
        ...onApps.executions.map(({ execution, endedAt }) => ({
          name: `execution ${execution}`,
          goneAt: endedAt,
        })),
      ],
    },
    cluster: {
      creates: onCluster.objects
        .filter(({ resource }) => resource === JOBS)
        .map(({ name }) => ({ workload: name })),
      programs: onCluster.programs.map(({ job, pod, ...program }) => ({ workload: job ?? pod, ...program })),
      objects: onCluster.objects.map(({ resource, name, goneAt }) => ({
        name: `${resource} ${name}`,
        goneAt,
      })),
    },
    instances: {
      creates: onInstances.puts.map(({ group }) => ({ workload: group })),
      programs: onInstances.programs.map(({ group, ...program }) => ({ workload: group, ...program })),
      objects: onInstances.groups.map(({ group, goneAt }) => ({ name: `group ${group}`, goneAt })),
    },
  };
}

const JOBS = 'jobs.batch';

/** What the ledgers have now and did not have before. Entries of definitions and executions stand side by side. */
export function since(before: Ledgers, now: Ledgers): Ledgers {
  return {
    apps: later(before.apps, now.apps),
    cluster: later(before.cluster, now.cluster),
    instances: later(before.instances, now.instances),
  };
}

function later(before: RoundLedger, now: RoundLedger): RoundLedger {
  const earlier = new Set(before.objects.map(({ name }) => name));
  return {
    creates: now.creates.slice(before.creates.length),
    programs: now.programs.slice(before.programs.length),
    objects: now.objects.filter(({ name }) => !earlier.has(name)),
  };
}

/** All as one. */
export function together(ledgers: Ledgers): RoundLedger {
  const all = PLATFORMS.map((platform) => ledgers[platform]);
  return {
    creates: all.flatMap(({ creates }) => creates),
    programs: all.flatMap(({ programs }) => programs),
    objects: all.flatMap(({ objects }) => objects),
  };
}
