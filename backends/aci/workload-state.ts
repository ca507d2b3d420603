// From a container group, as a single GET shows it, to the workload's state. Pure.
import type { Container, ContainerGroup, ContainerState, Event } from '@azure/arm-containerinstance';

import type { Workload } from '../../domain/compute-backend';
import { type Reason, reason } from '../../domain/failure-reason';
import { imageReason, provisioningReason } from './failure-reasons';

/** States and events: azure-container-instances.md A.3 and B. */
export function workloadOf(group: ContainerGroup): Workload {
  const view = group.containers[0]?.instanceView;
  const events = view?.events ?? [];
  const end = earliestEnd(group.containers[0]);
  const known = {
    started: hasStarted(view?.currentState, view?.previousState, events),
    restartCount: view?.restartCount ?? 0,
    ...timesOf(end ?? view?.currentState),
  };
  if (end !== undefined) return { ...known, ...endOf(end) };
  if (group.instanceView?.state === 'Stopped') return { ...known, phase: 'ended', failure: stoppedByHand() };
  if (view?.currentState?.state === 'Running') return { ...known, phase: 'running' };
  const failure = group.provisioningState === 'Failed' ? provisioningFailure(group, events) : undefined;
  const pullFailure = pullFailureOf(events);
  return {
    ...known,
    phase: events.some(({ name }) => name === 'Pulling' || name === 'Pulled') ? 'pulling' : 'provisioning',
    ...(failure === undefined ? {} : { failure }),
    ...(pullFailure === undefined ? {} : { pullFailure }),
  };
}

/**
 * The first exit that is still visible: under `Never` the platform may restart a program that failed, and what it does
 * then is not the job's result (azure-container-instances.md, 0.2).
 */
function earliestEnd(container: Container | undefined): ContainerState | undefined {
  const { currentState, previousState } = container?.instanceView ?? {};
  if (previousState?.state === 'Terminated') return previousState;
  return currentState?.state === 'Terminated' ? currentState : undefined;
}

function endOf(end: ContainerState): Pick<Workload, 'phase' | 'exitCode' | 'failure'> {
  if (end.exitCode !== undefined) return { phase: 'ended', exitCode: end.exitCode };
  return {
    phase: 'ended',
    failure: reason('lost', `The container ended without an exit code (${end.detailStatus ?? 'no detail'}).`),
  };
}

function hasStarted(
  current: ContainerState | undefined,
  previous: ContainerState | undefined,
  events: readonly Event[],
): boolean {
  const ran = (state: ContainerState | undefined): boolean =>
    state?.state === 'Running' || state?.startTime !== undefined;
  return ran(current) || ran(previous) || events.some(({ name }) => name === 'Started');
}

function timesOf(state: ContainerState | undefined): Pick<Workload, 'startedAt' | 'endedAt'> {
  return {
    ...(state?.startTime === undefined ? {} : { startedAt: state.startTime.getTime() }),
    ...(state?.finishTime === undefined ? {} : { endedAt: state.finishTime.getTime() }),
  };
}

/** A stop takes the exit codes with it (azure-container-instances.md A.3). */
function stoppedByHand(): Reason {
  return reason('lost', 'The container group was stopped by somebody else; its exit code is lost.');
}

function provisioningFailure(group: ContainerGroup, events: readonly Event[]): Reason {
  const messages = [...(group.instanceView?.events ?? []), ...events].flatMap(({ name, message }) => [
    name ?? '',
    message ?? '',
  ]);
  return provisioningReason(messages.filter((text) => text !== '').join(' '));
}

/** Warning events `Failed` and `BackOff` about the image; a later `Pulled` outweighs them. */
function pullFailureOf(events: readonly Event[]): Reason | undefined {
  if (events.some(({ name }) => name === 'Pulled' || name === 'Started')) return undefined;
  const failed = events.findLast(({ name, message }) => name === 'Failed' && /pull/i.test(message ?? ''));
  return failed === undefined ? undefined : imageReason(failed.message ?? '');
}
