// The other requests on groups: get, list, tags, delete, stop, start, restart.
import { z } from 'zod';

import { ArmFault } from '../../wire/arm-error';
import type { Match } from '../../wire/arm-route';
import { json, type WireRequest, type WireResponse } from '../../wire/handler';
import type { AciContext, Action } from '../context';
import { normalRegion } from '../gpu-offer';
import { inFull, refuseWhileTransitioning, shown } from './create-group';
import { stateOf } from './group-lifecycle';
import { startOperation } from './group-operation';
import { readBody } from './group-request';
import type { Group, GroupPlace } from './group-store';
import { viewGroup } from './group-view';

type Params = Pick<Match<unknown>, 'param'>;

/** The group that a path names; throws 404 ResourceNotFound (docs/facts/container-instances.md#absent). */
export function findGroup({ groups }: AciContext, match: Params): Group {
  const place = placeOf(match);
  const group = groups.get(place);
  if (group) return group;
  throw new ArmFault(
    404,
    'ResourceNotFound',
    `The Resource 'Microsoft.ContainerInstance/containerGroups/${place.name}' under resource group '${place.resourceGroup}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
    { 'x-ms-failure-cause': 'gateway' },
  );
}

export const getGroup: Action = (context, request, match) =>
  json(200, viewGroup(shown(findGroup(context, match)), inFull(request)));

export const listGroups: Action = ({ groups }, request, match) =>
  list(request, groups.list(match.param('subscription')));

export const listGroupsOfResourceGroup: Action = ({ groups }, request, match) =>
  list(request, groups.list(match.param('subscription'), match.param('resourceGroup')));

const tagsSchema = z.looseObject({ tags: z.record(z.string(), z.string()).nullish() });

export const updateTags: Action = (context, request, match) => {
  const group = findGroup(context, match);
  const { tags } = readBody(tagsSchema, request.body);
  group.definition = { ...group.definition, tags: tags ?? {} };
  return json(200, viewGroup(shown(group), inFull(request)));
};

/**
 * Answers 200 with the group as it was, or 204 if there is none (docs/facts/container-instances.md#delete). The group
 * can still be seen for a while.
 */
export const deleteGroup: Action = (context, request, match) => {
  const { groups, throttling, clock, timers, settings } = context;
  const place = placeOf(match);
  const group = groups.get(place);
  if (!group) return { status: 204 };
  const limits = throttling.change('delete', place.subscription, normalRegion(group.definition.location));
  const before = viewGroup(shown(group), inFull(request));
  if (!group.deletion) {
    group.entry.deleteRequested(clock.now());
    group.deletion = timers.after(settings.deleteMs, () =>
      group.runner.end(() => {
        groups.remove(group);
        group.entry.gone(clock.now());
      }),
    );
  }
  return json(200, before, limits);
};

/** Has no effect on a group that has ended by itself (docs/facts/container-instances.md#stop-and-start). */
export const stopGroup: Action = (context, _request, match) => {
  const group = findGroup(context, match);
  refuseWhileTransitioning(group);
  const state = stateOf(group.runner.life());
  if (state === 'Running' || state === 'Pending') group.runner.tell({ kind: 'stop' });
  return { status: 204 };
};

export const startGroup: Action = (context, request, match) => {
  const group = findGroup(context, match);
  refuseWhileTransitioning(group);
  if (stateOf(group.runner.life()) !== 'Running') group.runner.tell({ kind: 'start' });
  return { status: 204, headers: startOperation(context, request, group) };
};

export const restartGroup: Action = (context, request, match) => {
  const group = findGroup(context, match);
  refuseWhileTransitioning(group);
  if (stateOf(group.runner.life()) === 'Stopped') {
    const { name, resourceGroup } = group.place;
    throw new ArmFault(
      409,
      'ContainerGroupStopped',
      `Container Group '${name}' in resource group '${resourceGroup}' is stopped.`,
    );
  }
  group.runner.tell({ kind: 'start' });
  return { status: 204, headers: startOperation(context, request, group) };
};

function list(request: WireRequest, groups: readonly Group[]): WireResponse {
  const options = { ...inFull(request), instanceViews: false };
  return json(200, { value: groups.map((group) => viewGroup(shown(group), options)) });
}

function placeOf(match: Params): GroupPlace {
  return {
    subscription: match.param('subscription'),
    resourceGroup: match.param('resourceGroup'),
    name: match.param('name'),
  };
}
