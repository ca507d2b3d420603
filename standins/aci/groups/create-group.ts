// PUT of a group: the checks in the service's order, then a new group, or an update that restarts an existing one.
import { ArmFault } from '../../wire/arm-error';
import { json, type WireRequest, type WireResponse } from '../../wire/handler';
import { isSince } from '../api-version';
import { hasCapacity } from '../capacity';
import type { AciContext, Action } from '../context';
import { normalRegion } from '../gpu-offer';
import { checkQuota, usagesOf } from '../quota';
import { isSettled, stateOf } from './group-lifecycle';
import { startOperation } from './group-operation';
import { type ContainerRequest, type GroupRequest, groupRequestSchema, readBody } from './group-request';
import {
  checkOffer,
  type GroupResources,
  notAvailable,
  notAvailableText,
  resourcesOf,
} from './group-resources';
import { runGroup, type RunnableContainer } from './group-runner';
import { type Group, groupId, type GroupPlace, sameName } from './group-store';
import { viewGroup, type ViewOptions } from './group-view';
import { groupVolumes } from './group-volumes';
import { checkUpdate } from './update-rules';
import { validateGroup } from './validate-group';

export const createOrUpdate: Action = (context, request, match) => {
  const place: GroupPlace = {
    subscription: match.param('subscription'),
    resourceGroup: match.param('resourceGroup'),
    name: match.param('name'),
  };
  const body = readBody(groupRequestSchema, request.body);
  const limits = context.throttling.change('create', place.subscription, normalRegion(body.location));
  validateGroup(place.name, body);
  const resources = resourcesOf(body);
  checkOffer(body.location, resources, context.settings.gpuOffer);
  checkImages(context, place.name, body);

  const existing = context.groups.get(place);
  if (existing) return update(context, request, existing, body, resources, limits);

  const neighbours = context.groups
    .list(place.subscription)
    .filter((group) => normalRegion(group.definition.location) === normalRegion(body.location));
  checkQuota(
    body.location,
    usagesOf(
      context.settings.quotas,
      neighbours.map((group) => group.resources),
    ),
    resources,
  );
  const refusal = checkCapacity(context, body.location, resources);
  const group = create(context, place, body, resources, refusal);
  return answer(context, request, group, 201, limits);
};

function create(
  context: AciContext,
  place: GroupPlace,
  definition: GroupRequest,
  resources: GroupResources,
  refusal: string | undefined,
): Group {
  const { clock, timers, runtime, settings, ledger } = context;
  const { resourceGroup, name } = place;
  const runner = runGroup(
    {
      clock,
      timers,
      runtime,
      settings,
      volumes: groupVolumes(definition, context.volumeFolders),
      startProgram: (container, startedAt) => ledger.program(resourceGroup, name, container, startedAt),
      ...(refusal !== undefined && { refusal }),
    },
    name,
    definition.properties.restartPolicy ?? 'Always',
    runnable(definition),
  );
  const entry = ledger.group(resourceGroup, name, clock.now());
  const group: Group = {
    place,
    id: groupId(place),
    definition,
    resources,
    runner,
    entry,
    deletion: undefined,
  };
  context.groups.add(group);
  return group;
}

/**
 * A repeated PUT restarts the containers (docs/facts/container-instances.md#repeated-put). That is why a create is sent
 * only once.
 */
function update(
  context: AciContext,
  request: WireRequest,
  group: Group,
  definition: GroupRequest,
  resources: GroupResources,
  limits: Readonly<Record<string, string>>,
): WireResponse {
  refuseWhileTransitioning(group);
  const state = stateOf(group.runner.life());
  // A group that has ended can't be updated. The same name is deployed as new.
  const as = state === 'Succeeded' || state === 'Failed' ? 'new' : 'update';
  if (as === 'update') checkUpdate(group.place.name, group.definition, definition);
  group.definition = definition;
  group.resources = resources;
  group.runner.replace(
    definition.properties.restartPolicy ?? 'Always',
    runnable(definition),
    groupVolumes(definition, context.volumeFolders),
    as,
  );
  return answer(context, request, group, 200, limits);
}

/** Throws 409 ContainerGroupTransitioning while an operation on the group is under way. */
export function refuseWhileTransitioning(group: Group): void {
  if (isSettled(group.runner.life()) && group.deletion === undefined) return;
  throw new ArmFault(
    409,
    'ContainerGroupTransitioning',
    `The container group '${group.place.name}' is still transitioning, please retry later.`,
  );
}

function answer(
  context: AciContext,
  request: WireRequest,
  group: Group,
  status: number,
  limits: Readonly<Record<string, string>>,
): WireResponse {
  const body = viewGroup(shown(group), inFull(request));
  return json(status, body, { ...startOperation(context, request, group), ...limits });
}

/** How this request shows a single group. */
export function inFull({ url }: WireRequest): ViewOptions {
  return { instanceViews: true, configMaps: isSince(url, '2024-05-01-preview') };
}

/** The group in the form that group-view takes. */
export function shown(group: Group): Parameters<typeof viewGroup>[0] {
  return { id: group.id, name: group.place.name, definition: group.definition, life: group.runner.life() };
}

function checkImages({ runtime, settings }: AciContext, group: string, { properties }: GroupRequest): void {
  for (const container of [...properties.containers, ...(properties.initContainers ?? [])]) {
    const image = container.properties.image ?? '';
    const standing = runtime.lookUp(image);
    if (settings.unknownImage === 'back-off' || standing.kind !== 'inaccessible') continue;
    const advice = standing.advice === undefined ? '' : ` (${standing.advice})`;
    throw new ArmFault(
      400,
      'InaccessibleImage',
      `The image '${image}' in container group '${group}' is not accessible. Please check the image and registry credential.${advice}`,
    );
  }
}

/**
 * Throws if there is no room and the answer to the create shows that. Otherwise returns the sentence with which the
 * operation will fail, if it will.
 */
function checkCapacity(context: AciContext, location: string, resources: GroupResources): string | undefined {
  const running = context.groups
    .all()
    .filter(({ definition }) => sameName(normalRegion(definition.location), normalRegion(location)))
    .filter(({ runner }) => ['Pending', 'Running'].includes(stateOf(runner.life())))
    .map((group) => group.resources);
  if (hasCapacity(context.settings.capacity, location, running, resources)) return undefined;
  if (context.settings.capacityRefusal === 'at-create') throw notAvailable(location, resources);
  return notAvailableText(location, resources);
}

function runnable({ properties }: GroupRequest): RunnableContainer[] {
  const read = ({ name, properties: of }: ContainerRequest, init: boolean): RunnableContainer => ({
    containerName: name,
    image: of.image ?? '',
    command: of.command ?? [],
    environment: Object.fromEntries(
      (of.environmentVariables ?? []).map((variable) => [
        variable.name,
        variable.secureValue ?? variable.value ?? '',
      ]),
    ),
    init,
  });
  return [
    ...(properties.initContainers ?? []).map((container) => read(container, true)),
    ...properties.containers.map((container) => read(container, false)),
  ];
}
