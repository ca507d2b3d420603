// What both stand-ins say that they were asked for, ran and kept, in the same words: the ledgers of one round.
import { readClusterLedger } from '../../standins/stack/cluster-view';
import { readLedger } from '../../standins/stack/emulator-view';
import type { CrashStack } from './crash-stack';

export interface RoundLedger {
  /** Of container groups every PUT, refused ones too; of a cluster every Job that was made. */
  readonly creates: readonly { readonly workload: string }[];
  /** Every start of a program. Instants in epoch milliseconds. */
  readonly programs: readonly {
    readonly workload: string;
    readonly exitCode?: number | undefined;
    readonly endedAt?: number | undefined;
    readonly bytes: number;
  }[];
  /** Container groups, Jobs, pods and Secrets, each named with its kind. */
  readonly objects: readonly { readonly name: string; readonly goneAt?: number | undefined }[];
}

/** Both platforms' ledgers since the stack was booted. */
export interface Ledgers {
  readonly instances: RoundLedger;
  readonly cluster: RoundLedger;
}

export async function readLedgers({
  stack,
  cluster,
}: Pick<CrashStack, 'stack' | 'cluster'>): Promise<Ledgers> {
  const [onInstances, onCluster] = await Promise.all([
    readLedger(stack.emulatorUrl),
    readClusterLedger(cluster),
  ]);
  return {
    instances: {
      creates: onInstances.puts.map(({ group }) => ({ workload: group })),
      programs: onInstances.programs.map(({ group, ...program }) => ({ workload: group, ...program })),
      objects: onInstances.groups.map(({ group, goneAt }) => ({ name: `group ${group}`, goneAt })),
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
  };
}

const JOBS = 'jobs.batch';

/** What the ledgers have now and did not have before. */
export function since(before: Ledgers, now: Ledgers): Ledgers {
  return {
    instances: later(before.instances, now.instances),
    cluster: later(before.cluster, now.cluster),
  };
}

function later(before: RoundLedger, now: RoundLedger): RoundLedger {
  return {
    creates: now.creates.slice(before.creates.length),
    programs: now.programs.slice(before.programs.length),
    objects: now.objects.slice(before.objects.length),
  };
}

/** Both as one. */
export function together({ instances, cluster }: Ledgers): RoundLedger {
  return {
    creates: [...instances.creates, ...cluster.creates],
    programs: [...instances.programs, ...cluster.programs],
    objects: [...instances.objects, ...cluster.objects],
  };
}
