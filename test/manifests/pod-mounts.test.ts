// What a Job's pod mounts, who it is and where its program starts.
import type { JobSpec } from '../../domain/spec/job-spec';
import { jobManifest, type JobPart } from '../../manifests/job-manifest';
import { podVolumes } from '../../manifests/pod-mounts';

const JOB: JobPart = {
  name: 'j1-1',
  labels: {},
  annotations: {},
  environment: { GPU_JOBS_JOB: 'j1' },
  livesS: 3_600,
  secretOf: (key) => ({ name: 'j1-1', key }),
  pullSecrets: [],
};
const SPEC: JobSpec = { image: 'a:1' };

const claim = (claimName: string): object => ({ persistentVolumeClaim: { claimName } });

test('a volume that is mounted twice is one volume of the pod', () => {
  const results = { volume: 'results', source: claim('pvc-results') };
  expect(
    podVolumes(
      [
        { ...results, path: '/out', subPath: 'outputs/j1/1' },
        { ...results, path: '/ckpt', subPath: 'checkpoints/j1' },
        { volume: 'data', source: claim('pvc-data'), path: '/data', readOnly: true },
      ],
      SPEC,
    ),
  ).toEqual({
    pod: {
      volumes: [
        { name: 'results', persistentVolumeClaim: { claimName: 'pvc-results' } },
        { name: 'data', persistentVolumeClaim: { claimName: 'pvc-data' } },
      ],
    },
    container: {
      volumeMounts: [
        { name: 'results', mountPath: '/out', subPath: 'outputs/j1/1' },
        { name: 'results', mountPath: '/ckpt', subPath: 'checkpoints/j1' },
        { name: 'data', mountPath: '/data', readOnly: true },
      ],
    },
  });
});

test('scratch is an empty directory, in memory and within a size where that is asked for', () => {
  const scratch = [{ path: '/scratch' }, { path: '/dev/shm', memory: true, sizeGb: 8 }];
  expect(podVolumes([], { ...SPEC, scratch })).toEqual({
    pod: {
      volumes: [
        { name: 'scratch-1', emptyDir: {} },
        { name: 'scratch-2', emptyDir: { medium: 'Memory', sizeLimit: '8G' } },
      ],
    },
    container: {
      volumeMounts: [
        { name: 'scratch-1', mountPath: '/scratch' },
        { name: 'scratch-2', mountPath: '/dev/shm' },
      ],
    },
  });
});

test('scratch takes the name of no volume', () => {
  const mounts = [{ volume: 'scratch-1', source: claim('pvc'), path: '/data' }];
  expect(podVolumes(mounts, { ...SPEC, scratch: [{ path: '/tmp/own' }] }).container).toEqual({
    volumeMounts: [
      { name: 'scratch-1', mountPath: '/data' },
      { name: 'scratch-1-own', mountPath: '/tmp/own' },
    ],
  });
});

test('a pod that mounts nothing has no such members', () => {
  const text = JSON.stringify(jobManifest(SPEC, { podSecurity: 'restricted' }, JOB));
  expect(text).not.toMatch(/volume/i);
});

test('an identity is its service account, in place of the placement’s own, and the webhook is told', () => {
  const job = { ...JOB, identity: { serviceAccount: 'trainer' } };
  expect(jobManifest(SPEC, { podSecurity: 'restricted', serviceAccount: 'plain' }, job)).toMatchObject({
    spec: {
      template: {
        metadata: { labels: { 'azure.workload.identity/use': 'true' } },
        spec: { serviceAccountName: 'trainer', automountServiceAccountToken: false },
      },
    },
  });
  const without = JSON.stringify(jobManifest(SPEC, { podSecurity: 'restricted' }, JOB));
  expect(without).not.toContain('azure.workload.identity');
});

test('a program starts in its working directory, and is told secrets that no variable of its own replaces', () => {
  const spec = { ...SPEC, workingDir: '/workspace', env: { GPU_JOBS_OUTPUT_URL: 'mine', OWN: 'x' } };
  const secretEnvironment = { GPU_JOBS_OUTPUT_URL: { name: 'j1-1', key: 'GPU_JOBS_OUTPUT_URL' } };
  const job = { ...JOB, secretEnvironment };
  expect(jobManifest(spec, { podSecurity: 'restricted' }, job)).toMatchObject({
    spec: {
      template: {
        spec: {
          containers: [
            {
              workingDir: '/workspace',
              env: [
                { name: 'GPU_JOBS_JOB', value: 'j1' },
                {
                  name: 'GPU_JOBS_OUTPUT_URL',
                  valueFrom: { secretKeyRef: { name: 'j1-1', key: 'GPU_JOBS_OUTPUT_URL' } },
                },
                { name: 'OWN', value: 'x' },
              ],
            },
          ],
        },
      },
    },
  });
});
