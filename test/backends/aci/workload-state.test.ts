import type { ContainerGroup, ContainerState, Event } from '@azure/arm-containerinstance';

import { workloadOf } from '../../../backends/aci/workload-state';

const START = new Date('2026-01-01T00:01:00Z');
const FINISH = new Date('2026-01-01T00:05:00Z');
const RUNNING: ContainerState = { state: 'Running', startTime: START, detailStatus: '' };
const COMPLETED: ContainerState = {
  state: 'Terminated',
  startTime: START,
  exitCode: 0,
  finishTime: FINISH,
  detailStatus: 'Completed',
};
const FAILED: ContainerState = { ...COMPLETED, exitCode: 3, detailStatus: 'Error' };
const WAITING: ContainerState = { state: 'Waiting', detailStatus: '' };

function event(name: string, message: string, type = 'Normal'): Event {
  return { count: 1, name, message, type, firstTimestamp: START, lastTimestamp: START };
}
const PULLING = event('Pulling', 'pulling image "alpine"');
const PULLED = event('Pulled', 'Successfully pulled image "alpine"');
const STARTED = event('Started', 'Started container');

interface Shown {
  readonly provisioningState?: string;
  readonly state?: string;
  readonly groupEvents?: Event[];
  readonly current?: ContainerState;
  readonly previous?: ContainerState;
  readonly events?: Event[];
  readonly restartCount?: number;
  /** A stopped group shows its container without any instance view. */
  readonly hidden?: boolean;
}

/** A group as a single GET shows it (docs/facts/container-instances.md#views). */
function group(shown: Shown): ContainerGroup {
  const { current, previous, events = [], restartCount = 0 } = shown;
  const instanceView = {
    restartCount,
    events,
    ...(current === undefined ? {} : { currentState: current }),
    ...(previous === undefined ? {} : { previousState: previous }),
  };
  return {
    osType: 'Linux',
    provisioningState: shown.provisioningState ?? 'Succeeded',
    instanceView: { state: shown.state ?? 'Running', events: shown.groupEvents ?? [] },
    containers: [
      {
        name: 'program',
        image: 'alpine',
        resources: { requests: { cpu: 1, memoryInGB: 1.5 } },
        ...(shown.hidden === true ? {} : { instanceView }),
      },
    ],
  };
}

describe('the state of a workload', () => {
  test.each<[string, Shown, object]>([
    [
      'just created, without any view',
      { provisioningState: 'Pending', state: 'Pending', hidden: true },
      { phase: 'provisioning', started: 'no' },
    ],
    [
      'being created',
      { provisioningState: 'Creating', current: WAITING },
      { phase: 'provisioning', started: 'no' },
    ],
    [
      'pulling its image',
      { provisioningState: 'Creating', current: WAITING, events: [PULLING] },
      { phase: 'pulling', started: 'no' },
    ],
    [
      'with its image pulled',
      { provisioningState: 'Creating', current: WAITING, events: [PULLING, PULLED] },
      { phase: 'pulling', started: 'no' },
    ],
    [
      'running',
      { current: RUNNING, events: [PULLING, PULLED, STARTED] },
      { phase: 'running', started: 'yes', startedAt: START.getTime() },
    ],
    [
      'ended well',
      { state: 'Succeeded', current: COMPLETED },
      { phase: 'ended', started: 'yes', exitCode: 0, startedAt: START.getTime(), endedAt: FINISH.getTime() },
    ],
    ['ended with 3', { state: 'Failed', current: FAILED }, { phase: 'ended', exitCode: 3 }],
    [
      'stopped by hand, its view gone',
      { state: 'Stopped', hidden: true },
      { phase: 'ended', failure: { code: 'lost' } },
    ],
  ])('that is %s', (_what, shown, workload) => {
    expect(workloadOf(group(shown))).toMatchObject(workload);
  });

  test('that the platform started again is what its first program made of it', () => {
    const again = workloadOf(
      group({ current: RUNNING, previous: FAILED, restartCount: 1, events: [STARTED, STARTED] }),
    );
    expect(again).toMatchObject({
      phase: 'ended',
      exitCode: 3,
      restartCount: 1,
      ranMoreThanOnce: true,
      endedAt: FINISH.getTime(),
    });
    const twice = workloadOf(group({ current: COMPLETED, previous: FAILED, restartCount: 1 }));
    expect(twice).toMatchObject({ exitCode: 3 });
  });

  test('that ended without exit code is a failure, never a success', () => {
    const without: ContainerState = { state: 'Terminated', startTime: START, finishTime: FINISH };
    const workload = workloadOf(group({ current: without }));
    expect(workload.exitCode).toBeUndefined();
    expect(workload.failure).toMatchObject({ class: 'infrastructure' });
  });

  test.each([
    [
      'InsufficientCapacity.',
      "The requested resource is not available in the location 'westus2' at this moment.",
      'capacity',
    ],
    ['Failed', 'Something that nobody has seen before', 'given-up'],
  ])('whose provisioning failed with %s: %s', (name, message, code) => {
    const shown = {
      provisioningState: 'Failed',
      state: 'Failed',
      groupEvents: [event(name, message, 'Warning')],
      current: WAITING,
    };
    expect(workloadOf(group(shown)).failure).toMatchObject({ code, class: 'infrastructure' });
  });

  test.each(['Pending', 'Creating', 'Repairing'])(
    'that is %s and was told that there is no capacity waits for it; that is no failure yet',
    (provisioningState) => {
      const message = "The requested resource is not available in the location 'westus2' at this moment.";
      const groupEvents = [event('InsufficientCapacity.', message, 'Warning')];
      const workload = workloadOf(group({ provisioningState, groupEvents, current: WAITING }));
      expect(workload).toMatchObject({ phase: 'provisioning', lacking: { code: 'capacity' } });
      expect(workload.failure).toBeUndefined();
      const pulling = workloadOf(
        group({ provisioningState, groupEvents, current: WAITING, events: [event('Pulling', 'x')] }),
      );
      expect(pulling.lacking).toBeUndefined(); // There is capacity by now.
      expect(workloadOf(group({ provisioningState, current: WAITING })).lacking).toBeUndefined();
    },
  );

  test('whose image can not be pulled says so as long as no event outweighs it', () => {
    const failed = event('Failed', 'Failed to pull image "nope": manifest unknown', 'Warning');
    const backOff = event('BackOff', 'Back-off pulling image "nope"', 'Warning');
    const creating = { provisioningState: 'Creating', current: WAITING };
    expect(workloadOf(group({ ...creating, events: [PULLING, failed, backOff] })).startTrouble).toMatchObject(
      {
        code: 'image-not-found',
        class: 'user',
      },
    );
    expect(
      workloadOf(group({ ...creating, events: [PULLING, failed, PULLED] })).startTrouble,
    ).toBeUndefined();
    expect(workloadOf(group({ ...creating, events: [PULLING] })).startTrouble).toBeUndefined();
  });
});
