// Documents as people have them, small and reworded. What becomes of each was reasoned before the code for it was
// written.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as generic from '../../domain/spec/preflight';
import { kubernetesManifest } from '../../formats/kubernetes/manifest';
import type { parseDocument } from '../../formats/parse-document';
import { generousFacts } from '../support/generous-facts';
import { choose, refusal } from '../support/on-aci';
import { testPlacement } from '../support/placements';
import { notesOf, parse, problemsOf, specOf } from './support/parse';

function document(name: string): string {
  return readFileSync(join(__dirname, '../fixtures/documents', name), 'utf8');
}

/** The spec, typed; throws with the problems when there is none. */
function parsedSpec(text: string): Extract<ReturnType<typeof parseDocument>, { ok: true }>['spec'] {
  const parsed = parse(text);
  if (parsed.ok) return parsed.spec;
  throw new Error(JSON.stringify(parsed.problems));
}

describe('a container group whose enums are in lower case, as Azure takes them', () => {
  const text = document('aci-enum-case.yaml');

  test('is taken, its GPU as it is written', () => {
    expect(specOf(text)).toEqual({
      name: 'engine-job',
      image: 'example.azurecr.io/engine:1',
      resources: { cpu: 4, memoryGb: 16 },
      gpu: { count: 1, sku: 'v100' },
    });
  });

  test('gets the GPU of a placement that writes it in capitals, under the name that the placement uses', () => {
    expect(choose(parsedSpec(text), testPlacement())).toMatchObject({
      kind: 'holds',
      gpu: { count: 1, sku: 'V100' },
    });
  });
});

test("Volcano's Job is one error that names its kind and the pod in it that could be a Job", () => {
  const problems = problemsOf(document('volcano-job.yaml'));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^ is a Job of batch\.volcano\.sh\/v1alpha1/);
  expect(problems[0]).toContain('spec.tasks[0].template');
  expect(problems[0]).toContain('batch/v1');
});

test("a Job that Kueue is to resume is accepted: the runner's own admission takes Kueue's place, and a note says so", () => {
  const text = document('kueue-job.yaml');
  expect(specOf(text)).toMatchObject({
    name: 'sample-job',
    image: 'example/t:1',
    gpu: { count: 1 },
    resources: { cpu: 1, memoryGb: 0.2097152 },
    labels: { 'kueue.x-k8s.io/queue-name': 'user-queue' },
  });
  expect(notesOf(text)).toContainEqual(expect.stringMatching(/^translated \/spec\/suspend .*Kueue/));
});

describe('a Job that mounts memory at /dev/shm', () => {
  const text = document('shared-memory-job.yaml');

  test('is taken, with scratch in memory there', () => {
    expect(specOf(text)).toMatchObject({
      name: 'finetune',
      gpu: { count: 1 },
      scratch: [{ path: '/dev/shm', memory: true }],
    });
  });
});

describe('a Job with eight GPUs', () => {
  const spec = (): ReturnType<typeof parsedSpec> => parsedSpec(document('eight-gpus-job.yaml'));

  test('is taken: the placement decides', () => {
    expect(spec()).toMatchObject({ gpu: { count: 8 } });
    expect(spec()).not.toHaveProperty('resources');
    const eight = testPlacement({ gpus: [{ sku: 'A100', counts: [1, 8] }] });
    expect(generic.choose(spec(), eight, generousFacts())).toMatchObject({
      kind: 'holds',
      gpu: { count: 8, sku: 'A100' },
    });
  });

  test('is refused by a placement that has no eight, which says what it has', () => {
    expect(refusal(spec(), testPlacement())).toBe('offers no 8 × GPU (it offers V100 × 1/2/4)');
  });

  test('becomes a manifest that asks for eight again', () => {
    const { text } = kubernetesManifest(spec());
    expect(parsedSpec(text).gpu).toEqual({ count: 8 });
  });
});

describe('a container group as `az container export` writes it', () => {
  const text = document('exported-group.yaml');

  test('is taken as it is', () => {
    expect(specOf(text)).toEqual({
      name: 'exported',
      image: 'example.azurecr.io/train:1',
      command: ['python', 'train.py'],
      env: { EPOCHS: '3' },
      resources: { cpu: 4, memoryGb: 16 },
      gpu: { count: 1, sku: 'V100' },
      registry: {
        server: 'example.azurecr.io',
        identity:
          '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/ids/providers/Microsoft.ManagedIdentity/userAssignedIdentities/puller',
      },
    });
  });

  test('gets the advice that export leaves secrets out, if a variable has lost its value', () => {
    const secured = text.replace("value: '3'", '').replace(/- name: EPOCHS\n *\n/, '- name: TOKEN\n');
    expect(problemsOf(secured)).toEqual([
      expect.stringMatching(
        /^\/properties\/containers\/0\/properties\/environmentVariables\/0 .*az container export.*secureValue.*secretRef/,
      ),
    ]);
  });
});
