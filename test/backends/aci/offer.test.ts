import { aciOffer } from '../../../backends/aci/offer';

const RETIRED = { gpus: [], offersRetiredGpus: true };
const offer = (count: number, sku: string) =>
  aciOffer({ resources: { cpu: 1, memoryGb: 1 } }, { count, sku }, RETIRED, undefined);

describe('Container Instances, which had 1, 2 or 4 GPUs in a group', () => {
  test.each([1, 2, 4])('gives %i', (count) => {
    expect(offer(count, 'V100')).toMatchObject({ kind: 'gives', gpu: { count, sku: 'V100' } });
  });

  test.each([
    [3, 'V100'],
    [5, 'V100'],
    [8, 'V100'],
    [8, 'A100'],
  ])('refuses %i × %s, though its placement lists them, and says what there is', (count, sku) => {
    expect(offer(count, sku)).toEqual({
      kind: 'refuses',
      why: `can't give ${count} × ${sku}: a container group has 1, 2 or 4 GPUs, whatever the placement's "counts" say`,
    });
  });
});
