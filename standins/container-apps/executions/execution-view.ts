// An execution as an answer shows it.
import type { ApiVersion } from '../api-version';
import { type ContainerSpec } from '../jobs/container-spec';
import { containerView } from '../jobs/job-view';
import type { JsonObject } from '../json-shapes';
import { secondStamp } from '../stamps';
import type { Switches } from '../switches';
import { type Execution, isOver, type Replica, type ReplicaContainer } from './execution';
import { shownVariables } from './platform-variables';

/** Versions whose lists show `detailedStatus` (recorded), and 2026-07-01 by its types. */
const WITH_DETAIL = [
  '2024-02-02-preview',
  '2024-10-02-preview',
  '2025-02-02-preview',
  '2025-10-02-preview',
  '2026-07-01',
];
/** Versions whose types have `reason` and `message`. */
const WITH_REASON = ['2025-10-02-preview', '2026-07-01'];
/** The code of a container that has not ended (recorded). */
const NO_CODE_YET = -1;

export function executionView(
  execution: Execution,
  version: ApiVersion,
  switches: Switches,
  as: 'one' | 'listed',
): JsonObject {
  const { name, id, status, startedAt, endedAt, reason, message } = execution;
  const withReason = version.isOneOf(...WITH_REASON) && switches.reasonAndMessage === 'shown';
  const withDetail = version.isOneOf(...WITH_DETAIL) && (as === 'listed' || switches.detailInGet === 'shown');
  const detail = withDetail ? detailedStatus(execution, switches) : undefined;
  return {
    id,
    name,
    type: 'Microsoft.App/jobs/executions',
    properties: {
      status,
      startTime: secondStamp(startedAt),
      ...(endedAt !== undefined && { endTime: secondStamp(endedAt) }),
      ...(withReason && reason !== undefined && { reason, message }),
      template: templateView(execution, version, switches),
      ...(detail && { detailedStatus: detail }),
    },
  };
}

function templateView(
  { job, containers, initContainers }: Execution,
  version: ApiVersion,
  switches: Switches,
): JsonObject {
  const injected = shownVariables(job.name, switches.shownVariables);
  const view = (container: ContainerSpec, own: typeof injected): JsonObject => {
    // A job's probes are not shown (recorded).
    const shown = Object.entries(containerView(container, version)).filter(([name]) => name !== 'probes');
    const env = [...(container.env ?? []), ...own];
    return { ...Object.fromEntries(shown), ...(env.length > 0 && { env }) };
  };
  return {
    containers: containers.map((container) => view(container, injected)),
    initContainers: initContainers.map((container) => view(container, [])),
  };
}

/** Empty while nothing has begun; undefined: not shown. */
function detailedStatus(
  execution: Execution,
  { endedDetail, outOfMemoryWord }: Switches,
): JsonObject | undefined {
  if (isOver(execution) && endedDetail === 'absent') return undefined;
  if (isOver(execution) && endedDetail === 'empty') return {};
  const begun = execution.replicas.filter(hasBegun);
  if (begun.length === 0) return {};
  return {
    replicas: begun.map(({ name, containers }) => ({
      name,
      containers: containers.map((container) => containerDetail(container, outOfMemoryWord)),
    })),
  };
}

function hasBegun({ containers }: Replica): boolean {
  return containers.some(({ state }) => state.kind !== 'waiting');
}

function containerDetail({ spec, state }: ReplicaContainer, outOfMemoryWord: string): JsonObject {
  const { name } = spec;
  switch (state.kind) {
    case 'waiting':
      return { name, code: NO_CODE_YET, additionalInformation: state.reason, status: 'Waiting' };
    case 'running':
      return { name, code: NO_CODE_YET, additionalInformation: '', status: 'Running' };
    case 'terminated': {
      const additionalInformation = state.reason === 'OOMKilled' ? outOfMemoryWord : state.reason;
      const status = state.exitCode === 0 ? 'Succeeded' : 'Failed';
      return { name, code: state.exitCode ?? NO_CODE_YET, additionalInformation, status };
    }
  }
}
