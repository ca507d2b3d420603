// The replicas of an execution: the only answer that tells whether a container runs, and where its log is streamed.
import { json } from '../../wire/handler';
import type { Action } from '../context';
import type { JsonObject } from '../json-shapes';
import { shortRegion } from '../regions';
import { usStamp } from '../stamps';
import { streamOriginOf } from '../stream-origin';
import { type Execution, isOver, type Replica, type ReplicaContainer } from './execution';
import { foundExecution } from './executions-api';

/** Recorded with version 2023-11-02-preview; the stable interface does not have it. */
export const listReplicas: Action = (context, request, match) => {
  const execution = foundExecution(context, match);
  const gone = isOver(execution) && context.settings.switches.replicasAfterEnd === 'gone';
  const origin = streamOriginOf(context, request)(shortRegion(execution.job.location));
  const replicas = gone ? [] : execution.replicas.filter(({ removed }) => !removed);
  return json(200, { value: replicas.map((replica) => replicaView(execution, replica, origin)) });
};

function replicaView(execution: Execution, replica: Replica, origin: string): JsonObject {
  const runs = replica.containers.some(({ state }) => state.kind === 'running');
  const view = (container: ReplicaContainer): JsonObject =>
    containerView(execution, replica, container, origin);
  return {
    id: `${execution.id}/replicas/${replica.name}`,
    name: replica.name,
    // Containers of apps have this type; so have those of jobs (recorded).
    type: 'Microsoft.App/containerapps/revisions/replicas',
    properties: {
      createdTime: `${new Date(replica.createdAt).toISOString().slice(0, 19)}Z`,
      runningState: runs ? 'Running' : 'NotRunning',
      runningStateDetails: '',
      containers: replica.assigned ? replica.containers.map(view) : [],
      initContainers: replica.assigned ? replica.initContainers.map(view) : [],
    },
  };
}

function containerView(
  { job, name: execution }: Execution,
  replica: Replica,
  { spec, state, containerId }: ReplicaContainer,
  origin: string,
): JsonObject {
  const group = `/subscriptions/${job.subscription}/resourceGroups/${job.resourceGroup}`;
  const path = `${group}/jobs/${job.name}/executions/${execution}/replicas/${replica.name}/containers/${spec.name}`;
  const appPath = `${group}/containerApps/${job.name}/revisions/${execution}/replicas/${replica.name}/containers/${spec.name}`;
  return {
    name: spec.name,
    ...(state.kind !== 'waiting' && { containerId: `containerd://${containerId}` }),
    ready: state.kind === 'running' || (state.kind === 'terminated' && state.exitCode === 0),
    started: state.kind === 'running',
    restartCount: 0,
    ...stateView(state),
    logStreamEndpoint: `${origin}${path}/logstream`,
    execEndpoint: `${origin.replace(/^http/, 'ws')}${appPath}/exec`,
  };
}

function stateView(state: ReplicaContainer['state']): JsonObject {
  switch (state.kind) {
    case 'waiting':
      return {
        runningState: 'Waiting',
        runningStateDetails: `Container is waiting with reason: ${state.reason}.`,
      };
    case 'running':
      return {
        runningState: 'Running',
        runningStateDetails: `Container started at: ${usStamp(state.startedAt)}.`,
      };
    case 'terminated':
      return {
        runningState: 'Terminated',
        runningStateDetails: `Container was terminated with reason: ${state.reason}, exit code: ${state.exitCode ?? ''}.`,
      };
  }
}
