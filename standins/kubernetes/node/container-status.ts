// The part of a pod's status that tells of one container.
import type { ContainerState, ContainerStatus } from '../model/pod';
import { apiTime } from '../store/kube-object';
import type { ContainerLife, LifeState } from './pod-life';

export function containerStatus(one: ContainerLife): ContainerStatus {
  const { container, state, last, containerID } = one;
  const { limits, requests } = container.resources ?? {};
  const created = containerID !== undefined;
  return {
    name: container.name,
    state: stateOf(state),
    lastState: last ? stateOf(last) : {},
    ready: one.init ? state.kind === 'terminated' && state.exitCode === 0 : state.kind === 'running',
    restartCount: one.restartCount,
    image: one.image,
    imageID: one.imageID,
    ...(created && { containerID }),
    started: state.kind === 'running',
    ...(created && requests && { allocatedResources: requests }),
    ...(created && { resources: { ...(limits && { limits }), ...(requests && { requests }) } }),
    ...(container.volumeMounts && {
      volumeMounts: container.volumeMounts.map(({ name, mountPath, readOnly }) => ({
        name,
        mountPath,
        ...(readOnly === true && { readOnly, recursiveReadOnly: 'Disabled' }),
      })),
    }),
  };
}

function stateOf(state: LifeState): ContainerState {
  switch (state.kind) {
    case 'waiting':
      return {
        waiting: { reason: state.reason, ...(state.message !== undefined && { message: state.message }) },
      };
    case 'running':
      return { running: { startedAt: apiTime(state.startedAt) } };
    case 'terminated':
      return {
        terminated: {
          exitCode: state.exitCode,
          reason: state.reason,
          ...(state.message !== undefined && { message: state.message }),
          startedAt: apiTime(state.startedAt),
          finishedAt: apiTime(state.finishedAt),
          containerID: state.containerID,
        },
      };
  }
}
