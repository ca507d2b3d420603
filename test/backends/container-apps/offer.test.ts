import { containerAppsOffer } from '../../../backends/container-apps/offer';
import type { ContainerAppsPlacement } from '../../../backends/container-apps/placement';
import type { ChosenGpu } from '../../../domain/spec/gpu';
import { containerAppsPlacement } from '../../support/container-apps-placement';

const offer = (cpu: number, memoryGb: number, gpu?: ChosenGpu, profile?: string) =>
  containerAppsOffer(
    { resources: { cpu, memoryGb } },
    gpu,
    containerAppsPlacement(profile === undefined ? {} : { profile }),
  );

describe('Container Apps, where a replica has one GPU and CPU comes in quarters of a core', () => {
  test.each(['T4', 'A100'])('counts a %s against the environment and the region', (sku) => {
    const name = sku === 'A100' ? 'NCA100' : sku;
    expect(offer(4, 16, { count: 1, sku })).toEqual({
      kind: 'gives',
      gpu: { count: 1, sku },
      resources: { cpu: 4, memoryGb: 16 },
      counts: [
        {
          quota: `ManagedEnvironmentConsumption${name}Gpus`,
          amount: 1,
          of: 'gpus',
          ours: { lagS: 600, todo: expect.stringContaining('environment env1') as string },
        },
        { quota: `SubscriptionConsumption${name}Gpus`, amount: 1, of: 'gpus' },
      ],
    });
  });

  test('takes the GPUs in use for its own, unless the placement says that others use the environment', () => {
    const gpu = { count: 1, sku: 'T4' } as const;
    const ours = (members: Partial<ContainerAppsPlacement>): boolean[] => {
      const offered = containerAppsOffer({}, gpu, containerAppsPlacement(members));
      return offered.kind === 'gives' ? offered.counts.map((count) => count.ours !== undefined) : [];
    };
    expect(ours({})).toEqual([true, false]);
    expect(ours({ sharedEnvironment: true })).toEqual([false, false]);
  });

  test('refuses two GPUs, whatever the placement lists', () => {
    expect(offer(4, 16, { count: 2, sku: 'T4' })).toEqual({
      kind: 'refuses',
      why: `can't give 2 × T4: a replica of Container Apps has one GPU, whatever the placement's "counts" say`,
    });
  });

  test.each([
    ['T4', 8, 60, true],
    ['T4', 8, 61, false],
    ['T4', 9, 8, false],
    ['A100', 24, 236, true],
    ['A100', 24.5, 100, false],
    ['H100', 90, 900, true],
  ])('with a %s holds %d cores and %d GB: %s', (sku, cpu, memoryGb, gives) => {
    expect(offer(cpu, memoryGb, { count: 1, sku }).kind).toBe(gives ? 'gives' : 'refuses');
  });

  test.each([
    [1, 1.5, 1],
    [0.1, 0.1, 0.25],
    [1, 4, 2],
    [4, 8.5, 4],
  ])(
    'without a GPU gives %d cores and %d GB the least pair that holds both: %d cores',
    (cpu, memoryGb, cores) => {
      expect(offer(cpu, memoryGb)).toMatchObject({
        kind: 'gives',
        counts: [{ quota: 'ManagedEnvironmentConsumptionCores', amount: cores, of: 'cores' }],
      });
    },
  );

  test('without a GPU holds no more than 4 cores and 8 GiB, unless another profile is named', () => {
    expect(offer(5, 1)).toMatchObject({ kind: 'refuses' });
    expect(offer(1, 9)).toMatchObject({ kind: 'refuses' });
    expect(offer(16, 64, undefined, 'd16')).toMatchObject({ kind: 'gives' });
  });
});
