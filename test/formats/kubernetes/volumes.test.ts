// What becomes of each kind of volume of a manifest, of its service account, and of variables that a cluster holds.
import { stringify } from 'yaml';

import { jobWith, problemsOf, taken } from './support';

const POD = '/spec/template/spec';
const CONTAINER = `${POD}/containers/0`;

/** A Job that mounts one volume of this kind at `/mnt`. */
function mounting(source: object, mount: object = {}): string {
  return jobWith({
    pod: { volumes: [{ name: 'v', ...source }] },
    container: { volumeMounts: [{ name: 'v', mountPath: '/mnt', ...mount }] },
  });
}

function notesAt(text: string, pointer: string): string[] {
  return taken(text).notes.flatMap(({ kind, where, message }) =>
    where.pointer === pointer ? [`${kind}: ${message}`] : [],
  );
}

describe('a volume of a placement is', () => {
  test.each([
    [
      'a claim',
      mounting({ persistentVolumeClaim: { claimName: 'datasets.v2' } }, { readOnly: true }),
      { name: 'datasets-v2', path: '/mnt', readOnly: true },
      '{"datasets-v2":{"claim":"datasets.v2"}}',
    ],
    [
      'a claim that is read-only itself',
      mounting({ persistentVolumeClaim: { claimName: 'data', readOnly: true } }, { mountPath: '/mnt/' }),
      { name: 'data', path: '/mnt', readOnly: true },
      '{"data":{"claim":"data"}}',
    ],
    [
      'a share of Azure Files',
      mounting({ azureFile: { shareName: 'results', secretName: 'key' } }),
      { name: 'results', path: '/mnt' },
      '{"results":{"csi":{"driver":"file.csi.azure.com","attributes":{"shareName":"results","secretName":"key"}}}}',
    ],
    [
      'a share by its CSI driver',
      mounting({ csi: { driver: 'file.csi.azure.com', volumeAttributes: { shareName: 'models' } } }),
      { name: 'models', path: '/mnt' },
      '{"models":{"csi":{"driver":"file.csi.azure.com","attributes":{"shareName":"models"}}}}',
    ],
    [
      'any other CSI volume, by its own name',
      mounting({ csi: { driver: 'blob.csi.azure.com', volumeAttributes: { containerName: 'c' } } }),
      { name: 'v', path: '/mnt' },
      '{"v":{"csi":{"driver":"blob.csi.azure.com","attributes":{"containerName":"c"}}}}',
    ],
  ])('%s', (_what, text, volume, entry) => {
    expect(taken(text).spec.volumes).toEqual([volume]);
    const [note] = notesAt(text, `${CONTAINER}/volumeMounts/0`);
    expect(note).toContain(`is the volume "${volume.name}" of a placement`);
    expect(note).toContain(`"volumes": ${entry}`);
  });

  test('one name for one thing: two claims that would have the same name are refused', () => {
    const claim = (claimName: string): object => ({ persistentVolumeClaim: { claimName } });
    const text = jobWith({
      pod: {
        volumes: [
          { name: 'a', ...claim('my.data') },
          { name: 'b', ...claim('my-data') },
        ],
      },
      container: {
        volumeMounts: [
          { name: 'a', mountPath: '/a' },
          { name: 'b', mountPath: '/b' },
        ],
      },
    });
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(/volumeMounts\/1: mounts claim my-data, .* as claim my\.data is already/),
    ]);
  });
});

describe('scratch is', () => {
  test.each([
    ['an empty directory', { emptyDir: {} }, { path: '/mnt' }],
    ['a volume without a kind', {}, { path: '/mnt' }],
    [
      'one in memory, with its size',
      { emptyDir: { medium: 'Memory', sizeLimit: '8Gi' } },
      { path: '/mnt', sizeGb: 8.589934592, memory: true },
    ],
    [
      'a volume that is made for the pod',
      { ephemeral: { volumeClaimTemplate: { spec: { resources: { requests: { storage: '100G' } } } } } },
      { path: '/mnt', sizeGb: 100 },
    ],
  ])('%s', (_what, source, scratch) => {
    expect(taken(mounting(source)).spec.scratch).toEqual([scratch]);
  });

  test('/dev/shm, as public manifests ask for shared memory', () => {
    const text = mounting({ emptyDir: { medium: 'Memory' } }, { mountPath: '/dev/shm' });
    expect(taken(text).spec.scratch).toEqual([{ path: '/dev/shm', memory: true }]);
  });

  test.each([
    ['huge pages', { emptyDir: { medium: 'HugePages' } }, `${POD}/volumes/0/emptyDir/medium: is refused`],
    [
      'a size that is none',
      { emptyDir: { sizeLimit: 'big' } },
      `${POD}/volumes/0/emptyDir/sizeLimit: must be`,
    ],
    ['a size of nothing', { emptyDir: { sizeLimit: 1 } }, `${POD}/volumes/0/emptyDir/sizeLimit: `],
  ])('not %s', (_what, source, problem) => {
    expect(problemsOf(mounting(source))).toEqual([expect.stringContaining(problem)]);
  });
});

describe('refused, with what would work, is', () => {
  test.each([
    ['a Secret as files', { secret: { secretName: 's' } }, 'valueFrom.secretKeyRef'],
    ['a ConfigMap as files', { configMap: { name: 'c' } }, 'put them into the image, or onto a volume'],
    ['projected files', { projected: { sources: [] } }, 'give secrets as variables'],
    ['the downward API as files', { downwardAPI: { items: [] } }, 'GPU_JOBS_JOB'],
    ['a key vault as files', { csi: { driver: 'secrets-store.csi.k8s.io' } }, 'valueFrom.secretKeyRef'],
    [
      'a folder of the node',
      { hostPath: { path: '/data/nvidia' } },
      '"volumes": { NAME: { "claim": CLAIM } }',
    ],
    ['NFS', { nfs: { server: 's', path: '/' } }, 'make a claim for it in the cluster'],
    ['a git repository', { gitRepo: { repository: 'r' } }, 'git clone'],
    ['an image', { image: { reference: 'i' } }, 'copy its files'],
    ['a share without a name', { azureFile: { secretName: 's' } }, 'it must name its shareName'],
  ])('%s', (_what, source, advice) => {
    const problems = problemsOf(mounting(source));
    expect(problems).toEqual([expect.stringContaining(`${POD}/volumes/0: is refused (of the kind `)]);
    expect(problems[0]).toContain(advice);
  });

  test('a folder of a volume, at the member that names it', () => {
    const claim = { persistentVolumeClaim: { claimName: 'data' } };
    for (const member of ['subPath', 'subPathExpr'])
      expect(problemsOf(mounting(claim, { [member]: 'train' }))).toEqual([
        expect.stringContaining(
          `${CONTAINER}/volumeMounts/0/${member}: is refused: a job mounts a whole volume`,
        ),
      ]);
  });

  test('a Secret whose keys become variables by themselves', () => {
    const envFrom = [{ secretRef: { name: 'hub' } }];
    expect(problemsOf(jobWith({ container: { envFrom } }))).toEqual([
      expect.stringMatching(/envFrom\/0\/secretRef: is refused: .*secretKeyRef: { name: hub, key: KEY }/),
    ]);
  });

  test('a field of the pod', () => {
    const env = [{ name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }];
    expect(problemsOf(jobWith({ container: { env } }))).toEqual([
      expect.stringMatching(/env\/0\/valueFrom\/fieldRef: is refused: .*GPU_JOBS_JOB/),
    ]);
  });

  test('a ConfigMap that is not beside the job', () => {
    const envFrom = [{ configMapRef: { name: 'c' } }];
    expect(problemsOf(jobWith({ container: { envFrom } }))).toEqual([
      expect.stringMatching(
        /envFrom\/0\/configMapRef: is refused: the ConfigMap c is not known here: .*same document/,
      ),
    ]);
  });
});

test('a volume that nothing mounts has no effect, whatever it is', () => {
  const text = jobWith({ pod: { volumes: [{ name: 'v', nfs: { server: 's', path: '/' } }] } });
  expect(taken(text).spec.volumes).toBeUndefined();
  expect(notesAt(text, `${POD}/volumes/0`)).toEqual([expect.stringMatching(/^ignored: .*does not mount it/)]);
});

describe('variables of a ConfigMap beside the job', () => {
  const config = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'c' },
    data: { LR: '0.1', E: '3' },
  };
  const withConfig = (container: object): string =>
    `${stringify(config)}---\n${jobWith({ container: { ...container } })}`;

  test('are put in, by name or all of them; those of the container itself count more', () => {
    const text = withConfig({
      envFrom: [{ prefix: 'P_', configMapRef: { name: 'c' } }, { configMapRef: { name: 'c' } }],
      env: [
        { name: 'E', value: '5' },
        { name: 'ONE', valueFrom: { configMapKeyRef: { name: 'c', key: 'LR' } } },
      ],
      args: ['--lr=$(LR)'],
    });
    const { spec } = taken(text);
    expect(spec.env).toEqual({ P_LR: '0.1', P_E: '3', LR: '0.1', E: '5', ONE: '0.1' });
    expect(spec.args).toEqual(['--lr=0.1']);
  });

  test('are refused where it does not have them', () => {
    const env = [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'c', key: 'NONE' } } }];
    expect(problemsOf(withConfig({ env }))).toEqual([
      expect.stringMatching(
        /configMapKeyRef: names the key NONE, which the ConfigMap c beside the job does not have/,
      ),
    ]);
  });
});

describe('a service account', () => {
  test('is an identity of a placement', () => {
    const text = jobWith({ pod: { serviceAccountName: 'trainer', serviceAccount: 'trainer' } });
    expect(taken(text).spec.identity).toBe('trainer');
    expect(notesAt(text, `${POD}/serviceAccountName`)).toEqual([
      expect.stringContaining('"identities": {"trainer":{"serviceAccount":"trainer"}}'),
    ]);
  });

  test('named default is none', () => {
    expect(taken(jobWith({ pod: { serviceAccountName: 'default' } })).spec.identity).toBeUndefined();
  });
});

test('a working directory is kept', () => {
  expect(taken(jobWith({ container: { workingDir: '/workspace/' } })).spec.workingDir).toBe('/workspace');
});

describe('pull secrets', () => {
  const pod = { imagePullSecrets: [{ name: 'acr' }] };

  test('are taken where the annotation names the placements whose they are, with what those need', () => {
    const annotations = { 'gpu-job-runner/spec': '{"placements":["aks"]}' };
    expect(notesAt(jobWith({ pod, metadata: { annotations } }), `${POD}/imagePullSecrets`)).toEqual([
      expect.stringContaining('"imagePullSecrets": ["acr"]'),
    ]);
  });

  test('are refused without, with both ways that would work', () => {
    expect(problemsOf(jobWith({ pod }))).toEqual([
      expect.stringMatching(
        /imagePullSecrets: are refused: .*"registry".*"placements".*"imagePullSecrets": \["acr"\]/,
      ),
    ]);
  });
});
