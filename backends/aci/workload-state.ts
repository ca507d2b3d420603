// From a container group, as a single GET shows it, to the workload's state. Pure.
import type { Container, ContainerGroup, ContainerState, Event } from '@azure/arm-containerinstance';

import type { Workload } from '../../domain/compute-backend';
import type { Reason } from '../../domain/failure-reason';
import { imageReason, provisioningReason, stateReason } from './failure-reasons';

/** What a group's one container shows; a stopped group, and a list, show nothing of it. */
type View = NonNullable<Container['instanceView']>;

/** States and events: azure-container-instances.md A.3 and B. */
export function workloadOf(group: ContainerGroup): Workload {
  const view = group.containers[0]?.instanceView ?? {};
  const events = view.events ?? [];
  const end = earliestEnd(view);
  const ranMoreThanOnce = startsOf(view) > 1;
  const known = {
    started: hasStarted(view),
    restartCount: view.restartCount ?? 0,
    ...(ranMoreThanOnce ? { ranMoreThanOnce } : {}),
    ...timesOf(end ?? view.currentState),
  };
  if (end !== undefined) return { ...known, ...endOf(end, ranMoreThanOnce) };
  const hidden = hiddenEnd(group, view);
  if (hidden !== undefined) return { ...known, phase: 'ended', ...hidden };
  if (view.currentState?.state === 'Running') return { ...known, phase: 'running' };
  const failure = hasFailed(group) ? provisioningFailure(group, events) : undefined;
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
function earliestEnd({ currentState, previousState }: View): ContainerState | undefined {
  if (previousState?.state === 'Terminated') return previousState;
  return currentState?.state === 'Terminated' ? currentState : undefined;
}

/**
 * How often the program was started, as far as this read shows: by the restart count, by an earlier state, or by
 * `Started` events, for a restart of the whole group leaves the count at 0 (azure-container-instances.md A.3).
 */
function startsOf({ restartCount = 0, previousState, events = [] }: View): number {
  const told = events.filter(({ name }) => name === 'Started').reduce((sum, { count = 1 }) => sum + count, 0);
  return Math.max(1 + restartCount, previousState?.state === 'Terminated' ? 2 : 1, told);
}

function endOf(
  end: ContainerState,
  ranMoreThanOnce: boolean,
): Pick<Workload, 'phase' | 'exitCode' | 'exitDetail' | 'failure'> {
  const detail = end.detailStatus === undefined || end.detailStatus === '' ? undefined : end.detailStatus;
  if (end.exitCode !== undefined) {
    return {
      phase: 'ended',
      exitCode: end.exitCode,
      ...(detail === undefined ? {} : { exitDetail: detail }),
    };
  }
  const why = `The container ended without an exit code (${detail ?? 'no detail'})`;
  const failure = ranMoreThanOnce
    ? stateReason('no-exit-code-restarted', `${why}, and the platform restarted it.`)
    : stateReason('no-exit-code', `${why}.`);
  return { phase: 'ended', failure };
}

/** The group has ended and does not show its container: a stop takes the exit codes with it (A.3). */
function hiddenEnd(group: ContainerGroup, view: View): Pick<Workload, 'exitCode' | 'failure'> | undefined {
  const state = group.instanceView?.state;
  if (state === 'Stopped')
    return {
      failure: stateReason(
        'stopped',
        'The container group was stopped by somebody else; its exit code is lost.',
      ),
    };
  if (view.currentState !== undefined || group.provisioningState !== 'Succeeded') return undefined;
  // Under `Never` a group is Succeeded when its programs ended with 0, and Failed when one did not (B).
  if (state === 'Succeeded') return { exitCode: 0 };
  if (state !== 'Failed') return undefined;
  return {
    failure: stateReason(
      'group-failed',
      'The container group failed and does not show how its program ended.',
    ),
  };
}

function hasStarted({ currentState, previousState, events = [] }: View): boolean {
  const ran = (state: ContainerState | undefined): boolean =>
    state?.state === 'Running' || state?.startTime !== undefined;
  return ran(currentState) || ran(previousState) || events.some(({ name }) => name === 'Started');
}

function timesOf(state: ContainerState | undefined): Pick<Workload, 'startedAt' | 'endedAt'> {
  return {
    ...(state?.startTime === undefined ? {} : { startedAt: state.startTime.getTime() }),
    ...(state?.finishTime === undefined ? {} : { endedAt: state.finishTime.getTime() }),
  };
}

/** The two states that are no way to success; all but `Succeeded` and `Failed` are not to be relied on (B). */
function hasFailed({ provisioningState }: ContainerGroup): boolean {
  return provisioningState === 'Failed' || provisioningState === 'Canceled';
}

function provisioningFailure(group: ContainerGroup, events: readonly Event[]): Reason {
  const messages = [...(group.instanceView?.events ?? []), ...events].flatMap(({ name, message }) => [
    name ?? '',
    message ?? '',
  ]);
  return provisioningReason(messages.filter((text) => text !== '').join(' '));
}

/** Events `Failed` and `BackOff` about the image; a later `Pulled` or `Started` outweighs them. */
function pullFailureOf(events: readonly Event[]): Reason | undefined {
  if (events.some(({ name }) => name === 'Pulled' || name === 'Started')) return undefined;
  const about = (wanted: string): Event | undefined =>
    events.findLast(({ name, message }) => name === wanted && /pull/i.test(message ?? ''));
  const failed = about('Failed') ?? about('BackOff');
  return failed === undefined ? undefined : imageReason(failed.message ?? '');
}
