// Requests about managed environments: make, change, read, list, remove.
import { ArmFault } from '../../wire/arm-error';
import { json, type WireRequest, type WireResponse } from '../../wire/handler';
import { apiVersionOf } from '../api-version';
import type { Action, ContainerAppsContext } from '../context';
import { isObject, type JsonObject, mergePatch, objectAt, readBody } from '../json-shapes';
import { type Operation, pollUrl } from '../operations';
import { shortRegion } from '../regions';
import { notFoundByGateway } from '../resource-fault';
import { streamOriginOf } from '../stream-origin';
import {
  type Environment,
  environmentId,
  type EnvironmentPlace,
  type EnvironmentStorage,
} from './environment-store';
import { environmentView } from './environment-view';
import { readProfiles } from './read-profiles';

const STATUSES = 'managedEnvironmentOperationStatuses';
const RESULTS = 'managedEnvironmentOperationResults';

export const getEnvironment: Action = (context, request, match) =>
  json(200, viewFor(context, request, found(context, match)));

export const listEnvironments: Action = (context, request, match) =>
  listed(context, request, context.environments.list(match.param('subscription')));

export const listEnvironmentsOfGroup: Action = (context, request, match) =>
  listed(
    context,
    request,
    context.environments.list(match.param('subscription'), match.param('resourceGroup')),
  );

export const putEnvironment: Action = (context, request, match) => {
  const place = placeOf(match);
  const body = readBody(request);
  const before = context.environments.get(place);
  if (before?.state === 'Waiting') throw inProgress(place.name);
  const { profiles, workspace } = readSent(body);
  if (before?.profiles && profiles === undefined) throw profilesRemoved();
  const now = context.clock.now();
  const location = typeof body['location'] === 'string' ? body['location'] : (before?.location ?? '');
  const environment: Environment = {
    place,
    id: environmentId(place),
    location,
    profiles,
    state: 'Waiting',
    createdAt: before?.createdAt ?? now,
    modifiedAt: now,
    tags: isObject(body['tags']) ? body['tags'] : undefined,
    workspace,
    storages: before?.storages ?? new Map<string, EnvironmentStorage>(),
    echoed: objectAt(body, 'properties'),
  };
  context.environments.add(environment);
  const operation = begin(context, request, environment, context.settings.times.environmentMs);
  return json(201, viewFor(context, request, environment), {
    'azure-asyncoperation': urlOf(context, request, operation, STATUSES),
    'x-ms-async-operation-timeout': 'PT15M',
  });
};

export const patchEnvironment: Action = (context, request, match) => {
  const environment = found(context, match);
  if (environment.state === 'Waiting') throw inProgress(environment.place.name);
  const merged = mergePatch({ properties: environment.echoed }, readBody(request));
  const { profiles, workspace } = readSent(merged);
  if (environment.profiles && profiles?.length === 0) throw profilesRemoved();
  environment.profiles = profiles ?? environment.profiles;
  environment.workspace = workspace ?? environment.workspace;
  environment.echoed = objectAt(merged, 'properties');
  environment.state = 'Waiting';
  environment.modifiedAt = context.clock.now();
  const operation = begin(context, request, environment, context.settings.times.environmentPatchMs);
  return accepted(context, request, operation);
};

export const deleteEnvironment: Action = (context, request, match) => {
  const environment = found(context, match);
  environment.state = 'ScheduledForDelete';
  const { operation, settle } = startOperation(context, environment, () => undefined);
  context.timers.after(context.settings.times.environmentMs, () => {
    context.environments.remove(environment);
    settle();
  });
  return accepted(context, request, operation);
};

function accepted(context: ContainerAppsContext, request: WireRequest, operation: Operation): WireResponse {
  return { status: 202, headers: { location: urlOf(context, request, operation, RESULTS) } };
}

function readSent(body: JsonObject): Pick<Environment, 'profiles' | 'workspace'> {
  const properties = objectAt(body, 'properties');
  const logs = objectAt(objectAt(properties, 'appLogsConfiguration'), 'logAnalyticsConfiguration');
  const { customerId } = logs;
  return {
    profiles: readProfiles(properties['workloadProfiles']),
    workspace: typeof customerId === 'string' ? customerId : undefined,
  };
}

function begin(
  context: ContainerAppsContext,
  request: WireRequest,
  environment: Environment,
  afterMs: number,
): Operation {
  const { operation, settle } = startOperation(context, environment, () =>
    viewFor(context, request, environment),
  );
  context.timers.after(afterMs, () => {
    if (environment.state === 'Waiting') environment.state = 'Succeeded';
    settle();
  });
  return operation;
}

function startOperation(
  context: ContainerAppsContext,
  { place, location }: Environment,
  result: () => unknown,
): { operation: Operation; settle: () => void } {
  const operation: Operation = {
    id: context.names.operation(),
    startedAt: context.clock.now(),
    region: shortRegion(location),
    subscription: place.subscription,
    state: 'InProgress',
    result,
  };
  context.operations.add(operation);
  return { operation, settle: () => void (operation.state = 'Succeeded') };
}

function urlOf(
  context: ContainerAppsContext,
  request: WireRequest,
  operation: Operation,
  kind: string,
): string {
  const version = apiVersionOf(request.url).name;
  return pollUrl(request.url.origin, operation, kind, version, context.clock.now(), context.newId());
}

function listed(
  context: ContainerAppsContext,
  request: WireRequest,
  environments: readonly Environment[],
): WireResponse {
  return json(200, { value: environments.map((each) => viewFor(context, request, each)) });
}

function viewFor(context: ContainerAppsContext, request: WireRequest, environment: Environment): JsonObject {
  return environmentView(environment, apiVersionOf(request.url), streamOriginOf(context, request));
}

function placeOf(match: Parameters<Action>[2]): EnvironmentPlace {
  return {
    subscription: match.param('subscription'),
    resourceGroup: match.param('resourceGroup'),
    name: match.param('name'),
  };
}

/** The environment that a request names. Throws the gateway's 404. */
export function found({ environments }: ContainerAppsContext, match: Parameters<Action>[2]): Environment {
  const place = placeOf(match);
  const environment = environments.get(place);
  if (!environment) throw notFoundByGateway('managedEnvironments', place.name, place.resourceGroup);
  return environment;
}

/** Reported inside a deployment; the status is inferred. */
function inProgress(name: string): ArmFault {
  return new ArmFault(
    409,
    'ManagedEnvironmentOperationInProgress',
    `Cannot modify Container Apps environment ${name} because another operation is in progress.`,
  );
}

/** Recorded in October 2023. */
function profilesRemoved(): ArmFault {
  return new ArmFault(
    400,
    'WorkloadProfileCannotRemoveAll',
    'At least 1 workload profile must be specified.',
  );
}
