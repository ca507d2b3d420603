import type { ContainerGroup, ContainerState } from '@azure/arm-containerinstance';

import type { JobView } from '../../api/jobs';
import { workloadOf } from '../../backends/aci/workload-state';
import type { WireRequest } from '../../standins/wire/handler';
import { NEVER_ENDS } from '../support/world/region';
import { createTestWorld, GPU_JOB } from '../support/world/test-world';

const MINUTE = 60_000;
const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
const ended = (exitCode: number, second: number): ContainerState => ({
  state: 'Terminated',
  startTime: at(second - 5),
  finishTime: at(second),
  exitCode,
  detailStatus: exitCode === 0 ? 'Completed' : 'Error',
});

type View = NonNullable<ContainerGroup['containers'][number]['instanceView']>;

function group(view: View | undefined, of: Partial<ContainerGroup> = {}): ContainerGroup {
  return {
    osType: 'Linux',
    provisioningState: 'Succeeded',
    instanceView: { state: 'Running', events: [] },
    containers: [
      {
        name: 'program',
        image: 'a',
        resources: { requests: { cpu: 1, memoryInGB: 1 } },
        ...(view && { instanceView: view }),
      },
    ],
    ...of,
  };
}

describe('a program that the platform restarted, though its policy is Never', () => {
  test('has the result of its earliest end still visible, and ran more than once', () => {
    const view: View = { restartCount: 1, previousState: ended(1, 10), currentState: ended(0, 20) };
    expect(workloadOf(group(view))).toMatchObject({
      phase: 'ended',
      exitCode: 1,
      ranMoreThanOnce: true,
      endedAt: at(10).getTime(),
    });
  });

  test('goes on when none of its ends is visible', () => {
    const view: View = { restartCount: 2, currentState: { state: 'Running', startTime: at(9) } };
    expect(workloadOf(group(view))).toMatchObject({
      phase: 'running',
      ranMoreThanOnce: true,
      restartCount: 2,
    });
  });

  test('is recognised by its events alone after a restart of the whole group, which leaves the count at 0', () => {
    const events = [
      { name: 'Started', count: 1 },
      { name: 'Killing', count: 1 },
      { name: 'Started', count: 1 },
    ];
    const running = { state: 'Running', startTime: at(9) };
    expect(workloadOf(group({ restartCount: 0, currentState: running, events }))).toMatchObject({
      ranMoreThanOnce: true,
    });
    const once = workloadOf(group({ restartCount: 0, currentState: running, events: events.slice(0, 1) }));
    expect(once).not.toHaveProperty('ranMoreThanOnce');
  });

  test('failed by the platform when its end carries no exit code', () => {
    const end = { state: 'Terminated', startTime: at(1), finishTime: at(2) };
    expect(workloadOf(group({ restartCount: 1, currentState: end })).failure).toMatchObject({
      code: 'platform-restart',
    });
    expect(workloadOf(group({ restartCount: 0, currentState: end })).failure).toMatchObject({ code: 'lost' });
  });

  test('ends its job with its first exit code, marked, the program removed while it runs again', async () => {
    const intercept = (request: WireRequest): WireRequest | undefined => {
      if (request.method !== 'PUT') return undefined;
      return { ...request, body: Buffer.from(request.body.toString().replace('"Never"', '"OnFailure"')) };
    };
    const fails = { prints: [], exit: { atMs: 5_000, code: 3 } };
    const world = await createTestWorld({
      one: { intercept, scripts: [fails, NEVER_ENDS], settings: { restartBackOffMs: 1 } },
    });
    const isOver = ({ outcome }: JobView): boolean => outcome !== undefined;
    const jobId = await world.submit(GPU_JOB);
    expect(await world.until(jobId, isOver, 5 * MINUTE)).toMatchObject({
      outcome: 'Failed',
      exitCode: 3,
      reason: { code: 'exit-code', message: expect.stringContaining('more than once') as unknown },
      attempts: [{ exitCode: 3, ranMoreThanOnce: true, restartCount: 1 }],
    });
    const gone = await world.until(jobId, ({ cleanup }) => cleanup === 'gone', 5 * MINUTE);
    expect(gone.attempts).toHaveLength(1);
  });
});

describe('an end that a group does not show in its container', () => {
  test.each<[string, Partial<ContainerGroup>, object]>([
    ['stopped by somebody', { instanceView: { state: 'Stopped' } }, { failure: { code: 'lost' } }],
    ['Succeeded', { instanceView: { state: 'Succeeded' } }, { exitCode: 0 }],
    ['Failed after it was provisioned', { instanceView: { state: 'Failed' } }, { failure: { code: 'lost' } }],
  ])('is the end all the same: %s', (_what, of, shown) => {
    expect(workloadOf(group(undefined, of))).toMatchObject({ phase: 'ended', ...shown });
  });

  test('is none while provisioning goes on or has failed', () => {
    const pending = group(undefined, { provisioningState: 'Creating', instanceView: { state: 'Pending' } });
    expect(workloadOf(pending)).toEqual({ phase: 'provisioning', started: 'no', restartCount: 0 });
    const failed = group(undefined, { provisioningState: 'Failed', instanceView: { state: 'Failed' } });
    expect(workloadOf(failed)).toMatchObject({ phase: 'provisioning', failure: { code: 'given-up' } });
  });

  test('is none either while the container runs, whatever the group says', () => {
    const view: View = { restartCount: 0, currentState: { state: 'Running', startTime: at(1) } };
    expect(workloadOf(group(view, { instanceView: { state: 'Failed' } })).phase).toBe('running');
    expect(workloadOf(group(view, { provisioningState: 'Repairing' })).phase).toBe('running');
  });

  test('counts although the group says that it still runs', () => {
    const over = group(
      { restartCount: 0, currentState: ended(7, 9) },
      { instanceView: { state: 'Running' } },
    );
    expect(workloadOf(over)).toMatchObject({ phase: 'ended', exitCode: 7, exitDetail: 'Error' });
  });
});
