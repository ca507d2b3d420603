// A deployment as ARM shows it: itself, its operations, and how it failed.
import { displayName, REGIONS } from '../aci/regions';
import { type DeployedResource, type Deployment, deploymentId, deploymentState } from './deployment';
import type { Evaluated } from './evaluate-template';

type Json = Record<string, unknown>;

/**
 * A deployment's body. With `accepted` it says `Accepted`, as the answer to the PUT does whatever has happened by then.
 */
export function viewDeployment(deployment: Deployment, now: number, accepted = false): Json {
  const { place, evaluated, correlationId, startedAt, endedAt, resources } = deployment;
  const state = deploymentState(deployment);
  const error = failureOf(deployment);
  return {
    id: deploymentId(place),
    name: place.name,
    type: 'Microsoft.Resources/deployments',
    properties: {
      ...viewEvaluated(evaluated),
      provisioningState: accepted ? 'Accepted' : state,
      timestamp: new Date(endedAt ?? now).toISOString(),
      duration: duration((endedAt ?? now) - startedAt),
      correlationId,
      ...(!accepted && state === 'Succeeded' && { outputResources: resources.map(({ id }) => ({ id })) }),
      ...(!accepted && error && { error }),
    },
  };
}

/** The part that the answer to a validation has too. */
export function viewEvaluated({ parameters }: Evaluated): Json {
  return {
    parameters,
    mode: 'Incremental',
    dependencies: [],
    providers: [
      {
        namespace: 'Microsoft.ContainerInstance',
        resourceTypes: [{ resourceType: 'containerGroups', locations: REGIONS.map(displayName) }],
      },
    ],
  };
}

/** The answer to a poll of the deployment's own operation. */
export function viewStatus(deployment: Deployment): Json {
  const error = failureOf(deployment);
  return { id: deploymentId(deployment.place), status: deploymentState(deployment), ...(error && { error }) };
}

/** How it failed; undefined while it runs and when it has succeeded. */
function failureOf(deployment: Deployment): Json | undefined {
  if (deploymentState(deployment) !== 'Failed') return undefined;
  return {
    code: 'DeploymentFailed',
    target: deploymentId(deployment.place),
    message:
      'At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.',
    details: deployment.resources.flatMap(({ id, state }) =>
      state.kind === 'failed' ? [{ ...state.error, target: id }] : [],
    ),
  };
}

export function viewOperation(
  { place, startedAt }: Deployment,
  resource: DeployedResource,
  now: number,
): Json {
  const { operationId, id, type, name, status, state } = resource;
  const at = state.kind === 'running' ? now : state.at;
  return {
    id: `${deploymentId(place)}/operations/${operationId}`,
    operationId,
    properties: {
      provisioningOperation: 'Create',
      provisioningState: { running: 'Running', succeeded: 'Succeeded', failed: 'Failed' }[state.kind],
      timestamp: new Date(at).toISOString(),
      duration: duration(at - startedAt),
      statusCode: statusName(state.kind === 'failed' && status < 400 ? 409 : status),
      ...(state.kind === 'failed' && {
        statusMessage: { status: 'Failed', error: state.error },
      }),
      targetResource: { id, resourceType: type, resourceName: name },
    },
  };
}

/** .NET's name of a status that a PUT of a group can have. */
function statusName(status: number): string {
  const names: Readonly<Record<number, string>> = {
    200: 'OK',
    201: 'Created',
    400: 'BadRequest',
    404: 'NotFound',
    409: 'Conflict',
    429: 'TooManyRequests',
  };
  return names[status] ?? String(status);
}

/** ISO 8601. */
function duration(milliseconds: number): string {
  return `PT${milliseconds / 1000}S`;
}
