// Carries a deployment out: sends a PUT for each of its resources, then looks at their operations at each request about
// it.
import { z } from 'zod';

import type { WireRequest, WireResponse } from '../wire/handler';
import type { ArmContext } from './context';
import {
  type ArmErrorBody,
  type DeployedResource,
  type Deployment,
  type DeploymentPlace,
  deploymentState,
  type ResourceState,
} from './deployment';
import type { EvaluatedResource } from './evaluate-template';

const errorSchema = z.looseObject({ error: z.looseObject({ code: z.string(), message: z.string() }) });
/**
 * A failed operation of Container Instances has a message and no code
 * (docs/facts/container-instances.md#failed-operation).
 */
const operationSchema = z.looseObject({
  status: z.string(),
  error: z
    .looseObject({ code: z.string().default('ResourceDeploymentFailure'), message: z.string() })
    .optional(),
});

/** Creates a resource. `request` asked for the deployment; the addresses of operations begin as its address did. */
export async function createResource(
  context: ArmContext,
  request: WireRequest,
  { subscription, resourceGroup }: DeploymentPlace,
  resource: EvaluatedResource,
): Promise<DeployedResource> {
  const { type, apiVersion, name, ...body } = resource;
  const id = `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/${type}/${name}`;
  const url = new URL(`${id}?api-version=${encodeURIComponent(apiVersion)}`, request.url.origin);
  const answer = await send(context, 'PUT', url, JSON.stringify(body));
  const operation = answer.headers?.['azure-asyncoperation'];
  return {
    operationId: context.newId(),
    ...{ id, type, name, status: answer.status },
    state:
      answer.status >= 400
        ? { kind: 'failed', at: context.clock.now(), error: errorIn(answer) }
        : operation === undefined
          ? { kind: 'succeeded', at: context.clock.now() }
          : { kind: 'running', operation: new URL(operation) },
  };
}

/** Brings `deployment` up to date. */
export async function refresh(context: ArmContext, deployment: Deployment): Promise<void> {
  for (const resource of deployment.resources)
    if (resource.state.kind === 'running')
      resource.state = await lookAt(context, resource.state.operation, resource.state);
  if (deploymentState(deployment) !== 'Running') deployment.endedAt ??= context.clock.now();
}

async function lookAt(context: ArmContext, operation: URL, before: ResourceState): Promise<ResourceState> {
  const answer = await send(context, 'GET', operation);
  const at = context.clock.now();
  if (answer.status === 429) return before; // The stand-in looked too often. The next look will tell.
  if (answer.status >= 400) return { kind: 'failed', at, error: errorIn(answer) };
  const { status, error } = operationSchema.parse(JSON.parse(String(answer.body)));
  if (status === 'Succeeded') return { kind: 'succeeded', at };
  if (status !== 'Failed') return before;
  return {
    kind: 'failed',
    at,
    error: error ?? { code: 'ResourceDeploymentFailure', message: 'The resource operation failed.' },
  };
}

async function send(
  { containerInstances }: ArmContext,
  method: string,
  url: URL,
  body = '',
): Promise<WireResponse> {
  return containerInstances.handle({
    method,
    url,
    headers: { host: url.host, 'content-type': 'application/json' },
    body: Buffer.from(body),
  });
}

function errorIn({ status, body }: WireResponse): ArmErrorBody {
  const parsed = errorSchema.safeParse(JSON.parse(String(body)));
  return parsed.success ? parsed.data.error : { code: String(status), message: String(body) };
}
