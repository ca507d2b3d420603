// Every sample document is a spec, and the formats that say the same give the same job.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { scheduleDefinitionSchema, scheduleProblem } from '../../domain/schedule/schedule';
import type { JobSpec } from '../../domain/spec/job-spec';
import type { Format } from '../../formats/document';
import { kubernetesManifest } from '../../formats/kubernetes/manifest';
import { parseDocument } from '../../formats/parse-document';

const SAMPLES = join(__dirname, '../../samples');

const VECTOR_ADD: JobSpec = {
  image: 'k8s-gcrio.azureedge.net/cuda-vector-add:v0.1',
  resources: { cpu: 1, memoryGb: 1.5 },
  gpu: { count: 1, sku: 'K80' },
};
const TRAINING: JobSpec = {
  image: 'mcr.microsoft.com/azuredocs/samples-tf-mnist-demo:gpu',
  resources: { cpu: 4, memoryGb: 12 },
  gpu: { count: 1, sku: 'V100' },
};
/** The spec of the short training. Its manifest names no SKU, CPU or memory, and has arguments. */
const SHORT_TRAINING: JobSpec = {
  image: TRAINING.image,
  gpu: { count: 1 },
  args: ['--max_steps', '500'],
  labels: { app: 'samples-tf-mnist-demo' },
  name: 'samples-tf-mnist-demo',
};

const EXPECTED: Record<string, readonly [Format, JobSpec]> = {
  'cuda-vector-add/job.json': ['native', { ...VECTOR_ADD, name: 'cuda-vector-add' }],
  'cuda-vector-add/job.yaml': ['native', { ...VECTOR_ADD, name: 'cuda-vector-add' }],
  'cuda-vector-add/gpu-deploy-aci.yaml': ['aci-yaml', { ...VECTOR_ADD, name: 'gpucontainergroup' }],
  'cuda-vector-add/gpudeploy.json': ['arm-template', { ...VECTOR_ADD, name: 'gpucontainergroup' }],
  'cuda-vector-add/kubernetes-job.yaml': ['kubernetes', { ...VECTOR_ADD, name: 'cuda-vector-add' }],
  'tensorflow-mnist/job.json': ['native', { ...TRAINING, name: 'tensorflow-mnist' }],
  'tensorflow-mnist/job.yaml': ['native', { ...TRAINING, name: 'tensorflow-mnist' }],
  'tensorflow-mnist/gpu-deploy-aci.yaml': ['aci-yaml', { ...TRAINING, name: 'gpucontainergrouprm' }],
  'tensorflow-mnist/gpudeploy.json': ['arm-template', { ...TRAINING, name: 'gpucontainergrouprm' }],
  'tensorflow-mnist/kubernetes-job.yaml': ['kubernetes', SHORT_TRAINING],
  'tensorflow-mnist/kubernetes-job-2018.yaml': [
    'kubernetes',
    { ...SHORT_TRAINING, image: 'microsoft/samples-tf-mnist-demo:gpu' },
  ],
};

/** The sample documents of a folder: its JSON and YAML files. */
function documentsIn(folder: string): string[] {
  return readdirSync(join(SAMPLES, folder))
    .filter((name) => /\.(json|yaml)$/.test(name))
    .map((name) => `${folder}/${name}`);
}

function parsed(text: string): ReturnType<typeof parseDocument> {
  return parseDocument(text, { provisioningAtLeastS: 600 });
}

describe('a sample document', () => {
  test('is not missing here', () => {
    expect([...documentsIn('cuda-vector-add'), ...documentsIn('tensorflow-mnist')].toSorted()).toEqual(
      Object.keys(EXPECTED).toSorted(),
    );
  });

  test.each(Object.entries(EXPECTED))('%s is a spec', (path, [format, spec]) => {
    expect(parsed(readFileSync(join(SAMPLES, path), 'utf8'))).toMatchObject({ ok: true, format, spec });
  });

  test.each(Object.entries(EXPECTED))('%s is the same job as the manifest made of it', (_path, [, spec]) => {
    expect(parsed(kubernetesManifest(spec).text)).toMatchObject({ ok: true, spec });
  });

  test('of a training that reads a volume is a spec that goes on after a loss', () => {
    expect(parsed(readFileSync(join(SAMPLES, 'training-data/job.json'), 'utf8'))).toMatchObject({
      ok: true,
      format: 'native',
      spec: { volumes: [{ name: 'data' }], outputs: {}, checkpoints: {}, retry: { rerunAfterStart: true } },
    });
  });

  test('for every night is a schedule whose spec is taken', () => {
    const text = readFileSync(join(SAMPLES, 'nightly-training/schedule.json'), 'utf8');
    const schedule = scheduleDefinitionSchema.parse(JSON.parse(text));
    expect(scheduleProblem(schedule)).toBeUndefined();
    expect(schedule).toMatchObject({ timeZone: 'Europe/Berlin', overlap: 'skip', catchUp: 'one' });
    expect(parsed(JSON.stringify(schedule.spec))).toMatchObject({ ok: true, format: 'native' });
  });
});
