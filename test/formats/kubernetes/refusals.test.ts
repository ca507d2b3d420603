import { jobWith, parse, type Parts, problemsOf } from './support';

const CONTAINER = '/spec/template/spec/containers/0';

describe('a manifest', () => {
  test.each<[string, Parts, string]>([
    [
      'several pods',
      { job: { parallelism: 2 } },
      '/spec/parallelism: is refused: a job runs one program once',
    ],
    ['several completions', { job: { completions: 3 } }, '/spec/completions: is refused'],
    ['a suspended job', { job: { suspend: true } }, '/spec/suspend: is refused'],
    [
      'a failure policy of other kinds',
      {
        job: {
          podFailurePolicy: { rules: [{ action: 'Ignore', onExitCodes: { operator: 'In', values: [1] } }] },
        },
      },
      "/spec/podFailurePolicy/rules/0: can't be said",
    ],
    ['a negative backoffLimit', { job: { backoffLimit: -1 } }, '/spec/backoffLimit: is -1, must be'],
    [
      'a deadline of eight days',
      { job: { activeDeadlineSeconds: 691_200 } },
      '/spec/activeDeadlineSeconds: is 691200, must be at most 604800',
    ],
    [
      'init containers',
      { pod: { initContainers: [{ name: 'a' }] } },
      '/spec/template/spec/initContainers: is refused: a job is one container',
    ],
    [
      'a sidecar',
      { pod: { containers: [{ name: 'a' }, { name: 'b' }] } },
      'are 2 (a, b): a job is one container',
    ],
    [
      'a mount of nothing',
      { container: { volumeMounts: [{ name: 'data', mountPath: '/data' }] } },
      `${CONTAINER}/volumeMounts/0: mounts a volume that the pod does not name`,
    ],
    ["the host's network", { pod: { hostNetwork: true } }, '/spec/template/spec/hostNetwork: is refused'],
    [
      'privileges',
      { container: { securityContext: { privileged: true, capabilities: { add: ['SYS_ADMIN'] } } } },
      `${CONTAINER}/securityContext/privileged: is refused`,
    ],
    [
      'Windows',
      { pod: { nodeSelector: { 'kubernetes.io/os': 'windows' } } },
      'is refused: jobs run on Linux',
    ],
    ['pull secrets', { pod: { imagePullSecrets: [{ name: 'acr' }] } }, 'Name the registry in the annotation'],
    [
      'half a GPU',
      { container: { resources: { limits: { 'nvidia.com/gpu': '500m' } } } },
      'is "500m", must be a whole number of GPUs',
    ],
    [
      'a GPU that is only requested',
      { container: { resources: { requests: { 'nvidia.com/gpu': 1 } } } },
      `${CONTAINER}/resources/requests/nvidia.com~1gpu: differs from the limit`,
    ],
    [
      'a GPU of another make without its name',
      { container: { resources: { limits: { 'amd.com/gpu': 2 } } } },
      `${CONTAINER}/resources/limits/amd.com~1gpu: does not say which GPU it is: name it in the annotation`,
    ],
    [
      'a device that is no GPU',
      { container: { resources: { limits: { 'rdma/ib': 1 } } } },
      `${CONTAINER}/resources/limits/rdma~1ib: is refused: a job can ask for`,
    ],
    [
      'whole GPUs and slices',
      { container: { resources: { limits: { 'nvidia.com/gpu': 1, 'nvidia.com/mig-1g.10gb': 1 } } } },
      `${CONTAINER}/resources/limits/nvidia.com~1mig-1g.10gb: is one GPU limit too many beside nvidia.com/gpu`,
    ],
    [
      'another request of slices than limit',
      {
        container: {
          resources: { limits: { 'nvidia.com/mig-1g.10gb': 1 }, requests: { 'nvidia.com/mig-2g.20gb': 1 } },
        },
      },
      `${CONTAINER}/resources/requests/nvidia.com~1mig-2g.20gb: differs from the limit`,
    ],
    [
      'memory in words',
      { container: { resources: { limits: { memory: 'much' } } } },
      `${CONTAINER}/resources/limits/memory: is "much", must be a quantity`,
    ],
    [
      'more CPU than any machine has',
      { container: { resources: { limits: { cpu: '2k' } } } },
      `${CONTAINER}/resources/limits/cpu: is 2000, must be at most 1000`,
    ],
    ['no image', { container: { image: null } }, `${CONTAINER}: names no image`],
    [
      'a working directory that is no path',
      { container: { workingDir: 'src' } },
      `${CONTAINER}/workingDir: must be an absolute path`,
    ],
    [
      'an unknown field',
      { container: { comand: ['a'] } },
      `${CONTAINER}/comand: is not a known field of a container`,
    ],
    [
      'an argument that is a number',
      { container: { args: [500] } },
      `${CONTAINER}/args/0: is the number 500`,
    ],
    [
      'a variable from a field',
      { container: { env: [{ name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }] } },
      `${CONTAINER}/env/0/valueFrom/fieldRef: is refused`,
    ],
    [
      'a variable from a config map',
      { container: { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'a', key: 'b' } } }] } },
      `${CONTAINER}/env/0/valueFrom/configMapKeyRef: is refused`,
    ],
    [
      'a variable with a bad name',
      { container: { env: [{ name: 'A.B', value: '' }] } },
      `${CONTAINER}/env/0: must be letters`,
    ],
    [
      'a variable that would change every object',
      { container: { env: [{ name: '__proto__', value: '' }] } },
      `${CONTAINER}/env/0/name: is a name that no variable may have`,
    ],
    [
      'a secret in an argument',
      {
        container: {
          env: [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } }],
          args: ['$(TOKEN)'],
        },
      },
      `${CONTAINER}/args/0: puts in the secret TOKEN`,
    ],
    [
      'an annotation that is no JSON',
      { metadata: { annotations: { 'gpu-job-runner/spec': '{' } } },
      '/metadata/annotations/gpu-job-runner~1spec: must be a JSON object',
    ],
    [
      'an annotation that says what the manifest says',
      { metadata: { annotations: { 'gpu-job-runner/spec': '{"image":"b","labels":{}}' } } },
      'has the field "image"; it may have those',
    ],
    [
      'an annotation that names a bad placement',
      { metadata: { annotations: { 'gpu-job-runner/spec': '{"placements":[""]}' } } },
      '/metadata/annotations/gpu-job-runner~1spec: is empty, must have at least 1 character',
    ],
  ])('with %s is refused, with the place and the reason', (_what, parts, expected) => {
    expect(problemsOf(jobWith(parts))).toContainEqual(expect.stringContaining(expected));
  });

  test('tells every problem at once, each with its line', () => {
    const parsed = parse(
      jobWith({ job: { parallelism: 2 }, container: { lifecycle: { preStop: {} }, image: null } }),
    );
    expect(parsed).toMatchObject({ ok: false, format: 'kubernetes', problems: [{}, {}, {}] });
    for (const { where } of parsed.ok ? [] : parsed.problems) expect(where.line).toBeGreaterThan(1);
  });
});
