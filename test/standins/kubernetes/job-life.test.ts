// Whole lives of Jobs, watched from their creation to their end, beside the recorded ones.
import type { Script } from '../../../standins/containers/scripted';
import { textAt } from '../../../standins/kubernetes/store/json';
import { recordedStory, setLifeStage, story } from './life-stage';

interface Recorded {
  readonly create: string;
  readonly jobs?: string;
  readonly pods?: string;
  /** How soon the kubelet noticed the end. */
  readonly noticeMs?: number;
}

const ENDS_AT_ONCE = (code: number): Script => ({ prints: [], exit: { atMs: 50, code } });

/** The Job whose creation was not recorded by itself. */
const RUNNING = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'running', labels: { 'app.kubernetes.io/managed-by': 'gpu-job-runner' } },
  spec: {
    backoffLimit: 0,
    template: {
      metadata: { labels: { 'app.kubernetes.io/managed-by': 'gpu-job-runner' } },
      spec: {
        restartPolicy: 'Never',
        terminationGracePeriodSeconds: 3,
        tolerations: [{ key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' }],
        containers: [
          { name: 'main', image: 'busybox:local', resources: { limits: { 'nvidia.com/gpu': 1 } } },
        ],
      },
    },
  },
};

async function lives(script: Script, { create, jobs, pods, noticeMs = 1_000 }: Recorded): Promise<void> {
  const stage = setLifeStage(script, { noticeMs });
  await stage.advance(1_000);
  const watchJobs = await stage.follow('/apis/batch/v1/namespaces/gpu-jobs/jobs?watch=1&resourceVersion=0');
  const watchPods = await stage.follow('/api/v1/namespaces/gpu-jobs/pods?watch=1&resourceVersion=0');
  const job = await stage.create(create);
  await stage.advance(120_000);
  const suffix = new RegExp(`(${job}-(?:\\d-)?)[a-z0-9]{5}`, 'g');
  if (jobs !== undefined) expect(story(watchJobs.lines, suffix)).toEqual(recordedStory(jobs, suffix));
  if (pods !== undefined) expect(story(watchPods.lines, suffix)).toEqual(recordedStory(pods, suffix));
}

describe('A Job lives as the recorded one', () => {
  test('that succeeds', () =>
    lives(
      { prints: [{ atMs: 10, text: 'hello\n' }], exit: { atMs: 2_000, code: 0 } },
      { create: 'L1-01-create', jobs: 'L1-04-watch-job', pods: 'L1-05-watch-pods' },
    ));

  test('that exits with a code', () =>
    lives(
      { prints: [], exit: { atMs: 1_500, code: 3 } },
      { create: 'L3-01-create', jobs: 'L3-04-watch-job', pods: 'L3-05-watch-pods' },
    ));

  test('that runs out of memory', () =>
    lives(
      { prints: [], exit: { atMs: 50, code: 137 }, outOfMemory: true },
      { create: 'L4-01-create', jobs: 'L4-04-watch-job', pods: 'L4-05-watch-pods', noticeMs: 200 },
    ));

  test('that fails twice', () =>
    lives(
      { prints: [], exit: { atMs: 1_500, code: 1 } },
      { create: 'L5-01-create', jobs: 'L5-04-watch-job', pods: 'L5-05-watch-pods' },
    ));

  test('whose container is restarted until the limit', () =>
    lives(
      { prints: [], exit: { atMs: 1_500, code: 1 }, onStop: { prints: [], exit: { atMs: 100, code: 1 } } },
      { create: 'L6-01-create', pods: 'L6-05-watch-pods' },
    ));

  test('whose command is not there', () =>
    lives(
      {
        prints: [],
        cannotStart: 'exec: "/no/such/binary": stat /no/such/binary: no such file or directory',
      },
      { create: 'L10-01-create', jobs: 'L10-04-watch-job', pods: 'L10-05-watch-pods', noticeMs: 200 },
    ));

  test('whose deadline passes', () =>
    lives(
      { prints: [], onStop: { prints: [{ atMs: 10, text: 'got TERM\n' }], exit: { atMs: 100, code: 0 } } },
      { create: 'L12-01-create', jobs: 'L12-04-watch-job', pods: 'L12-05-watch-pods' },
    ));

  test('that is taken away some seconds after its end', () =>
    lives(ENDS_AT_ONCE(0), {
      create: 'L13-01-create',
      jobs: 'L13-02-watch-job',
      pods: 'L13-03-watch-pods',
      noticeMs: 200,
    }));

  test('whose failure policy ends it', () =>
    lives(ENDS_AT_ONCE(42), {
      create: 'L15-01-create',
      jobs: 'L15-04-watch-job',
      pods: 'L15-05-watch-pods',
      noticeMs: 200,
    }));

  test('that is deleted in the foreground while it runs', async () => {
    const stage = setLifeStage({ prints: [], onStop: { prints: [], exit: { atMs: 2_000, code: 143 } } });
    await stage.advance(1_000);
    const jobs = await stage.follow('/apis/batch/v1/namespaces/gpu-jobs/jobs?watch=1&resourceVersion=0');
    const pods = await stage.follow('/api/v1/namespaces/gpu-jobs/pods?watch=1&resourceVersion=0');
    await stage.submit(RUNNING);
    await stage.advance(3_000);
    await stage.ask('DELETE', '/apis/batch/v1/namespaces/gpu-jobs/jobs/running', {
      body: { propagationPolicy: 'Foreground' },
    });
    await stage.advance(60_000);
    const suffix = /(running-)[a-z0-9]{5}/g;
    expect(story(jobs.lines, suffix)).toEqual(recordedStory('L16-11-watch-job', suffix));
    expect(story(pods.lines, suffix)).toEqual(recordedStory('L16-12-watch-pods', suffix));
  });

  test('with last words', () =>
    lives(
      { prints: [], exit: { atMs: 50, code: 7 }, lastWords: 'final words\n' },
      { create: 'L22-01-create', pods: 'L22-05-watch-pods', noticeMs: 200 },
    ));

  test('with indexes', () =>
    lives(ENDS_AT_ONCE(0), { create: 'L23-01-create', jobs: 'L23-04-watch-job', noticeMs: 200 }));
});

test('the pods of a Job that is gone are gone too, though another Job has its name by then', async () => {
  const stage = setLifeStage({ prints: [], onStop: { prints: [], exit: { atMs: 100, code: 0 } } });
  await stage.advance(1_000);
  const job = await stage.submit(RUNNING);
  await stage.advance(10_000);
  const [first] = stage.pods(job);
  // No controller looks in between.
  stage.standIn.store.remove({ resource: 'jobs.batch', namespace: 'gpu-jobs', name: job });
  await stage.submit(RUNNING);
  await stage.advance(60_000);
  const names = stage.pods(job).map((pod) => textAt(pod, 'metadata', 'name'));
  expect(names).toHaveLength(1);
  expect(names).not.toContain(textAt(first ?? {}, 'metadata', 'name'));
});
