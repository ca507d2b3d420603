// A group as the service shows it: the definition as sent, without its secrets, and what has become of it.
import type { ContainerEvent, ContainerLife, Ended } from './container-life';
import { type GroupLife, NOT_IN_TIME, stateOf } from './group-lifecycle';
import type { ContainerRequest, GroupRequest, VolumeRequest } from './group-request';

type Json = Record<string, unknown>;

export interface ShownGroup {
  /** The ARM id. */
  readonly id: string;
  readonly name: string;
  readonly definition: GroupRequest;
  readonly life: GroupLife;
}

export interface ViewOptions {
  readonly instanceViews: boolean;
  /**
   * Whether each container shows its config map. Versions since 2024-05-01-preview show one, empty if none was sent.
   */
  readonly configMaps: boolean;
}

/**
 * The body of a single GET; a list shows the same without any instance view (docs/facts/container-instances.md#views).
 */
export function viewGroup(group: ShownGroup, options: ViewOptions): Json {
  const { definition, life } = group;
  const { location, tags, properties, ...rest } = definition;
  const containers = (requests: readonly ContainerRequest[]): Json[] =>
    requests.map((request) => viewContainer(request, life, options));
  return {
    properties: {
      ...withoutSecrets(properties),
      sku: properties.sku ?? 'Standard',
      provisioningState: life.deployment,
      containers: containers(properties.containers),
      initContainers: containers(properties.initContainers ?? []),
      restartPolicy: life.restartPolicy,
      osType: properties.osType,
      provisioningTimeoutInSeconds: 1800,
      isCustomProvisioningTimeout: false,
      ...(options.instanceViews && { instanceView: { events: groupEvents(life), state: stateOf(life) } }),
    },
    ...rest,
    id: group.id,
    name: group.name,
    type: 'Microsoft.ContainerInstance/containerGroups',
    location,
    tags: tags ?? {},
  };
}

/** The events of all containers, as an operation's poll shows them. */
export function operationEvents(life: GroupLife): Json[] {
  return [...groupEvents(life), ...life.containers.flatMap(viewEvents)];
}

/** The group's own events: of shares that could not be mounted, and of a refusal for capacity. */
function groupEvents({ refusal, containers, mountFailures }: GroupLife): Json[] {
  const mounts = mountFailures === undefined ? [] : [viewEvent(mountFailures)];
  return [...mounts, ...capacityEvents(refusal, containers)];
}

function capacityEvents(refusal: string | undefined, containers: readonly ContainerLife[]): Json[] {
  if (refusal === undefined || refusal === NOT_IN_TIME || containers.some(({ events }) => events.length > 0))
    return [];
  return [{ count: 1, name: 'InsufficientCapacity.', message: refusal, type: 'Warning' }];
}

function viewContainer(request: ContainerRequest, life: GroupLife, options: ViewOptions): Json {
  const { environmentVariables, ...properties } = request.properties;
  const container = life.containers.find(({ name }) => name === request.name);
  const instanceView = container && options.instanceViews ? viewInstance(container) : undefined;
  return {
    name: request.name,
    properties: {
      ...(options.configMaps && { configMap: { keyValuePairs: {} } }),
      ...properties,
      environmentVariables: (environmentVariables ?? []).map(({ name, value }) => ({
        name,
        ...(typeof value === 'string' && { value }),
      })),
      ...(instanceView && { instanceView }),
    },
  };
}

/** A container's instance view; undefined if its turn hasn't come or its group was stopped. */
function viewInstance(container: ContainerLife): Json | undefined {
  if (container.phase.kind === 'idle') return undefined;
  return {
    restartCount: container.restartCount,
    currentState: currentState(container),
    ...(container.previous && { previousState: terminated(container.previous) }),
    events: viewEvents(container),
  };
}

function currentState({ phase }: ContainerLife): Json {
  switch (phase.kind) {
    case 'idle':
    case 'pulling':
    case 'pull-back-off':
    case 'start-back-off':
      return { state: 'Waiting', detailStatus: '' };
    case 'restart-back-off':
      return { state: 'Waiting', detailStatus: 'CrashLoopBackOff: Back-off restarting failed' };
    case 'running':
      return { state: 'Running', startTime: time(phase.startedAt), detailStatus: '' };
    case 'ended':
      return terminated(phase);
  }
}

/** The state of an ended program. `Completed` is recorded for 0; `Error` is what Kubernetes says of the rest. */
function terminated({ startedAt, endedAt, exitCode }: Ended): Json {
  return {
    state: 'Terminated',
    startTime: time(startedAt),
    exitCode,
    finishTime: time(endedAt),
    detailStatus: exitCode === 0 ? 'Completed' : 'Error',
  };
}

function viewEvents({ events }: ContainerLife): Json[] {
  return events.map(viewEvent);
}

function viewEvent({
  count,
  firstAt,
  lastAt,
  name,
  message,
  type,
}: Omit<ContainerEvent, 'incarnation'>): Json {
  return {
    count,
    firstTimestamp: time(firstAt),
    lastTimestamp: time(lastAt),
    name,
    message,
    type,
  };
}

/**
 * The properties without their secrets, because the service echoes none (docs/facts/container-instances.md#views).
 * Those of containers are left out above.
 */
function withoutSecrets(properties: GroupRequest['properties']): Json {
  const { imageRegistryCredentials, diagnostics, volumes, ...rest } = properties;
  const logAnalytics = diagnostics?.logAnalytics;
  return {
    ...rest,
    ...(imageRegistryCredentials && {
      imageRegistryCredentials: imageRegistryCredentials.map((credential) => without(credential, 'password')),
    }),
    ...(volumes && { volumes: volumes.map(viewVolume) }),
    ...(logAnalytics && { diagnostics: { logAnalytics: without(logAnalytics, 'workspaceKey') } }),
  };
}

/** A volume without its account's key and without the contents of its secrets. */
function viewVolume({ azureFile, secret, ...rest }: VolumeRequest): Json {
  return {
    ...rest,
    ...(azureFile && { azureFile: without(azureFile, 'storageAccountKey') }),
    ...(secret && { secret: {} }),
  };
}

function without(object: Json, key: string): Json {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

function time(at: number): string {
  return new Date(at).toISOString();
}
