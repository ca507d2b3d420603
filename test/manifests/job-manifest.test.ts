import { jobDeadlines } from '../../manifests/job-deadlines';
import { jobManifest, type JobPart, type PlacementPart } from '../../manifests/job-manifest';

const JOB: JobPart = {
  name: 'j1-1',
  labels: { 'gpu-jobs-owner': 'me' },
  annotations: { 'gpu-jobs-created': '1' },
  environment: { GPU_JOBS_JOB: 'j1' },
  livesS: 3_600,
  secretOf: (key) => ({ name: 'j1-1', key }),
  pullSecrets: ['j1-1'],
};

function manifestOf(placement: Partial<PlacementPart>, spec: object = {}): unknown {
  return jobManifest({ image: 'a:1', ...spec }, { podSecurity: 'restricted', ...placement }, JOB);
}

describe('the manifest of a Job', () => {
  test('has its marks on the Job and on the pod, where no label of others replaces them', () => {
    const labels = { 'gpu-jobs-owner': 'somebody', team: 'vision' };
    expect(manifestOf({ labels }, { labels })).toMatchObject({
      metadata: { labels: { 'gpu-jobs-owner': 'me', team: 'vision' }, annotations: JOB.annotations },
      spec: {
        template: {
          metadata: {
            labels: { 'gpu-jobs-owner': 'me', team: 'vision' },
            annotations: JOB.annotations,
          },
        },
      },
    });
  });

  test('has what the placement adds to each', () => {
    const placement = {
      serviceAccount: 'trainer',
      imagePullSecrets: ['registry'],
      priorityClassName: 'low',
      runtimeClassName: 'nvidia',
      annotations: { 'example.com/team': 'vision' },
    };
    expect(manifestOf(placement)).toMatchObject({
      metadata: { annotations: placement.annotations },
      spec: {
        template: {
          spec: {
            serviceAccountName: 'trainer',
            imagePullSecrets: [{ name: 'registry' }, { name: 'j1-1' }],
            priorityClassName: 'low',
            runtimeClassName: 'nvidia',
          },
        },
      },
    });
  });

  test('waits for Kueue where the placement has a queue, and only there', () => {
    expect(manifestOf({ kueueQueue: 'gpus' })).toMatchObject({
      metadata: { labels: { 'kueue.x-k8s.io/queue-name': 'gpus' } },
      spec: { suspend: true },
    });
    expect(manifestOf({})).not.toHaveProperty('spec.suspend');
  });

  test('asks for the nodes of its placement and of its spec together', () => {
    const gpu = { key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' } as const;
    const spot = { key: 'kubernetes.azure.com/scalesetpriority', operator: 'Exists' } as const;
    const manifest = manifestOf(
      { nodes: { nodeSelector: { accelerator: 'nvidia' }, tolerations: [gpu] } },
      { kubernetes: { nodeSelector: { zone: '1' }, tolerations: [spot] } },
    );
    expect(manifest).toMatchObject({
      spec: {
        template: {
          spec: { nodeSelector: { accelerator: 'nvidia', zone: '1' }, tolerations: [gpu, spot] },
        },
      },
    });
  });

  test('takes no variable that stands for the job itself from the spec', () => {
    const manifest = manifestOf({}, { env: { GPU_JOBS_JOB: 'other', TOKEN: { secretRef: 't' } } });
    expect(manifest).toHaveProperty('spec.template.spec.containers.0.env', [
      { name: 'GPU_JOBS_JOB', value: 'j1' },
      { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'j1-1', key: 'TOKEN' } } },
    ]);
  });

  test('says of its security what the level asks for, and nothing where all is allowed', () => {
    const baseline = manifestOf({ podSecurity: 'baseline' });
    expect(baseline).toHaveProperty('spec.template.spec.securityContext', {
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(baseline).not.toHaveProperty('spec.template.spec.containers.0.securityContext');
    expect(manifestOf({ podSecurity: 'privileged' })).not.toHaveProperty(
      'spec.template.spec.securityContext',
    );
  });
});

test('the deadlines of a Job outlast those of its runner, and its end outlasts the archiving', () => {
  const deadlines = { queued: 1, provisioning: 600, pulling: 60, running: 3_600, archiving: 300 };
  const livesS = 600 + 60 + 3_600 + 300 + 600;
  const { pod, job, kept } = jobDeadlines(deadlines, livesS);
  expect(pod).toBeGreaterThan(deadlines.pulling + deadlines.running);
  expect(job).toBeGreaterThan(livesS);
  expect(job).toBeGreaterThan(pod);
  expect(kept).toBeGreaterThan(deadlines.archiving);
});
