// Reads all that stands under a name: the definition, its executions, and the container of the first.
import type { Job } from '@azure/arm-appcontainers';

import { messageOf, RunnerError } from '../../../domain/errors';
import { CONTAINER_NAME, type Observation, type WorkloadRef } from '../../../domain/ports/compute-backend';
import { areOurs } from '../../workload-marks';
import { readFailure } from '../read-failure';
import { containerView, isWaiting } from '../reading/container-view';
import { byAge, executionView } from '../reading/execution-view';
import { type ExecutionView, isAlive, type Sight } from '../reading/sight';
import { type Apps, withinOneLook } from './apps-of';

type Unreadable = Extract<Observation, { kind: 'unreadable' }>;

export interface Found {
  readonly kind: 'found';
  readonly sight: Sight;
  /** Where the platform says what it does for the job. */
  readonly eventsAddress: string | undefined;
  /** The server's time, epoch milliseconds; undefined where it told none. */
  readonly now: number | undefined;
}

/**
 * Never rejects, but for a defect of ours. The definition is read first, so a start meanwhile is among the executions.
 */
export async function lookAt(
  apps: Apps,
  ref: WorkloadRef,
  within: AbortSignal = withinOneLook(),
): Promise<Found | Unreadable> {
  let now: number | undefined;
  const job = await definitionOf(apps, ref, within, (told) => {
    now = told;
  });
  if (job.kind === 'unreadable') return job;
  if (job.kind === 'absent') return found({ definition: undefined, executions: [], rows: [] }, undefined);
  const { tags, provisioningState, eventStreamEndpoint } = job.definition;
  const definition = { isOurs: areOurs(tags, ref), provisioningState };
  // What a stranger's definition runs is no business of ours.
  if (!definition.isOurs) return found({ definition, executions: [], rows: [] }, undefined);
  try {
    const executions = await executionsOf(apps, ref.name, within);
    return found({ definition, executions, rows: [] }, eventStreamEndpoint);
  } catch (error) {
    // Its definition was there a moment ago: a 404 says that it is going, not what became of its executions.
    return { kind: 'unreadable', why: messageOf(error), scopeMissing: false };
  }

  function found(sight: Sight, eventsAddress: string | undefined): Found {
    return { kind: 'found', sight, eventsAddress, now };
  }
}

type FoundDefinition =
  { readonly kind: 'there'; readonly definition: Job } | { readonly kind: 'absent' } | Unreadable;

export async function definitionOf(
  apps: Apps,
  { name }: WorkloadRef,
  within: AbortSignal = withinOneLook(),
  onTime: (now: number) => void = () => undefined,
): Promise<FoundDefinition> {
  try {
    const options = apps.options(
      'read',
      ({ headers }) => {
        const told = Date.parse(headers.get('date') ?? '');
        if (!Number.isNaN(told)) onTime(told);
      },
      within,
    );
    const { reading } = apps.clients();
    return { kind: 'there', definition: await reading.jobs.get(apps.placement.resourceGroup, name, options) };
  } catch (error) {
    return readFailure(error, name);
  }
}

async function executionsOf(apps: Apps, job: string, within: AbortSignal): Promise<ExecutionView[]> {
  const { reading } = apps.clients();
  const read: ExecutionView[] = [];
  for await (const execution of reading.jobsExecutions.list(
    apps.placement.resourceGroup,
    job,
    apps.options('read', undefined, within),
  ))
    read.push(executionView(execution));
  const [first, ...others] = byAge(read);
  return first === undefined ? [] : [await withContainer(apps, job, first, within), ...others];
}

/** The list of replicas tells more of an execution that is said to run and shows no start of its program. */
async function withContainer(
  apps: Apps,
  job: string,
  execution: ExecutionView,
  within: AbortSignal,
): Promise<ExecutionView> {
  const needsMore = isAlive(execution) && execution.container?.startedAt === undefined;
  if (!needsMore) return execution;
  try {
    const containers = await apps.clients().replicas.containers(apps.placement, job, execution.name, within);
    const programs = containers.filter(({ name }) => name === CONTAINER_NAME);
    const [shown] = programs;
    if (shown === undefined) return execution;
    const view = containerView(shown);
    const hasStarted = view.hasStarted || execution.container?.hasStarted === true;
    const areWaiting = !hasStarted && programs.every(isWaiting);
    return {
      ...execution,
      container: { ...execution.container, ...view, hasStarted, isWaiting: areWaiting },
    };
  } catch (error) {
    // A preview of the API: without it the execution tells what it tells.
    if (!(error instanceof RunnerError)) throw error;
    return execution;
  }
}
