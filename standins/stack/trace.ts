// What a platform's own record says of one workload, in the same words whatever the platform.
import type { Ledger as AciLedger } from '../aci/ledger';
import type { ContainerAppsLedger } from '../container-apps/ledger';
import type { Ledger as ClusterLedger } from '../kubernetes/ledger';

export interface Trace {
  /** What runs a program: each PUT of a container group, each Job on a cluster, each start on Container Apps. */
  readonly creates: number;
  /** Starts of its programs, in their order. Instants in epoch milliseconds. */
  readonly programs: readonly TracedProgram[];
  /** When nothing of it was left, epoch milliseconds; undefined: something is left, or nothing was ever made. */
  readonly goneAt: number | undefined;
}

interface TracedProgram {
  readonly endedAt?: number | undefined;
  readonly exitCode?: number | undefined;
  readonly bytes: number;
}

/** Of a container group. */
export function traceOfGroup(ledger: AciLedger, group: string): Trace {
  return {
    creates: ledger.puts.filter((put) => put.group === group).length,
    programs: ledger.programs.filter((program) => program.group === group),
    goneAt: ledger.groups.find((entry) => entry.group === group)?.goneAt,
  };
}

/** Of a Job with its pods and Secrets, which are named after it or belong to its pods. */
export function traceOfJob(ledger: ClusterLedger, job: string): Trace {
  const objects = ledger.objects.filter(({ name }) => name === job || name.startsWith(`${job}-`));
  const gone = objects.map(({ goneAt }) => goneAt);
  return {
    creates: objects.filter(({ resource }) => resource === 'jobs.batch').length,
    programs: ledger.programs.filter((program) => program.job === job),
    goneAt:
      gone.length === 0 || gone.includes(undefined) ? undefined : Math.max(...gone.map((at) => at ?? 0)),
  };
}

/** Of a definition of Container Apps with its executions. */
export function traceOfDefinition(ledger: ContainerAppsLedger, job: string): Trace {
  return {
    creates: ledger.starts.filter((start) => start.job === job).length,
    programs: ledger.programs.filter((program) => program.job === job),
    goneAt: ledger.jobs.findLast((entry) => entry.job === job)?.goneAt,
  };
}
