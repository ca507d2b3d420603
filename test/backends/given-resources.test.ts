// On each kind of compute: what its offer says that a job is given is what its create asks for.
import { containerGroup } from '../../backends/aci/container-group';
import { aciFacts } from '../../backends/aci/facts';
import { definitionOfRequest } from '../../backends/container-apps/definition-of-request';
import { containerAppsFacts } from '../../backends/container-apps/facts';
import { kubernetesFacts } from '../../backends/kubernetes/facts';
import { jobOfRequest } from '../../backends/kubernetes/job-of-request';
import type { KubernetesPlacement } from '../../backends/kubernetes/placement';
import type { BackendFacts } from '../../domain/backend/backend-facts';
import type { CreateRequest } from '../../domain/ports/compute-backend';
import type { ChosenGpu } from '../../domain/spec/gpu';
import type { Resources } from '../../domain/spec/resources';
import { containerAppsPlacement } from '../support/container-apps-placement';
import { testPlacement } from '../support/placements';
import { barePlacement, REF } from './kubernetes/bare-placement';

const aci = testPlacement();
const apps = containerAppsPlacement();
const cluster: KubernetesPlacement = {
  ...barePlacement,
  gpus: [
    { sku: 'H100', counts: [1, 8], node: 'Standard_ND96isr_H100_v5' },
    { sku: 'T4', counts: [1, 2] },
    { sku: 'A10', counts: [2], perGpu: { cpu: 6, memoryGb: 40 }, node: { cpu: 9, memoryGb: 99, gpus: 2 } },
  ],
};

function offered(facts: BackendFacts, gpu: ChosenGpu): Resources | undefined {
  const made = facts.offer({}, gpu, undefined);
  return made.kind === 'gives' ? made.resources : undefined;
}

function request(gpu: ChosenGpu, resources?: Resources): CreateRequest {
  const spec = { image: 'a:1', gpu: { count: gpu.count } };
  return { ref: REF, spec, secrets: {}, gpu, resources, createdAt: 0, expiresAt: 60_000, timeoutMs: 1 };
}

describe('Container Instances give half of what the SKU may have', () => {
  test.each([
    ['K80', 1, 3, 28],
    ['P100', 2, 6, 112],
    ['V100', 4, 12, 224],
  ])('%s × %i: %i cores and %i GB', (sku, count, cpu, memoryGb) => {
    const gpu = { sku, count };
    expect(offered(aciFacts(aci), gpu)).toEqual({ cpu, memoryGb });
    const requests = { cpu, memoryInGB: memoryGb, gpu };
    expect(containerGroup(request(gpu), aci).containers[0]?.resources).toEqual({ requests });
  });

  test('counts the cores that it gives against the quota', () => {
    expect(aciFacts(aci).offer({}, { sku: 'V100', count: 2 }, undefined)).toMatchObject({
      counts: [{ amount: 1 }, { quota: 'StandardV100Cores', amount: 6 }],
    });
  });
});

describe('Container Apps give half of the profile', () => {
  test.each([
    ['T4', 4, 30.064771072, '28Gi'],
    ['A100', 12, 118.11160064, '110Gi'],
  ])('%s: %i cores and %d GB', (sku, cpu, memoryGb, memory) => {
    const gpu = { sku, count: 1 };
    expect(offered(containerAppsFacts(apps), gpu)).toEqual({ cpu, memoryGb });
    const asked = definitionOfRequest(request(gpu), apps).template?.containers?.[0]?.resources;
    expect(asked).toEqual({ cpu, memory });
  });
});

describe('a cluster gives the share of the node', () => {
  test.each([
    ['H100', 8, { cpu: 90.25, memoryGb: 1800.2 }, { cpu: '90250m', memory: '1800200M' }],
    ['H100', 1, { cpu: 11.25, memoryGb: 225 }, { cpu: '11250m', memory: '225G' }],
    ['T4', 2, { cpu: 6, memoryGb: 24 }, { cpu: '6', memory: '24G' }],
    ['A10', 2, { cpu: 12, memoryGb: 80 }, { cpu: '12', memory: '80G' }],
  ])('%s × %i: %j', (sku, count, resources, limits) => {
    const gpu = { sku, count };
    expect(offered(kubernetesFacts(cluster), gpu)).toEqual(resources);
    expect(jobOfRequest(request(gpu), cluster)).toMatchObject({
      spec: { template: { spec: { containers: [{ resources: { limits } }] } } },
    });
  });
});

describe('a slice of a GPU, by the name that the device plugin has for it', () => {
  const sliced = {
    ...cluster,
    gpus: [{ sku: 'A100-1g.10gb', counts: [1, 2], resource: 'nvidia.com/mig-1g.10gb' }],
  };
  const gpu = { sku: 'a100-1G.10GB', count: 2 };

  test('is what the pod asks for', () => {
    expect(jobOfRequest(request(gpu), sliced)).toMatchObject({
      spec: {
        template: { spec: { containers: [{ resources: { limits: { 'nvidia.com/mig-1g.10gb': 2 } } }] } },
      },
    });
    expect(JSON.stringify(jobOfRequest(request(gpu), sliced))).not.toContain('nvidia.com/gpu');
  });

  test('counts against the quota of that name', () => {
    expect(kubernetesFacts(sliced).offer({}, gpu, undefined)).toMatchObject({
      counts: expect.arrayContaining([
        { quota: 'requests.nvidia.com/mig-1g.10gb', amount: 2, of: 'gpus', skus: ['A100-1g.10gb'] },
        { quota: 'requests.memory', amount: 24e9, of: 'memory' },
      ]) as unknown,
    });
    expect(JSON.stringify(kubernetesFacts(sliced).offer({}, gpu, undefined))).not.toContain('nvidia.com/gpu');
  });

  test('brings so many sevenths of a GPU with it, of a size of Azure', () => {
    const gpus = ['mig-1g.10gb', 'mig-3g.40gb', 'mig-7g.80gb', 'A100'].map((sku) => ({
      sku,
      counts: [1],
      node: 'Standard_NC24ads_A100_v4' as const,
    }));
    const given = ({ sku }: { sku: string }, count = 1): unknown =>
      kubernetesFacts({ ...cluster, gpus }).offer({}, { sku, count }, undefined);
    expect(gpus.map((gpu) => given(gpu))).toMatchObject([
      { resources: { cpu: 3, memoryGb: 29.1 } },
      { resources: { cpu: 9.25, memoryGb: 87.5 } },
      { resources: { cpu: 21.75, memoryGb: 204.2 } },
      { resources: { cpu: 21.75, memoryGb: 204.2 } },
    ]);
  });
});

describe('what admission has reckoned with', () => {
  const resources = { cpu: 2, memoryGb: 4 };

  test('is asked for, whatever the placement would give now', () => {
    expect(containerGroup(request({ sku: 'V100', count: 1 }, resources), aci).containers[0]).toMatchObject({
      resources: { requests: { cpu: 2, memoryInGB: 4 } },
    });
    expect(
      definitionOfRequest(request({ sku: 'T4', count: 1 }, resources), apps).template?.containers?.[0],
    ).toMatchObject({ resources: { cpu: 2, memory: '4Gi' } });
    expect(jobOfRequest(request({ sku: 'H100', count: 1 }, resources), cluster)).toMatchObject({
      spec: { template: { spec: { containers: [{ resources: { limits: { cpu: '2', memory: '4G' } } }] } } },
    });
  });
});
