// The requests that the stand-in answers (docs/facts/container-apps.md#routes).
import type { Route } from '../wire/arm-route';
import type { Action } from './context';
import {
  deleteEnvironment,
  getEnvironment,
  listEnvironments,
  listEnvironmentsOfGroup,
  patchEnvironment,
  putEnvironment,
} from './environments/environments-api';
import { deleteStorage, getStorage, listStorages, putStorage } from './environments/storages-api';
import {
  listEnvironmentUsages,
  listLocationUsages,
  listProfileStates,
  listProfileTypes,
} from './environments/usages-api';
import { getExecution, listExecutions, stopExecution, stopExecutions } from './executions/executions-api';
import { listReplicas } from './executions/replicas-api';
import { startJob } from './executions/start-job';
import {
  deleteJob,
  getJob,
  listJobs,
  listJobsOfGroup,
  listSecrets,
  resumeJob,
  suspendJob,
} from './jobs/jobs-api';
import { patchJob, putJob } from './jobs/write-job';
import { getAuthToken, getEnvironmentAuthToken } from './logs/access-token';
import { readEnvironmentEvents, readJobEvents } from './logs/event-stream';
import { readLogStream } from './logs/log-stream';
import { pollResult, pollStatus } from './operations-api';

const PROVIDER = 'Microsoft.App';

const SUBSCRIPTION = `/subscriptions/{subscription}/providers/${PROVIDER}`;
const LOCATION = `${SUBSCRIPTION}/locations/{location}`;
const GROUP = '/subscriptions/{subscription}/resourceGroups/{resourceGroup}';
const ENVIRONMENTS = `${GROUP}/providers/${PROVIDER}/managedEnvironments`;
const JOBS = `${GROUP}/providers/${PROVIDER}/jobs`;
const EXECUTION = `${JOBS}/{name}/executions/{execution}`;

export const ARM_ROUTES: readonly Route<Action>[] = [
  { method: 'GET', pattern: `${SUBSCRIPTION}/managedEnvironments`, action: listEnvironments },
  { method: 'GET', pattern: ENVIRONMENTS, action: listEnvironmentsOfGroup },
  { method: 'GET', pattern: `${ENVIRONMENTS}/{name}`, action: getEnvironment },
  { method: 'PUT', pattern: `${ENVIRONMENTS}/{name}`, action: putEnvironment },
  { method: 'PATCH', pattern: `${ENVIRONMENTS}/{name}`, action: patchEnvironment },
  { method: 'DELETE', pattern: `${ENVIRONMENTS}/{name}`, action: deleteEnvironment },
  { method: 'POST', pattern: `${ENVIRONMENTS}/{name}/getAuthToken`, action: getEnvironmentAuthToken },
  { method: 'GET', pattern: `${ENVIRONMENTS}/{name}/storages`, action: listStorages },
  { method: 'GET', pattern: `${ENVIRONMENTS}/{name}/storages/{storage}`, action: getStorage },
  { method: 'PUT', pattern: `${ENVIRONMENTS}/{name}/storages/{storage}`, action: putStorage },
  { method: 'DELETE', pattern: `${ENVIRONMENTS}/{name}/storages/{storage}`, action: deleteStorage },
  { method: 'GET', pattern: `${ENVIRONMENTS}/{name}/usages`, action: listEnvironmentUsages },
  { method: 'GET', pattern: `${ENVIRONMENTS}/{name}/workloadProfileStates`, action: listProfileStates },
  { method: 'GET', pattern: `${SUBSCRIPTION}/jobs`, action: listJobs },
  { method: 'GET', pattern: JOBS, action: listJobsOfGroup },
  { method: 'GET', pattern: `${JOBS}/{name}`, action: getJob },
  { method: 'PUT', pattern: `${JOBS}/{name}`, action: putJob },
  { method: 'PATCH', pattern: `${JOBS}/{name}`, action: patchJob },
  { method: 'DELETE', pattern: `${JOBS}/{name}`, action: deleteJob },
  { method: 'POST', pattern: `${JOBS}/{name}/listSecrets`, action: listSecrets },
  { method: 'POST', pattern: `${JOBS}/{name}/suspend`, action: suspendJob },
  { method: 'POST', pattern: `${JOBS}/{name}/resume`, action: resumeJob },
  { method: 'POST', pattern: `${JOBS}/{name}/getAuthToken`, action: getAuthToken },
  { method: 'POST', pattern: `${JOBS}/{name}/start`, action: startJob },
  { method: 'POST', pattern: `${JOBS}/{name}/stop`, action: stopExecutions },
  // The az client's path; the specification has the next one.
  { method: 'POST', pattern: `${JOBS}/{name}/stop/{execution}`, action: stopExecution },
  { method: 'POST', pattern: `${EXECUTION}/stop`, action: stopExecution },
  { method: 'GET', pattern: `${JOBS}/{name}/executions`, action: listExecutions },
  { method: 'GET', pattern: EXECUTION, action: getExecution },
  { method: 'GET', pattern: `${EXECUTION}/replicas`, action: listReplicas },
  { method: 'GET', pattern: `${LOCATION}/usages`, action: listLocationUsages },
  {
    method: 'GET',
    pattern: `${LOCATION}/availableManagedEnvironmentsWorkloadProfileTypes`,
    action: listProfileTypes,
  },
  { method: 'GET', pattern: `${LOCATION}/containerappsjobOperationStatuses/{operation}`, action: pollStatus },
  { method: 'GET', pattern: `${LOCATION}/containerappsjobOperationResults/{operation}`, action: pollResult },
  {
    method: 'GET',
    pattern: `${LOCATION}/managedEnvironmentOperationStatuses/{operation}`,
    action: pollStatus,
  },
  {
    method: 'GET',
    pattern: `${LOCATION}/managedEnvironmentOperationResults/{operation}`,
    action: pollResult,
  },
];

/** Served in a region's own domain, without ARM and without a version. */
export const STREAM_ROUTES: readonly Route<Action>[] = [
  {
    method: 'GET',
    pattern: `${GROUP}/jobs/{name}/executions/{execution}/replicas/{replica}/containers/{container}/logstream`,
    action: readLogStream,
  },
  { method: 'GET', pattern: `${GROUP}/containerApps/{name}/eventstream`, action: readJobEvents },
  {
    method: 'GET',
    pattern: `${GROUP}/managedEnvironments/{name}/eventstream`,
    action: readEnvironmentEvents,
  },
];
