// What is in use of the quotas of an environment and of a region, and which profile types a region offers.
import { json } from '../../wire/handler';
import { apiVersionOf } from '../api-version';
import type { Action } from '../context';
import { quotasOf, usageOf } from '../executions/node-room';
import type { JsonObject } from '../json-shapes';
import { shortRegion } from '../regions';
import { found } from './environments-api';
import { listedTypes } from './profile-types';

export const listEnvironmentUsages: Action = (context, request, match) => {
  const environment = found(context, match);
  const inUse = usageOf(context.room, environment);
  const quotas = quotasOf(context.room);
  const names = apiVersionOf(request.url).since('2025-01-01') ? Object.keys(quotas) : COUNTERS_OF_2024;
  return json(200, { value: names.map((name) => counter(name, inUse[name] ?? 0, quotas[name] ?? 0)) });
};

export const listLocationUsages: Action = ({ settings, environments }, _request, match) => {
  const region = shortRegion(match.param('location'));
  const held = environments
    .list(match.param('subscription'))
    .filter(({ location }) => shortRegion(location) === region).length;
  return json(200, {
    value: Object.entries(settings.locationQuotas).map(([name, { limit, usedElsewhere }]) =>
      counter(name, usedElsewhere + (name === 'ManagedEnvironmentCount' ? held : 0), limit),
    ),
  });
};

export const listProfileTypes: Action = ({ settings }, _request, match) => {
  const location = match.param('location');
  const types = listedTypes(shortRegion(location), settings.switches.listedGpuTypes === 'shown');
  return json(200, {
    value: types.map(({ name, displayName, category, cores, memoryGiB, gpus }) => ({
      location,
      properties: { displayName, category, cores, memoryGiB, ...(gpus !== undefined && { gpus }) },
      id: `/subscriptions/${match.param('subscription')}/providers/Microsoft.App/availableManagedEnvironmentsWorkloadProfileTypes/${name}`,
      name,
      type: 'Microsoft.App/availableManagedEnvironmentsWorkloadProfileTypes',
    })),
  });
};

/** The states of an environment's profiles. Their shape is the specification's; no answer of it is recorded. */
export const listProfileStates: Action = (context, _request, match) => {
  const environment = found(context, match);
  return json(200, {
    value: (environment.profiles ?? []).map(({ name, type, minimumCount, maximumCount }) => ({
      id: `${environment.id}/workloadProfileStates/${name}`,
      name,
      type: 'Microsoft.App/managedEnvironments/workloadProfileStates',
      properties: {
        minimumCount: minimumCount ?? 0,
        maximumCount: maximumCount ?? 0,
        currentCount: minimumCount ?? 0,
        workloadProfileType: type,
      },
    })),
  });
};

/** Recorded in November 2024 with version 2024-03-01. */
const COUNTERS_OF_2024: readonly string[] = [
  'ManagedEnvironmentGeneralPurposeCores',
  'ManagedEnvironmentMemoryOptimizedCores',
  'ManagedEnvironmentComputeOptimizedCores',
  'ManagedEnvironmentConsumptionCores',
];

function counter(name: string, used: number, limit: number): JsonObject {
  // `T4Gpus` becomes `T 4 Gpus`: a space stands before each capital and each number that follows a letter.
  const localizedValue = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Za-z])([0-9])/g, '$1 $2');
  return { name: { value: name, localizedValue }, usage: used, currentValue: used, limit };
}
