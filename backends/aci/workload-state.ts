// From a container group, as a single GET shows it, to the workload's state. Pure.
import type { Container, ContainerGroup, ContainerState, Event } from '@azure/arm-containerinstance';

import type { Reason } from '../../domain/job/failure-reason';
import type { Workload } from '../../domain/ports/compute-backend';
import { startTroubleOf } from './container-events';
import { lackReason, mountReason, provisioningReason, startReason, stateReason } from './failure-reasons';
import { FAILED_MOUNT } from './group-failures';
import { platformExitReason } from './platform-exits';

/** What a group's one container shows; a stopped group, and a list, show nothing of it. */
type View = NonNullable<Container['instanceView']>;
type Trouble = ReturnType<typeof startTroubleOf>;

/** States and events: docs/facts/container-instances.md#states. */
export function workloadOf(group: ContainerGroup): Workload {
  const shown = group.containers[0]?.instanceView ?? {};
  const events = shown.events ?? [];
  const trouble = startTroubleOf(events);
  const view = withoutVainStarts(shown, trouble);
  const end = earliestEnd(view);
  if (end !== undefined && isNoStart(end, trouble)) return neverStarted(end, trouble);
  const ranMoreThanOnce = startsOf(view) > 1;
  const known = {
    started: hasStarted(view) ? ('yes' as const) : ('no' as const),
    restartCount: view.restartCount ?? 0,
    ...(ranMoreThanOnce ? { ranMoreThanOnce } : {}),
    ...timesOf(end ?? view.currentState),
  };
  if (end !== undefined) return { ...known, ...endOf(end, ranMoreThanOnce) };
  const hidden = hiddenEnd(group, view);
  if (hidden !== undefined) return { ...known, phase: 'ended', ...hidden };
  if (view.currentState?.state === 'Running') return { ...known, phase: 'running' };
  const failure = hasFailed(group) ? failedReason(group, events, trouble) : undefined;
  const phase = events.some(({ name }) => name === 'Pulling' || name === 'Pulled')
    ? 'pulling'
    : 'provisioning';
  const lacking =
    failure === undefined && phase === 'provisioning' ? lackReason(textOf(group, events)) : undefined;
  return {
    ...known,
    phase,
    ...(failure === undefined ? {} : { failure }),
    ...startTroubleIn(group, events, trouble),
    ...(lacking === undefined ? {} : { lacking }),
  };
}

/**
 * The first exit that is still visible: under `Never` the platform may restart a program that failed, and what it does
 * then is not the job's result (docs/facts/container-instances.md#never-restarts).
 */
function earliestEnd({ currentState, previousState }: View): ContainerState | undefined {
  if (previousState?.state === 'Terminated') return previousState;
  return currentState?.state === 'Terminated' ? currentState : undefined;
}

/**
 * How often the program was started, as far as this read shows: by the restart count, by an earlier state, or by
 * `Started` events, for a restart of the whole group leaves the count at 0
 * (docs/facts/container-instances.md#stop-and-start).
 */
function startsOf({ restartCount = 0, previousState, events = [] }: View): number {
  const told = events.filter(({ name }) => name === 'Started').reduce((sum, { count = 1 }) => sum + count, 0);
  return Math.max(1 + restartCount, previousState?.state === 'Terminated' ? 2 : 1, told);
}

/**
 * What a container is said to have ended with whose program was never started
 * (docs/facts/kubernetes.md#command-that-cannot-start).
 */
const NO_START = /StartError|ContainerCannotRun/i;

/** Whether an end is none of the program's: its exit code is the runtime's. */
function isNoStart({ detailStatus = '' }: ContainerState, trouble: Trouble): boolean {
  return trouble?.about === 'start' || NO_START.test(detailStatus);
}

/** The view without an earlier start that came to nothing: whatever was counted so far were no runs of the program. */
function withoutVainStarts(view: View, trouble: Trouble): View {
  const { previousState, currentState, events } = view;
  if (previousState?.state !== 'Terminated' || !isNoStart(previousState, trouble)) return view;
  return {
    ...(currentState === undefined ? {} : { currentState }),
    ...(events === undefined ? {} : { events }),
  };
}

function neverStarted(end: ContainerState, trouble: Trouble): Workload {
  const { endedAt } = timesOf(end);
  const said = `${end.detailStatus ?? ''} (${end.exitCode ?? 'no exit code'})`;
  return {
    phase: 'ended',
    started: 'no',
    restartCount: 0,
    failure: trouble?.about === 'start' ? trouble.reason : startReason(said),
    ...(endedAt === undefined ? {} : { endedAt }),
  };
}

function endOf(
  end: ContainerState,
  ranMoreThanOnce: boolean,
): Pick<Workload, 'phase' | 'exitCode' | 'exitDetail' | 'exitReason' | 'failure'> {
  const detail = end.detailStatus === undefined || end.detailStatus === '' ? undefined : end.detailStatus;
  if (end.exitCode !== undefined) {
    const exitReason = platformExitReason(end.exitCode);
    return {
      phase: 'ended',
      exitCode: end.exitCode,
      ...(detail === undefined ? {} : { exitDetail: detail }),
      ...(exitReason === undefined ? {} : { exitReason }),
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

/** A program that was to be started had room, quota and an image: what kept it from starting is the reason. */
function failedReason(group: ContainerGroup, events: readonly Event[], trouble: Trouble): Reason {
  if (trouble?.about === 'start') return trouble.reason;
  return provisioningReason(textOf(group, events));
}

/**
 * What keeps the program from starting: its image, its start, or a share. A share that the platform has tried to mount
 * only once may come at its next try (docs/facts/container-instances.md#failed-mounts).
 */
function startTroubleIn(
  group: ContainerGroup,
  events: readonly Event[],
  trouble: Trouble,
): Pick<Workload, 'startTrouble'> {
  if (trouble !== undefined) return { startTrouble: trouble.reason };
  if (events.length > 0) return {}; // Its image is pulled once its shares are mounted.
  const mount = (group.instanceView?.events ?? []).findLast(
    ({ name = '', count = 1 }) => FAILED_MOUNT.test(name) && count > 1,
  );
  return mount === undefined ? {} : { startTrouble: mountReason(mount.name ?? '', mount.message ?? '') };
}

/** All that the group's events and its container's say. */
function textOf(group: ContainerGroup, events: readonly Event[]): string {
  const messages = [...(group.instanceView?.events ?? []), ...events].flatMap(({ name, message }) => [
    name ?? '',
    message ?? '',
  ]);
  return messages.filter((text) => text !== '').join(' ');
}
