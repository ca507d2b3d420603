// Azure Container Instances behind the backend port, through the genuine client.
import type { ContainerGroup, ContainerInstanceManagementClient } from '@azure/arm-containerinstance';

import { messageOf, RetryableError, TerminalError } from '../../domain/errors';
import { reason } from '../../domain/job/failure-reason';
import type { LogRead } from '../../domain/logs/log-read';
import { type WindowLimits, windowOf } from '../../domain/logs/log-window';
import type { PaceReport } from '../../domain/placement/pace';
import type { QuotaUsage } from '../../domain/placement/quota';
import type {
  CreateAnswer,
  CreateRequest,
  ListedWorkload,
  Observation,
  RemovalAnswer,
  WorkloadList,
  WorkloadRef,
} from '../../domain/ports/compute-backend';
import { type ComputeBackend, CONTAINER_NAME } from '../../domain/ports/compute-backend';
import { coreRestPipeline } from '../arm/core-sdk';
import { type AnswerHeaders, paceReport } from '../arm/pace-report';
import { listedWorkload } from '../arm/resource-tags';
import { areOurs } from '../workload-marks';
import { containerGroup } from './container-group';
import { createAnswer } from './create-answer';
import type { AciPlacement } from './placement';
import { readFailure } from './read-failure';
import { workloadOf } from './workload-state';

export interface AciClients {
  /** Retries nothing: the SDK would repeat a PUT, and a repeated PUT restarts the group (I1). */
  readonly creating: ContainerInstanceManagementClient;
  /** Reads and deletes; may retry. */
  readonly reading: ContainerInstanceManagementClient;
}

/** A read or delete that takes longer counts as unanswered, milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * What the service keeps of a log (docs/facts/container-instances.md#logs); MB and KB read the cautious way in each
 * place.
 */
const LOG_LIMITS: WindowLimits = {
  running: 4_000_000,
  ended: { atLeast: 16_000, atMost: 16_384, lines: 1_000 },
};

const KINDS: Readonly<Record<string, PaceReport['kind']>> = { PUT: 'create', DELETE: 'delete' };

/**
 * The configuration may have changed since the job was accepted. Then nothing is sent, which is as certain as a
 * refusal.
 */
function groupOrWhyNot(request: CreateRequest, placement: AciPlacement): ContainerGroup | TerminalError {
  try {
    return containerGroup(request, placement);
  } catch (error) {
    if (error instanceof TerminalError) return error;
    throw error;
  }
}

/** An answer as the client shows it to `onResponse`. */
interface RawAnswer {
  readonly request: { readonly method: string };
  readonly status: number;
  readonly headers: AnswerHeaders;
}

/**
 * `clients` is called at the first request, so that the SDK loads only when it is needed. `onPace` receives what each
 * answer says about the rate of requests.
 */
export function createAciBackend(
  placement: AciPlacement,
  clients: () => AciClients,
  onPace: (report: PaceReport) => void = () => undefined,
): ComputeBackend {
  const { resourceGroup } = placement;
  const pacing = (raw: RawAnswer): void => {
    const kind = KINDS[raw.request.method] ?? 'read';
    onPace(paceReport(kind, raw.status, raw.headers));
  };
  const limited = (): { abortSignal: AbortSignal; onResponse: (raw: RawAnswer) => void } => ({
    abortSignal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    onResponse: pacing,
  });

  async function create(request: CreateRequest): Promise<CreateAnswer> {
    const group = groupOrWhyNot(request, placement);
    if (group instanceof TerminalError) return { kind: 'refused', reason: reason('refused', group.message) };
    const { creating } = clients();
    let answer: CreateAnswer | undefined;
    try {
      await creating.containerGroups.beginCreateOrUpdate(resourceGroup, request.ref.name, group, {
        abortSignal: AbortSignal.timeout(request.timeoutMs),
        onResponse: (raw) => {
          pacing(raw);
          // The PUT's own answer counts; the client's first poll, which follows at once
          // (docs/facts/azure-resource-manager.md#poll-at-once), says nothing about it.
          if (raw.request.method === 'PUT') answer ??= createAnswer(raw.status, raw.bodyAsText ?? '');
        },
      });
    } catch (error) {
      answer ??= { kind: 'unknown', why: messageOf(error) };
    }
    return answer ?? { kind: 'unknown', why: 'The client reported no answer to the PUT.' };
  }

  async function observe(ref: WorkloadRef): Promise<Observation> {
    const { reading } = clients();
    try {
      const group = await reading.containerGroups.get(resourceGroup, ref.name, limited());
      return areOurs(group.tags, ref)
        ? { kind: 'present', workload: workloadOf(group) }
        : { kind: 'foreign' };
    } catch (error) {
      return readFailure(error, ref.name);
    }
  }

  async function logs(ref: WorkloadRef): Promise<LogRead> {
    const { reading } = clients();
    try {
      const { content } = await reading.containers.listLogs(
        resourceGroup,
        ref.name,
        CONTAINER_NAME,
        limited(),
      );
      return windowOf(content ?? '', LOG_LIMITS);
    } catch (error) {
      const { isRestError } = coreRestPipeline();
      const code = isRestError(error) ? (error.code ?? `HTTP ${String(error.statusCode)}`) : 'no answer';
      return { kind: 'unavailable', why: `${code}: ${messageOf(error)}` };
    }
  }

  async function remove(ref: WorkloadRef): Promise<RemovalAnswer> {
    const observation = await observe(ref);
    if (observation.kind !== 'present') return { sent: 'nothing', observation };
    const { reading } = clients();
    await reading.containerGroups.beginDelete(resourceGroup, ref.name, limited());
    return { sent: 'delete', observation };
  }

  async function list(owner: string): Promise<WorkloadList> {
    const { reading } = clients();
    let serverTime: number | undefined;
    const onResponse = (raw: RawAnswer): void => {
      pacing(raw);
      serverTime ??= Date.parse(raw.headers.get('date') ?? '');
    };
    const workloads: ListedWorkload[] = [];
    for await (const group of reading.containerGroups.listByResourceGroup(resourceGroup, {
      ...limited(),
      onResponse,
    })) {
      const listed = listedWorkload(group, owner, placement.name);
      if (listed !== undefined) workloads.push(listed);
    }
    if (serverTime === undefined || Number.isNaN(serverTime)) {
      throw new RetryableError(`The list of ${resourceGroup} came without the server's time (Date header).`, {
        resourceGroup,
      });
    }
    return { serverTime, workloads };
  }

  async function usages(): Promise<readonly QuotaUsage[]> {
    const { reading } = clients();
    const read: QuotaUsage[] = [];
    for await (const usage of reading.location.listUsage(placement.region, limited())) {
      const { name, currentValue, limit } = usage;
      if (name?.value === undefined || currentValue === undefined || limit === undefined) continue; // Says nothing.
      read.push({ name: name.value, used: currentValue, limit });
    }
    return read;
  }

  return { create, observe, logs, remove, list, usages };
}
