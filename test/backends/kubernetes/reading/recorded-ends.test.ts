// The reading over every recording of an end: what became of each pod and Job, and what it must be told as.
import type { Job, Pod } from '../../../../backends/kubernetes/reading/objects';
import { workloadOf } from '../../../../backends/kubernetes/reading/workload-of';
import { exitVerdict } from '../../../../domain/attempt/exit-verdict';
import type { ReasonCode } from '../../../../domain/job/failure-reason';
import type { Workload } from '../../../../domain/ports/compute-backend';
import { JOBS, lastJob, PODS } from '../recorded-objects';

/** `succeeded`, or the reason; then what its sentence must hold. */
type End = readonly ['succeeded' | ReasonCode, string?];

/** By the name of the pod. */
const ENDS_OF_PODS: Readonly<Record<string, End>> = {
  'samples-tf-mnist-demo-rlgxr': ['succeeded'],
  'samples-tf-mnist-demo-znc4t': ['succeeded'],
  'follow-mn725': ['succeeded'],
  'bigline-84664': ['succeeded'],
  'pull-ok-mvbtt': ['succeeded'],
  'indexed-0-2zhkx': ['succeeded'],
  'indexed-1-hdc4m': ['succeeded'],
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbb75dkk': ['succeeded'],
  // Ended by themselves, and deleted later.
  'ttl-fvdkg': ['succeeded'],
  'orph-pxmd6': ['succeeded'],
  'podgone-htb5v': ['succeeded'],
  'exit3-zhxxl': ['exit-code', 'exit code 3'],
  'pfp-5r4k4': ['exit-code', 'exit code 42'],
  'signal-d7qx2': ['exit-code', 'exit code 1'],
  'termmsg-wcjqd': ['exit-code', 'exit code 7'],
  'retry2-b8bbl': ['exit-code', 'exit code 1'],
  'retry2-d5qgv': ['exit-code', 'exit code 1'],
  'onfailure-mvjp5': ['exit-code', 'exit code 1'],
  'crashing-hlkq9': ['exit-code', 'started it more than once'],
  'oom-pbtcv': ['killed', 'ran out of memory'],
  'nocmd-qkv8n': ['cannot-start', '"/no/such/binary"'],
  'evicted-cgnpf': ['killed', 'exceeds the limit "1Mi"'],
  'pod-deadline-ks6x8': ['running-deadline', 'longer than its deadline'],
  'deadline-k4f5m': ['expired', 'outlived all its deadlines'],
  'rejected-t69j7': ['capacity', "didn't have enough resource: nvidia.com/gpu"],
  'susp-x44hh': ['evicted', 'its Job was suspended'],
  'running-gbh7j': ['lost', 'Somebody else deleted the pod'],
  'bg-966jm': ['lost', 'Somebody else deleted the pod'],
  'podgone-zjppj': ['lost', 'Somebody else deleted the pod'],
  'low-fgg7q': ['evicted', 'a pod of higher priority took its place'],
  'low-l9vsc': ['evicted', 'its node was drained'],
  'lost-2c6mz': ['lost', 'its node is gone'],
};

/** What is left to tell of a Job whose pods are gone. */
const ENDS_OF_JOBS: Readonly<Record<string, End>> = {
  'samples-tf-mnist-demo': ['succeeded'],
  bigline: ['succeeded'],
  indexed: ['succeeded'],
  orph: ['succeeded'],
  parallel: ['succeeded'],
  podgone: ['succeeded'],
  ttl: ['succeeded'],
  deadline: ['expired', 'outlived all its deadlines'],
  evicted: ['lost', 'BackoffLimitExceeded'],
  exit3: ['lost', 'BackoffLimitExceeded'],
  nocmd: ['lost', 'BackoffLimitExceeded'],
  onfailure: ['lost', 'BackoffLimitExceeded'],
  oom: ['lost', 'BackoffLimitExceeded'],
  pfp: ['lost', 'exit code 42'],
  'pod-deadline': ['lost', 'BackoffLimitExceeded'],
  rejected: ['lost', 'BackoffLimitExceeded'],
  retry2: ['lost', 'BackoffLimitExceeded'],
};

function hasEnded({ status }: Pod): boolean {
  const { phase = '', containerStatuses: [container] = [] } = status ?? {};
  const end = container?.state?.terminated ?? container?.lastState?.terminated;
  return end !== undefined || ['Succeeded', 'Failed'].includes(phase);
}

function isOver({ status }: Job): boolean {
  return (
    status?.conditions?.some(({ type, status: is }) => /^(Complete|Failed)$/.test(type) && is === 'True') ??
    false
  );
}

const podEnds = PODS.filter(({ object }) => hasEnded(object));
const jobEnds = JOBS.filter(({ object }) => isOver(object));

/** What the generic code makes of it. */
function toldAs(workload: Workload | undefined): { code: string; message: string } {
  if (workload?.phase !== 'ended') throw new Error(`No end: ${JSON.stringify(workload)}`);
  const { exitCode, exitReason, exitDetail, failure, ranMoreThanOnce } = workload;
  if (exitCode === undefined) return failure ?? { code: 'nothing', message: '' };
  const verdict = exitVerdict(exitCode, { reason: exitReason, detail: exitDetail, ranMoreThanOnce });
  return verdict.kind === 'succeeded' ? { code: 'succeeded', message: '' } : verdict.reason;
}

function rowOf(ends: Readonly<Record<string, End>>, name: string): End {
  const row = ends[name];
  if (row === undefined) throw new Error(`The table has no row for the recorded end of ${name}.`);
  return row;
}

test('the recordings hold ends at all', () => {
  expect(podEnds.length).toBeGreaterThan(100);
  expect(jobEnds.length).toBeGreaterThan(25);
});

test.each(podEnds.map((shown, at) => [at, shown.in, shown.object.metadata.name, shown.object] as const))(
  'recorded end %i (%s): %s',
  (_at, _in, name, pod) => {
    const [code, says = ''] = rowOf(ENDS_OF_PODS, name);
    const job = lastJob(pod.metadata.labels?.['job-name']);
    const told = toldAs(workloadOf({ job, pods: [pod], events: [], now: Date.parse('2026-01-02') }));
    expect(told).toMatchObject({ code, message: expect.stringContaining(says) as unknown });
  },
);

test.each(jobEnds.map((shown, at) => [at, shown.in, shown.object.metadata.name, shown.object] as const))(
  'recorded end %i of a Job without its pods (%s): %s',
  (_at, _in, name, job) => {
    const [code, says = ''] = rowOf(ENDS_OF_JOBS, name);
    const told = toldAs(workloadOf({ job, pods: [], events: [], now: 0 }));
    expect(told).toMatchObject({ code, message: expect.stringContaining(says) as unknown });
  },
);

test('no row stands for an end that is not recorded', () => {
  const names = (ends: readonly { object: Pod | Job }[]): string[] =>
    [...new Set(ends.map(({ object }) => object.metadata.name))].toSorted();
  expect(names(podEnds)).toEqual(Object.keys(ENDS_OF_PODS).toSorted());
  expect(names(jobEnds)).toEqual(Object.keys(ENDS_OF_JOBS).toSorted());
});

test('a program that the cluster ended for its deadline has timed out', () => {
  const shown = podEnds.find(({ object }) => object.metadata.name === 'pod-deadline-ks6x8');
  const pods = shown === undefined ? [] : [shown.object];
  const workload = workloadOf({ job: lastJob('pod-deadline'), pods, events: [], now: 0 });
  const { exitCode = 0, exitReason } = workload ?? {};
  expect(exitVerdict(exitCode, { reason: exitReason })).toMatchObject({
    kind: 'timed-out',
    reason: { code: 'running-deadline' },
  });
});
