// Reads all that stands under a name: the definition, its executions, and the container of the first.
import type { Job } from '@azure/arm-appcontainers';

import { messageOf, RunnerError } from '../../../domain/errors';
import { CONTAINER_NAME, type Observation, type WorkloadRef } from '../../../domain/ports/compute-backend';
import { areOurs } from '../../workload-marks';
import { readFailure } from '../read-failure';
import { containerView } from '../reading/container-view';
import { byAge, executionView } from '../reading/execution-view';
import type { ExecutionView, Sight } from '../reading/sight';
import type { Apps } from './apps-of';

type Unreadable = Extract<Observation, { kind: 'unreadable' }>;

export interface Found {
  readonly kind: 'found';
  readonly sight: Sight;
  /** The server's time, epoch milliseconds; undefined where it told none. */
  readonly now: number | undefined;
}

/**
 * Never rejects, but for a defect of ours. The definition is read first, so a start meanwhile is among the executions.
 */
export async function lookAt(apps: Apps, ref: WorkloadRef): Promise<Found | Unreadable> {
  let now: number | undefined;
  const job = await definitionOf(apps, ref, (told) => {
    now = told;
  });
  if (job.kind === 'unreadable') return job;
  if (job.kind === 'absent')
    return { kind: 'found', sight: { definition: undefined, executions: [], rows: [] }, now };
  const { tags, provisioningState } = job.definition;
  const definition = { isOurs: areOurs(tags, ref), provisioningState };
  // What a stranger's definition runs is no business of ours.
  if (!definition.isOurs) return { kind: 'found', sight: { definition, executions: [], rows: [] }, now };
  try {
    const executions = await executionsOf(apps, ref.name);
    return { kind: 'found', sight: { definition, executions, rows: [] }, now };
  } catch (error) {
    // Its definition was there a moment ago: a 404 says that it is going, not what became of its executions.
    return { kind: 'unreadable', why: messageOf(error), scopeMissing: false };
  }
}

type FoundDefinition =
  { readonly kind: 'there'; readonly definition: Job } | { readonly kind: 'absent' } | Unreadable;

export async function definitionOf(
  apps: Apps,
  { name }: WorkloadRef,
  onTime: (now: number) => void = () => undefined,
): Promise<FoundDefinition> {
  try {
    const options = apps.options('read', ({ headers }) => {
      const told = Date.parse(headers.get('date') ?? '');
      if (!Number.isNaN(told)) onTime(told);
    });
    const { reading } = apps.clients();
    return { kind: 'there', definition: await reading.jobs.get(apps.placement.resourceGroup, name, options) };
  } catch (error) {
    return readFailure(error, name);
  }
}

async function executionsOf(apps: Apps, job: string): Promise<ExecutionView[]> {
  const { reading } = apps.clients();
  const read: ExecutionView[] = [];
  for await (const execution of reading.jobsExecutions.list(
    apps.placement.resourceGroup,
    job,
    apps.options('read'),
  ))
    read.push(executionView(execution));
  const [first, ...others] = byAge(read);
  return first === undefined ? [] : [await withContainer(apps, job, first), ...others];
}

const ENDED: readonly string[] = ['Succeeded', 'Failed', 'Stopped'];

/** The list of replicas tells more of an execution that is said to run and shows no start of its program. */
async function withContainer(apps: Apps, job: string, execution: ExecutionView): Promise<ExecutionView> {
  const needsMore = !ENDED.includes(execution.status) && execution.container?.startedAt === undefined;
  if (!needsMore) return execution;
  try {
    const containers = await apps.clients().replicas.containers(apps.placement, job, execution.name);
    const shown = containers.find(({ name }) => name === CONTAINER_NAME);
    if (shown === undefined) return execution;
    const view = containerView(shown);
    const hasStarted = view.hasStarted || execution.container?.hasStarted === true;
    return { ...execution, container: { ...execution.container, ...view, hasStarted } };
  } catch (error) {
    // A preview of the API: without it the execution tells what it tells.
    if (!(error instanceof RunnerError)) throw error;
    return execution;
  }
}

/** Whether an execution still has, or may get, a program. */
export function isAlive({ status }: ExecutionView): boolean {
  return !ENDED.includes(status);
}
