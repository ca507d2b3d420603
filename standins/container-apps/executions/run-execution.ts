// Drives an execution from its start to its end: replicas, retries, its deadline, and what it says of itself meanwhile.
import type { Timer } from '../../kernel/timers';
import type { ContainerAppsContext } from '../context';
import type { ContainerSpec } from '../jobs/container-spec';
import type { Job } from '../jobs/job-store';
import { createConsole } from '../logs/console';
import type { SystemEvent } from '../logs/system-events';
import type { Execution, ExecutionStatus, JobRef, Replica, ReplicaContainer } from './execution';
import { isOver } from './execution';
import { refusalOf } from './node-room';
import { platformVariables } from './platform-variables';
import { type ReplicaRun, runReplica } from './replica-run';
import { mountVolumes } from './replica-volumes';

export interface ExecutionOrder {
  readonly job: JobRef;
  readonly definition: Job['definition'];
  readonly containers: readonly ContainerSpec[];
  readonly initContainers: readonly ContainerSpec[];
  readonly name: string;
}

/** How long a replica without a node waits before it is looked at again. */
const ROOM_EVERY_MS = 1_000;
/** From a start until the platform gives up a replica that it never runs: 2 s (reported). */
const PLATFORM_FAILURE_MS = 2_000;

/** Makes an execution and begins it. */
export function runExecution(context: ContainerAppsContext, order: ExecutionOrder): Execution {
  const { clock, timers, settings, faults, ledger } = context;
  const { times, switches } = settings;
  const { job, definition, containers, initContainers, name } = order;
  const startedAt = clock.now();
  const entry = ledger.execution(job.name, name, startedAt);
  const runs = new Map<Replica, ReplicaRun>();
  const waiting = new Set<Timer>();
  const staysRunning = faults.take('stays-running') !== undefined;
  const isStuck = faults.take('stuck-processing') !== undefined;
  const failsByPlatform = !isStuck && faults.take('platform-failure') !== undefined;
  let succeeded = 0;
  let failures = 0;
  let closing = false;

  const execution: Execution = {
    name,
    id: `${job.id}/executions/${name}`,
    job,
    startedAt,
    containers,
    initContainers,
    status: isStuck ? 'Processing' : times.unknownMs > 0 ? 'Unknown' : 'Running',
    replicas: [],
    shown: true,
    stop: () => {
      if (isOver(execution) || closing) return;
      close('ManuallyStopped');
      later(times.stoppedMs, () => finish('Stopped'));
    },
    abandon: () => {
      close('ManuallyStopped');
      clearAll();
      if (!isOver(execution)) entry.ended(clock.now(), 'Abandoned');
      endSilentConsoles();
    },
  };

  function later(afterMs: number, then: () => void): void {
    const timer = timers.after(afterMs, () => {
      waiting.delete(timer);
      then();
    });
    waiting.add(timer);
  }

  function tell(event: Pick<SystemEvent, 'reason' | 'type' | 'message'>, replica?: Replica): void {
    context.systemEvents.record({
      ...event,
      at: clock.now(),
      environmentId: job.environmentId,
      job: job.name,
      execution: name,
      ...(replica && { replica: replica.name }),
    });
  }

  /** Ends what runs. Nothing more begins. */
  function close(reason: string): void {
    closing = true;
    clearAll();
    for (const run of runs.values()) run.end(reason);
  }

  function clearAll(): void {
    for (const timer of waiting) timer.cancel();
    waiting.clear();
  }

  function finish(status: ExecutionStatus, reason?: string, message?: string): void {
    if (isOver(execution)) return;
    clearAll();
    const now = clock.now();
    execution.status = status;
    const withEnd = status === 'Stopped' ? switches.stoppedEndTime : switches.endTime;
    if (withEnd === 'shown') execution.endedAt = now;
    if (reason !== undefined) execution.reason = reason;
    if (message !== undefined) execution.message = message;
    entry.ended(now, status);
    endSilentConsoles();
    for (const replica of execution.replicas) cleanUpLater(replica, status);
  }

  /** Of containers whose program never ran and never will: whoever follows them is told the end all the same. */
  function endSilentConsoles(): void {
    for (const { containers: mains, initContainers: inits } of execution.replicas)
      for (const { state, console } of [...mains, ...inits])
        if (state.kind === 'waiting') console.end(clock.now());
  }

  function cleanUpLater(replica: Replica, status: ExecutionStatus): void {
    later(times.cleanupMs, () => {
      replica.removed = true;
      const how = status === 'Succeeded' ? 'Succeeded' : 'Failed';
      const message = `JobCleanup: Pod - \`${replica.name}\` has exited with status ${how}`;
      tell({ reason: 'PodDeletion', type: 'Normal', message }, replica);
    });
  }

  function end(status: 'Succeeded' | 'Failed', reason: string, message: string): void {
    closing = true;
    later(times.completeMs, () => {
      tell({ reason, type: status === 'Succeeded' ? 'Normal' : 'Warning', message });
      finish(status, reason, message);
    });
  }

  function startReplica(): void {
    const replica: Replica = {
      name: `${name}-${context.names.replica()}`,
      createdAt: clock.now(),
      assigned: false,
      containers: containers.map((spec) => newContainer(spec)),
      initContainers: initContainers.map((spec) => newContainer(spec)),
      removed: false,
    };
    execution.replicas.push(replica);
    const message = `Successfully created pod for Job Execution \`${name}\``;
    tell({ reason: 'SuccessfulCreate', type: 'Normal', message }, replica);
    later(times.assignMs, () => assign(replica));
  }

  function newContainer(spec: ContainerSpec): ReplicaContainer {
    const container: ReplicaContainer = {
      spec,
      containerId: context.newId().replaceAll('-', ''),
      state: { kind: 'waiting', reason: 'PodInitializing' },
      console: createConsole((line) => {
        const replica = execution.replicas.find((each) =>
          [...each.containers, ...each.initContainers].includes(container),
        );
        if (replica) context.logTables.printed(execution, replica, container, line);
      }),
    };
    return container;
  }

  function assign(replica: Replica, told?: string): void {
    const refusal = refusalOf(context.room, execution);
    if (refusal !== undefined) {
      if (refusal !== told) tell({ reason: 'FailedScheduling', type: 'Warning', message: refusal }, replica);
      later(ROOM_EVERY_MS, () => assign(replica, refusal));
      return;
    }
    replica.assigned = true;
    const message = `Replica \`${replica.name}\` for Job Execution \`${name}\` has been scheduled to run on a node.`;
    tell({ reason: 'AssigningReplica', type: 'Normal', message }, replica);
    if (failsByPlatform) {
      later(PLATFORM_FAILURE_MS, () => {
        replica.endedAt = clock.now();
        giveUp();
      });
      return;
    }
    const ports = {
      ...context,
      times,
      pullFactor: () => faults.held('slow-pulls').at(-1)?.factor ?? 1,
      mount: () =>
        mountVolumes(definition.volumes, context.environments.byId(job.environmentId), context.volumeFolders),
      environmentOf: (container: ReplicaContainer) =>
        variablesOf(container, definition, platformVariables(job.name, name, replica.name)),
      tell: (event: Pick<SystemEvent, 'reason' | 'type' | 'message'>) => tell(event, replica),
      startProgram: (container: string) => entry.program(replica.name, container, clock.now()),
    };
    runs.set(
      replica,
      runReplica(ports, replica, (isGood) => replicaEnded(replica, isGood)),
    );
  }

  function replicaEnded(replica: Replica, isGood: boolean): void {
    runs.delete(replica);
    if (closing || staysRunning) return;
    if (isGood) {
      succeeded += 1;
      if (succeeded >= definition.completions)
        end('Succeeded', 'Completed', 'Execution has successfully completed');
      else fill();
      return;
    }
    failures += 1;
    if (failures > definition.replicaRetryLimit) giveUp();
    else later(times.retryMs * 2 ** (failures - 1), fill);
  }

  function giveUp(): void {
    for (const run of runs.values()) run.end('BackoffLimitExceeded');
    end('Failed', 'BackoffLimitExceeded', 'Job has reached the specified backoff limit');
  }

  /** As many replicas at once as are asked for, and never more than completions are missing (Kubernetes' rule). */
  function fill(): void {
    const wanted = Math.min(definition.parallelism, definition.completions - succeeded);
    const active = execution.replicas.filter(({ endedAt }) => endedAt === undefined).length;
    for (let more = active; more < wanted; more += 1) startReplica();
  }

  // Not even its deadline ends one that is stuck (docs/facts/container-apps.md#platform-trouble).
  if (isStuck) return execution;
  later(definition.replicaTimeout * 1_000, () => {
    const message = 'Job was active longer than specified deadline';
    close('DeadlineExceeded');
    tell({ reason: 'DeadlineExceeded', type: 'Warning', message });
    finish('Failed', 'DeadlineExceeded', message);
  });
  if (times.unknownMs > 0)
    later(times.unknownMs, () => {
      if (execution.status === 'Unknown') execution.status = 'Running';
    });
  fill();
  return execution;
}

function variablesOf(
  { spec }: ReplicaContainer,
  { secrets }: Pick<Job['definition'], 'secrets'>,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  const given = (spec.env ?? []).map(({ name, value, secretRef }): [string, string] => [
    name,
    value ?? secrets.find((secret) => secret.name === secretRef)?.value ?? '',
  ]);
  return { ...Object.fromEntries(given), ...own };
}
