// The reading over every recording of a workload that is not over: what it waits for, and what keeps it from starting.
import type { Job, Pod } from '../../../../backends/kubernetes/reading/objects';
import { fitsNoNode } from '../../../../backends/kubernetes/reading/pod-waiting';
import { type Sight, workloadOf } from '../../../../backends/kubernetes/reading/workload-of';
import { EVENTS, JOBS, PODS } from '../recorded-objects';

function podIn(recording: string): Pod {
  const shown = PODS.find((one) => one.in === recording);
  if (shown === undefined) throw new Error(`${recording} shows no pod.`);
  return shown.object;
}

function jobNamed(name: string): Job {
  const shown = JOBS.findLast(({ object }) => object.metadata.name === name);
  if (shown === undefined) throw new Error(`No recording shows the Job ${name}.`);
  return shown.object;
}

/** A minute after the pod was made. */
function soonAfter(pod: Pod): Sight {
  const now = (pod.metadata.creationTimestamp ?? 0) + 60_000;
  return { job: undefined, pods: [pod], events: EVENTS.map(({ object }) => object), now };
}

/** What a pod that waits is told as, by the recording. */
const WAITS: Readonly<Record<string, object>> = {
  'E01-pods-of-job-pending': lacking('no nodes available'),
  'K03-pod-unschedulable-taint': lacking('untolerated taint'),
  'K08-pod-insufficient-gpu': lacking('Insufficient nvidia.com/gpu'),
  'L16-03-pod-insufficient-gpu': lacking('Insufficient nvidia.com/gpu'),
  'O09-pod-nodeselector': lacking("didn't match Pod's node affinity/selector"),
  'L8-01-pod-errimagepull': trouble('image-not-found', 'user', 'ErrImagePull'),
  'L8-03-pod-imagepullbackoff': trouble('image-not-found', 'user', 'ImagePullBackOff'),
  'L9-pod-pull-auth': trouble('image-not-found', 'user', 'needs a right to pull it'),
  'L9-pod-pull-badname': trouble('image-not-found', 'user', 'in lower case'),
  'L9-pod-pull-never': trouble('image-not-found', 'user', 'ErrImageNeverPull'),
  'L11-01-pod-createcontainerconfigerror': trouble(
    'cannot-start',
    'infrastructure',
    'secret "absent" not found',
  ),
  'L11-04-pod-failedmount': trouble('cannot-start', 'infrastructure', 'secret "absent" not found'),
};

function lacking(says: string): object {
  const message = expect.stringContaining(says) as unknown;
  return { phase: 'provisioning', started: 'no', lacking: { code: 'capacity', message } };
}

function trouble(code: string, ofClass: string, says: string): object {
  const message = expect.stringContaining(says) as unknown;
  return { phase: 'pulling', started: 'no', startTrouble: { code, class: ofClass, message } };
}

test.each(Object.entries(WAITS))('%s', (recording, told) => {
  expect(workloadOf(soonAfter(podIn(recording)))).toMatchObject(told);
});

test('every recorded pod that waits for more than its making has a row, or its like has one', () => {
  const waits = ({ status }: Pod): string | undefined => {
    const why = status?.containerStatuses?.[0]?.state?.waiting?.reason;
    if (why !== undefined)
      return /^(ContainerCreating|PodInitializing|CrashLoopBackOff)$/.test(why) ? undefined : why;
    const unscheduled = status?.conditions?.find(
      ({ type, status: is }) => type === 'PodScheduled' && is === 'False',
    );
    // What it says of preemption differs from moment to moment.
    return unscheduled?.message?.split(' no new claims')[0];
  };
  const known = new Set(Object.keys(WAITS).map((recording) => waits(podIn(recording))));
  const unknown = PODS.filter(({ object }) => waits(object) !== undefined && !known.has(waits(object)));
  expect(unknown.map((one) => `${one.in}: ${waits(one.object) ?? ''}`)).toEqual([]);
});

test.each([
  ['over', 'failure', 'quota', 'exceeded quota'],
  ['ps', 'startTrouble', 'refused', 'violates PodSecurity'],
  ['no-serviceaccount', 'startTrouble', 'refused', 'serviceaccount "absent" not found'],
  ['no-priorityclass', 'startTrouble', 'refused', 'no PriorityClass with name absent'],
  ['no-runtimeclass', 'startTrouble', 'refused', 'RuntimeClass "absent" not found'],
])('the Job %s, whose pod is refused, is not running', (name, where, code, says) => {
  const sight = { job: jobNamed(name), pods: [], events: EVENTS.map(({ object }) => object), now: 0 };
  expect(workloadOf(sight)).toMatchObject({
    phase: 'provisioning',
    started: 'no',
    [where]: { code, class: 'infrastructure', message: expect.stringContaining(says) as unknown },
  });
});

test('each recorded refusal of a pod belongs to a Job that was read', () => {
  const refused = EVENTS.filter(({ object }) => object.reason === 'FailedCreate');
  const read = ['over', 'ps', 'no-serviceaccount', 'no-priorityclass', 'no-runtimeclass'].map(jobNamed);
  const unread = refused.filter(
    ({ object }) => !read.some(({ metadata }) => metadata.uid === object.involvedObject.uid),
  );
  expect(unread.map((one) => `${one.in}: ${one.object.message ?? ''}`)).toEqual([]);
});

test('a quota that is used by others is waited for', () => {
  const used = {
    reason: 'FailedCreate',
    type: 'Warning',
    message:
      'Error creating: pods "a" is forbidden: exceeded quota: gpu-quota, requested: requests.nvidia.com/gpu=1, used: requests.nvidia.com/gpu=2, limited: requests.nvidia.com/gpu=2',
  };
  const job = jobNamed('over');
  const events = [{ ...used, involvedObject: { kind: 'Job', uid: job.metadata.uid } }];
  const workload = workloadOf({ job, pods: [], events, now: 0 });
  expect(workload).toMatchObject({ lacking: { code: 'quota' } });
  expect(workload?.failure).toBeUndefined();
});

test('a Job that is suspended waits, and has not failed', () => {
  const job = JOBS.find((one) => one.in === 'L14-02-get-suspended')?.object;
  const workload = workloadOf({ job, pods: [], events: [], now: 0 });
  expect(workload).toMatchObject({ phase: 'provisioning', started: 'no', lacking: { code: 'capacity' } });
  expect(workload?.failure).toBeUndefined();
});

describe('a pod that no node has room for', () => {
  const TOO_LARGE =
    "0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector. no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.";

  test('is given up after some minutes if no node could ever hold it and none is being added', () => {
    const sight = soonAfter(podIn('O09-pod-nodeselector'));
    const later = { ...sight, now: sight.now + 10 * 60_000 };
    expect(workloadOf(later)).toMatchObject({ failure: { code: 'refused', class: 'infrastructure' } });
    const uid = podIn('O09-pod-nodeselector').metadata.uid;
    const events = [
      { reason: 'TriggeredScaleUp', type: 'Normal', message: '', involvedObject: { kind: 'Pod', uid } },
    ];
    const scaling = workloadOf({ ...later, events });
    expect(scaling).toMatchObject({
      lacking: { message: expect.stringContaining('A node is being added') as unknown },
    });
    expect(scaling?.failure).toBeUndefined();
  });

  test.each([
    '1 in backoff after failed scale-up',
    "1 node(s) didn't match Pod's node affinity/selector, 1 max node group size reached",
    '1 not ready for scale-up',
    '1 max cluster cpu limit reached',
  ])('is waited for where the autoscaler says that a pool could hold it: %s', (why) => {
    const sight = soonAfter(podIn('O09-pod-nodeselector'));
    const uid = podIn('O09-pod-nodeselector').metadata.uid;
    const message = `pod didn't trigger scale-up: ${why}`;
    const events = [
      { reason: 'NotTriggerScaleUp', type: 'Normal', message, involvedObject: { kind: 'Pod', uid } },
    ];
    const workload = workloadOf({ ...sight, now: sight.now + 10 * 60_000, events });
    expect(workload).toMatchObject({ lacking: { code: 'capacity' } });
    expect(workload?.failure).toBeUndefined();
  });

  test('is given up where the autoscaler says of every pool that its nodes could not hold it', () => {
    const sight = soonAfter(podIn('O09-pod-nodeselector'));
    const uid = podIn('O09-pod-nodeselector').metadata.uid;
    const message = "pod didn't trigger scale-up: 2 node(s) didn't match Pod's node affinity/selector";
    const events = [
      { reason: 'NotTriggerScaleUp', type: 'Normal', message, involvedObject: { kind: 'Pod', uid } },
    ];
    const workload = workloadOf({ ...sight, now: sight.now + 10 * 60_000, events });
    expect(workload).toMatchObject({ failure: { code: 'refused' } });
  });

  test('is waited for while events can not be read: they may say that a node comes', () => {
    const sight = { ...soonAfter(podIn('O09-pod-nodeselector')), events: undefined };
    const workload = workloadOf({ ...sight, now: sight.now + 10 * 60_000 });
    expect(workload).toMatchObject({ lacking: { code: 'capacity' } });
    expect(workload?.failure).toBeUndefined();
  });

  test('is waited for where others may leave, or a taint may be lifted', () => {
    expect(fitsNoNode(TOO_LARGE)).toBe(true);
    for (const recording of [
      'K08-pod-insufficient-gpu',
      'K03-pod-unschedulable-taint',
      'E01-pods-of-job-pending',
    ]) {
      const sight = soonAfter(podIn(recording));
      expect(workloadOf({ ...sight, now: sight.now + 3_600_000 })?.failure).toBeUndefined();
    }
  });
});

describe('a program that runs', () => {
  test.each(['L16-01-pod-running', 'N03-pod-on-lost-node', 'L24-01-pod-preempted', 'L24-05-pod-evicted'])(
    'is shown as running while its pod is: %s',
    (recording) => {
      const pod = podIn(recording);
      const now = pod.metadata.deletionTimestamp ?? 0;
      const workload = workloadOf({ ...soonAfter(pod), now });
      expect(workload).toMatchObject({
        phase: 'running',
        started: 'yes',
        startedAt: expect.any(Number) as unknown,
      });
      expect(workload?.failure).toBeUndefined();
    },
  );

  test('is lost once its node does not end it in time', () => {
    const pod = podIn('N04-pod-taint-evicted');
    const due = pod.metadata.deletionTimestamp ?? 0;
    expect(workloadOf({ ...soonAfter(pod), now: due + 30_000 })?.failure).toBeUndefined();
    expect(workloadOf({ ...soonAfter(pod), now: due + 120_000 })).toMatchObject({
      started: 'yes',
      failure: { code: 'lost', class: 'infrastructure', message: expect.stringContaining('lost') as unknown },
    });
  });
});

describe('a pod whose program no look has shown', () => {
  /** As recorded, but for its container: it waits. */
  function waiting(recording: string): Pod {
    const pod = podIn(recording);
    const containerStatuses = [{ restartCount: 0, state: undefined, lastState: undefined }];
    return { ...pod, status: pod.status && { ...pod.status, containerStatuses } };
  }

  test('may have started on the node that was lost, and is not said to be unstarted', () => {
    const lost = waiting('N04-pod-taint-evicted');
    const due = lost.metadata.deletionTimestamp ?? 0;
    expect(workloadOf({ ...soonAfter(lost), now: due + 30_000 })).toMatchObject({ started: 'no' });
    expect(workloadOf({ ...soonAfter(lost), now: due + 120_000 })).toMatchObject({
      started: 'perhaps',
      failure: { code: 'lost' },
    });
    const failed = { ...lost, status: lost.status && { ...lost.status, phase: 'Failed' } };
    expect(workloadOf(soonAfter(failed))).toMatchObject({
      phase: 'ended',
      started: 'perhaps',
      failure: { code: 'lost' },
    });
  });

  test('was pulled for too long if its deadline ended it', () => {
    const workload = workloadOf(soonAfter(waiting('L28-02-pods')));
    expect(workload).toMatchObject({
      phase: 'ended',
      started: 'no',
      failure: { code: 'pulling-deadline', class: 'infrastructure' },
    });
  });
});

test('two pods of one Job are a double start, and the first one is the job', () => {
  const pods = PODS.filter((one) => one.in === 'L5-03-pods-final').map(({ object }) => object);
  expect(pods).toHaveLength(2);
  const workload = workloadOf({ job: jobNamed('retry2'), pods: pods.toReversed(), events: [], now: 0 });
  expect(workload).toMatchObject({
    exitCode: 1,
    ranMoreThanOnce: true,
    endedAt: Date.parse('2026-01-01T00:06:33Z'),
  });
});
