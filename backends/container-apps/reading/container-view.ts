// From a container in the list of replicas to what is read of it. Pure.
import type { ShownContainer } from '../cloud/replicas-api';
import type { ExecutionView } from './sight';

/**
 * `Container started at: 11/4/2025 10:49:59 AM.`, without a zone: UTC
 * (docs/facts/container-apps.md#running-is-said-early).
 */
const STARTED_AT = /started at: (\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d{2}:\d{2} [AP]M)/;

/**
 * Why a container waits that has not run: the first is recorded, the others are the kubelet's own words
 * (docs/facts/container-apps.md#running-is-said-early). A container that waits after a crash says another.
 */
const BEFORE_ITS_START =
  /\b(PodInitializing|ContainerCreating|PullingImage|ErrImagePull|ImagePullBackOff|InvalidImageName)\b/;

export function containerView(shown: ShownContainer): NonNullable<ExecutionView['container']> {
  const { started, runningState, runningStateDetails } = shown;
  const startedAt = Date.parse(`${STARTED_AT.exec(runningStateDetails)?.[1] ?? ''} UTC`);
  return {
    hasStarted: started || runningState === 'Running',
    ...(Number.isNaN(startedAt) ? {} : { startedAt }),
    ...(runningStateDetails === '' ? {} : { said: runningStateDetails }),
  };
}

/** It waits for its image or for its first start. */
export function isWaiting({ started, runningState, runningStateDetails }: ShownContainer): boolean {
  return !started && runningState === 'Waiting' && BEFORE_ITS_START.test(runningStateDetails);
}
