// The ARM requests that the emulator answers (docs/facts/container-instances.md#routes).
import type { Route } from '../wire/arm-route';
import type { Action } from './context';
import { createOrUpdate } from './groups/create-group';
import {
  deleteGroup,
  getGroup,
  listGroups,
  listGroupsOfResourceGroup,
  restartGroup,
  startGroup,
  stopGroup,
  updateTags,
} from './groups/groups-api';
import { getOperation, listCapabilities, listUsages } from './location-api';
import { listLogs } from './logs-api';

export const PROVIDER = 'Microsoft.ContainerInstance';

const SUBSCRIPTION = `/subscriptions/{subscription}/providers/${PROVIDER}`;
const GROUPS = `/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/${PROVIDER}/containerGroups`;
const LOCATION = `${SUBSCRIPTION}/locations/{location}`;

export const ROUTES: readonly Route<Action>[] = [
  { method: 'GET', pattern: `${SUBSCRIPTION}/containerGroups`, action: listGroups },
  { method: 'GET', pattern: GROUPS, action: listGroupsOfResourceGroup },
  { method: 'GET', pattern: `${GROUPS}/{name}`, action: getGroup },
  { method: 'PUT', pattern: `${GROUPS}/{name}`, action: createOrUpdate },
  { method: 'PATCH', pattern: `${GROUPS}/{name}`, action: updateTags },
  { method: 'DELETE', pattern: `${GROUPS}/{name}`, action: deleteGroup },
  { method: 'POST', pattern: `${GROUPS}/{name}/stop`, action: stopGroup },
  { method: 'POST', pattern: `${GROUPS}/{name}/start`, action: startGroup },
  { method: 'POST', pattern: `${GROUPS}/{name}/restart`, action: restartGroup },
  { method: 'GET', pattern: `${GROUPS}/{name}/containers/{container}/logs`, action: listLogs },
  { method: 'GET', pattern: `${LOCATION}/usages`, action: listUsages },
  { method: 'GET', pattern: `${LOCATION}/capabilities`, action: listCapabilities },
  { method: 'GET', pattern: `${LOCATION}/operations/{operation}`, action: getOperation },
];
