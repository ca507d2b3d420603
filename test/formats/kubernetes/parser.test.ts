import { jobWith, notesOf, type Parts, problemsOf, taken } from './support';

const CONTAINER = '/spec/template/spec/containers/0';

describe('a Kubernetes Job', () => {
  test('becomes a spec', () => {
    const { spec, notes } = taken(
      jobWith({
        metadata: { labels: { team: 'vision' } },
        job: { activeDeadlineSeconds: 3600, ttlSecondsAfterFinished: 60 },
        pod: {
          nodeSelector: { accelerator: 'nvidia' },
          tolerations: [{ key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' }],
        },
        container: {
          command: ['python', 'train.py'],
          args: ['--steps=$(STEPS)'],
          env: [{ name: 'STEPS', value: '500' }],
          resources: { limits: { 'nvidia.com/gpu': 2, cpu: '1500m', memory: '3Gi' } },
        },
      }),
    );
    expect(spec).toEqual({
      name: 'job',
      labels: { team: 'vision' },
      image: 'a:1',
      command: ['python', 'train.py'],
      args: ['--steps=500'],
      env: { STEPS: '500' },
      resources: { cpu: 1.5, memoryGb: 3.221225472 },
      gpu: { count: 2 },
      deadlines: { running: 3600 },
      retry: { attempts: 1 },
      kubernetes: {
        nodeSelector: { accelerator: 'nvidia' },
        tolerations: [{ key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' }],
      },
    });
    expect(notes.map(({ kind, where }) => `${kind} ${where.pointer ?? ''}`).toSorted()).toEqual([
      'ignored /spec/ttlSecondsAfterFinished',
      'translated /spec/activeDeadlineSeconds',
      `translated ${CONTAINER}/args/0`,
      `translated ${CONTAINER}/resources/limits`,
      'translated /spec/template/spec/nodeSelector',
      'translated /spec/template/spec/tolerations',
    ]);
  });

  test.each([
    ['one GPU', { limits: { 'nvidia.com/gpu': 1 } }, undefined],
    ['a GPU and memory', { limits: { 'nvidia.com/gpu': 1, memory: '64G' } }, { cpu: 4, memoryGb: 64 }],
    ['four GPUs', { limits: { 'nvidia.com/gpu': '4', memory: '64G' } }, { cpu: 16, memoryGb: 64 }],
    ['no GPU', { limits: { 'nvidia.com/gpu': 0 } }, undefined],
    ['nothing', {}, undefined],
    ['requests alone', { requests: { cpu: 2, memory: '4G' } }, { cpu: 2, memoryGb: 4 }],
    ['requests below limits', { requests: { cpu: 1 }, limits: { cpu: 3 } }, { cpu: 3, memoryGb: 1.5 }],
  ])('that asks for %s gets what the documentation says', (_what, resources, expected) => {
    expect(taken(jobWith({ container: { resources } })).spec.resources).toEqual(expected);
  });

  test('reads a secret from the key vault, by a name made of its name and key', () => {
    const secret = (name: string, key: string): object => ({ valueFrom: { secretKeyRef: { name, key } } });
    const env = [
      { name: 'A', ...secret('registry.tokens', 'api_token') },
      { name: 'B', ...secret('gpu-job-runner', 'vault-name') },
    ];
    expect(taken(jobWith({ container: { env } })).spec.env).toEqual({
      A: { secretRef: 'registry-tokens--api-token' },
      B: { secretRef: 'vault-name' },
    });
    expect(
      problemsOf(
        jobWith({ container: { env: [...env, { name: 'C', ...secret('registry-tokens', 'api_token') }] } }),
      ),
    ).toEqual([expect.stringMatching(/env\/2\/valueFrom\/secretKeyRef: would be the secret/)]);
  });

  test.each<[string, Parts['job'], unknown]>([
    ['says nothing of retries', { backoffLimit: null }, undefined],
    ['is not to be tried again', { backoffLimit: 0 }, { attempts: 1 }],
    ['may be tried three times more', { backoffLimit: 3 }, { attempts: 4, rerunAfterStart: true }],
    ['may be tried a hundred times', { backoffLimit: 100 }, { attempts: 20, rerunAfterStart: true }],
    [
      'may be tried again after two exit codes',
      {
        backoffLimit: 1,
        podFailurePolicy: {
          rules: [{ action: 'FailJob', onExitCodes: { operator: 'NotIn', values: [0, 42, 43] } }],
        },
      },
      { attempts: 2, exitCodes: [42, 43] },
    ],
    [
      'fails when it is disrupted',
      {
        podFailurePolicy: {
          rules: [{ action: 'FailJob', onPodConditions: [{ type: 'DisruptionTarget' }] }],
        },
      },
      { attempts: 1, rerunAfterStart: false },
    ],
  ])('that %s says so in its retry policy', (_what, job, expected) => {
    expect(taken(jobWith({ job: job ?? {} })).spec.retry).toEqual(expected);
  });

  test('warns that exit codes are not tried again unless they are named', () => {
    expect(notesOf(jobWith({ job: { backoffLimit: 3 } }))).toEqual(['warning backoffLimit']);
  });

  test('ends by the shorter of two deadlines', () => {
    const parts = { job: { activeDeadlineSeconds: 100 }, pod: { activeDeadlineSeconds: 60 } };
    expect(taken(jobWith(parts)).spec.deadlines).toEqual({ running: 60 });
  });

  test('says by annotation what a manifest can not say', () => {
    const annotations = {
      'gpu-job-runner/spec': JSON.stringify({
        gpu: { sku: 'V100' },
        placements: ['eastus'],
        deadlines: { queued: 60 },
      }),
    };
    const container = { resources: { limits: { 'nvidia.com/gpu': 1 } } };
    expect(taken(jobWith({ metadata: { annotations }, container })).spec).toMatchObject({
      gpu: { count: 1, sku: 'V100' },
      placements: ['eastus'],
      deadlines: { queued: 60 },
    });
  });

  test('with the old GPU resource is taken with a warning, without the mounts of the driver', () => {
    const text = jobWith({
      container: {
        resources: { limits: { 'alpha.kubernetes.io/nvidia-gpu': 1 } },
        volumeMounts: [{ name: 'nvidia', mountPath: '/usr/local/nvidia' }],
      },
      pod: { volumes: [{ name: 'nvidia', hostPath: { path: '/usr/local/nvidia' } }] },
    });
    expect(taken(text).spec.gpu).toEqual({ count: 1 });
    expect(notesOf(text)).toEqual(
      expect.arrayContaining(['warning alpha.kubernetes.io~1nvidia-gpu', 'ignored 0', 'ignored 0']),
    );
  });

  test('as a cluster prints it is taken too', () => {
    const text = jobWith({
      metadata: {
        uid: 'u',
        creationTimestamp: '2026-01-01T00:00:00Z',
        generation: 1,
        resourceVersion: '1',
        namespace: 'default',
      },
      job: {
        completionMode: 'NonIndexed',
        completions: 1,
        parallelism: 1,
        suspend: false,
        selector: { a: 'b' },
      },
      pod: {
        dnsPolicy: 'ClusterFirst',
        schedulerName: 'default-scheduler',
        securityContext: {},
        terminationGracePeriodSeconds: 30,
      },
      container: { terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File' },
    });
    expect(notesOf(`${text}status: { active: 1 }\n`)).toEqual([]);
  });

  test('written as JSON is taken as well', () => {
    const json = JSON.stringify({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { generateName: 'train-' },
      spec: { template: { spec: { restartPolicy: 'OnFailure', containers: [{ name: 'a', image: 'a:1' }] } } },
    });
    expect(taken(json).spec).toEqual({
      name: 'train',
      image: 'a:1',
    });
  });
});

describe('a restart policy', () => {
  const ALWAYS = { pod: { restartPolicy: 'Always' } };
  const UNNAMED = { pod: { restartPolicy: null } };

  test.each([ALWAYS, UNNAMED])('that never ends a job is refused, with the way out: %j', (parts) => {
    expect(problemsOf(jobWith(parts))).toEqual([
      expect.stringMatching(/^\/spec\/template\/spec\/restartPolicy: .*Always.* restartPolicy=OnFailure/),
    ]);
  });

  test('that never ends a job is overridden on request', () => {
    expect(taken(jobWith(ALWAYS), { restartPolicy: 'Never' }).notes).toEqual([
      expect.objectContaining({
        kind: 'translated',
        message: expect.stringContaining('Never was given') as unknown,
      }),
    ]);
  });

  test('that ends a job already is not changed by another beside the document, which is said', () => {
    const notes = (given: 'Never' | 'OnFailure'): string[] =>
      taken(jobWith(), { restartPolicy: given }).notes.map(({ kind, message }) => `${kind} ${message}`);
    expect(notes('OnFailure')).toEqual([
      expect.stringMatching(/^ignored is Never; OnFailure, given beside the document, makes no difference/),
    ]);
    expect(notes('Never')).toEqual([]);
  });

  test('that is unknown is refused', () => {
    expect(problemsOf(jobWith({ pod: { restartPolicy: 'Sometimes' } }))).toEqual([
      '/spec/template/spec/restartPolicy: is "Sometimes", must be OnFailure or Never',
    ]);
  });
});

describe('a stream of objects', () => {
  const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n';
  const POD =
    'apiVersion: v1\nkind: Pod\nmetadata: { name: pod }\nspec: { restartPolicy: Never, containers: [{ name: a, image: "a:1" }] }\n';

  test('gives its one Job; the others are listed', () => {
    const { spec, notes } = taken(`---\n${CONFIG}---\n${jobWith()}---\n`);
    expect(spec.name).toBe('job');
    expect(notes[0]).toMatchObject({
      kind: 'ignored',
      where: { line: 2 },
      message: expect.stringContaining('ConfigMap') as unknown,
    });
  });

  test('gives its one Pod', () => {
    expect(taken(`${CONFIG}---\n${POD}`).spec).toMatchObject({ name: 'pod', image: 'a:1' });
  });

  test('may be a List', () => {
    const pod: unknown = {
      apiVersion: 'v1',
      kind: 'Pod',
      spec: { restartPolicy: 'Never', containers: [{ image: 'a' }] },
    };
    const list = { apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'Secret' }, pod] };
    expect(taken(JSON.stringify(list)).spec.image).toBe('a');
    expect(problemsOf(JSON.stringify({ ...list, items: [pod, pod] }))).toEqual([
      expect.stringMatching(/^\/items\/1: is one job too many/),
    ]);
  });

  test('with several jobs is refused, and they are named with their lines', () => {
    expect(problemsOf(`${jobWith()}---\n${POD}`)).toEqual([
      expect.stringMatching(
        /is one job too many: here are Job job \(line 1\), Pod pod \(line \d+\); submit each/,
      ),
    ]);
  });

  test('without a job is refused, and what is there is named', () => {
    expect(problemsOf(CONFIG)).toEqual([': is no Job or Pod: here is only ConfigMap']);
    expect(problemsOf('apiVersion: batch/v1\nkind: CronJob\n')[0]).toContain('PUT /api/schedules/NAME');
  });

  test('with a version that no cluster has is refused', () => {
    expect(problemsOf(jobWith().replace('batch/v1', 'batch/v2'))).toEqual([
      '/apiVersion: is "batch/v2", must be batch/v1 for a Job',
    ]);
  });
});
