// Deployments of templates to a resource group: put, validate, get, head, list, delete, export, operations.
import { z } from 'zod';

import { checkApiVersion } from '../aci/api-version';
import { readBody } from '../aci/groups/group-request';
import { ArmFault } from '../wire/arm-error';
import type { Match } from '../wire/arm-route';
import { json, type WireRequest } from '../wire/handler';
import { parseNewtonsoftJson } from '../wire/newtonsoft-json';
import { createResource, refresh } from './carry-out';
import type { ArmAction, ArmContext } from './context';
import { type Deployment, deploymentId, type DeploymentPlace, deploymentState } from './deployment';
import { viewDeployment, viewEvaluated, viewOperation, viewStatus } from './deployment-view';
import { type Evaluated, evaluateTemplate } from './evaluate-template';
import { findResourceGroup } from './resource-groups-api';
import { notEvaluated } from './template-fault';

type Params = Pick<Match<unknown>, 'param'>;

const bodySchema = z.looseObject({
  properties: z.looseObject({
    mode: z.enum(['Incremental', 'Complete']),
    template: z.unknown().optional(),
    templateLink: z.unknown().optional(),
    parametersLink: z.unknown().optional(),
    onErrorDeployment: z.unknown().optional(),
    parameters: z.record(z.string(), z.looseObject({ value: z.unknown() })).optional(),
  }),
});

/** Checks everything that can be wrong with a deployment before anything is created. */
function evaluate(
  context: ArmContext,
  request: WireRequest,
  match: Params,
): Evaluated & { template: unknown } {
  const { location } = findResourceGroup(context, match);
  const { properties } = readBody(bodySchema, request.body, parseNewtonsoftJson);
  if (properties.mode !== 'Incremental')
    throw notEvaluated("the mode 'Complete', only 'Incremental'", 'mode');
  for (const key of ['templateLink', 'parametersLink', 'onErrorDeployment'] as const)
    if (properties[key] !== undefined) throw notEvaluated(`'${key}'`, key);
  const evaluated = evaluateTemplate({
    template: properties.template,
    parameters: properties.parameters ?? {},
    resourceGroupLocation: location,
  });
  for (const resource of evaluated.resources)
    checkApiVersion(
      new URL(`?api-version=${encodeURIComponent(resource.apiVersion)}`, request.url.origin),
      resource.location ?? location,
    );
  return { ...evaluated, template: properties.template };
}

export const validateDeployment: ArmAction = (context, request, match) => {
  const place = placeOf(match);
  const evaluated = evaluate(context, request, match);
  const { subscription, resourceGroup } = place;
  return json(200, {
    id: deploymentId(place),
    name: place.name,
    type: 'Microsoft.Resources/deployments',
    properties: {
      ...viewEvaluated(evaluated),
      provisioningState: 'Succeeded',
      timestamp: new Date(context.clock.now()).toISOString(),
      duration: 'PT0S',
      correlationId: context.newId(),
      validatedResources: evaluated.resources.map(({ type, name }) => ({
        id: `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/${type}/${name}`,
      })),
    },
  });
};

/** Answers 201, or 200 if a deployment of that name has ended, with the operation that shows when this one ends. */
export const putDeployment: ArmAction = async (context, request, match) => {
  const { clock, newId, deployments } = context;
  const place = placeOf(match);
  const { template, ...evaluated } = evaluate(context, request, match);
  const before = deployments.get(place);
  if (before) await refuseWhileActive(context, before);
  const startedAt = clock.now();
  const resources = [];
  for (const resource of evaluated.resources)
    resources.push(await createResource(context, request, place, resource));
  const deployment: Deployment = {
    ...{ place, template, evaluated, startedAt, resources },
    correlationId: newId(),
    endedAt: undefined,
  };
  deployments.put(deployment);
  const { origin, searchParams } = request.url;
  const version = searchParams.get('api-version') ?? '';
  return json(before ? 200 : 201, viewDeployment(deployment, clock.now(), true), {
    'azure-asyncoperation': `${origin}${deploymentId(place)}/operationStatuses/${newId()}?api-version=${version}`,
    // Without it clients look again after half a minute. Here a group is up within seconds.
    'retry-after': '1',
  });
};

async function refuseWhileActive(context: ArmContext, deployment: Deployment): Promise<void> {
  await refresh(context, deployment);
  if (deploymentState(deployment) !== 'Running') return;
  throw new ArmFault(
    409,
    'DeploymentActive',
    `Unable to edit or replace deployment '${deployment.place.name}': previous deployment from '${new Date(deployment.startedAt).toISOString()}' is still active. Please see https://aka.ms/arm-deploy for usage details.`,
  );
}

export const getDeployment: ArmAction = async (context, _request, match) =>
  json(200, viewDeployment(await find(context, match), context.clock.now()));

/** The answer has no body in either case. */
export const headDeployment: ArmAction = ({ deployments }, _request, match) => ({
  status: deployments.get(placeOf(match)) ? 204 : 404,
});

export const listDeployments: ArmAction = async (context, _request, match) => {
  findResourceGroup(context, match);
  const all = context.deployments.list({
    subscription: match.param('subscription'),
    resourceGroup: match.param('resourceGroup'),
  });
  for (const deployment of all) await refresh(context, deployment);
  return json(200, { value: all.map((deployment) => viewDeployment(deployment, context.clock.now())) });
};

/** Deletes the record only. What was deployed stays, as in Azure. */
export const deleteDeployment: ArmAction = async (context, _request, match) => {
  const deployment = context.deployments.get(placeOf(match));
  if (!deployment) return { status: 204 };
  await refuseWhileActive(context, deployment);
  context.deployments.remove(deployment);
  return { status: 204 };
};

export const exportTemplate: ArmAction = async (context, _request, match) =>
  json(200, { template: (await find(context, match)).template });

/** Answers for any id, because a deployment has one operation at a time. */
export const getOperationStatus: ArmAction = async (context, _request, match) => {
  const deployment = await find(context, match);
  const running = deploymentState(deployment) === 'Running';
  return json(200, viewStatus(deployment), running ? { 'retry-after': '1' } : {});
};

export const listOperations: ArmAction = async (context, _request, match) => {
  const deployment = await find(context, match);
  const now = context.clock.now();
  return json(200, {
    value: deployment.resources.map((resource) => viewOperation(deployment, resource, now)),
  });
};

export const getOperation: ArmAction = async (context, _request, match) => {
  const deployment = await find(context, match);
  const id = match.param('operation');
  const resource = deployment.resources.find(({ operationId }) => operationId === id);
  if (resource) return json(200, viewOperation(deployment, resource, context.clock.now()));
  throw new ArmFault(
    404,
    'DeploymentOperationNotFound',
    `Deployment operation '${id}' could not be found in deployment '${deployment.place.name}'.`,
  );
};

/** The deployment, up to date. Throws 404 DeploymentNotFound. */
async function find(context: ArmContext, match: Params): Promise<Deployment> {
  findResourceGroup(context, match);
  const place = placeOf(match);
  const deployment = context.deployments.get(place);
  if (!deployment)
    throw new ArmFault(404, 'DeploymentNotFound', `Deployment '${place.name}' could not be found.`);
  await refresh(context, deployment);
  return deployment;
}

function placeOf(match: Params): DeploymentPlace {
  return {
    subscription: match.param('subscription'),
    resourceGroup: match.param('resourceGroup'),
    name: match.param('name'),
  };
}
