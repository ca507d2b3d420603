import { offered, preflight, refusal } from '../../domain/preflight';
import { testPlacement } from '../support/placements';

const V100 = testPlacement();
const K80 = testPlacement({ name: 'westus2', gpus: [{ sku: 'K80', counts: [1] }], accepts: { V100: 'K80' } });
const CPU = testPlacement({ name: 'cpu-only', gpus: [] });

describe('preflight', () => {
  test('takes a job without wishes', () => {
    expect(refusal({ image: 'a' }, V100)).toBeUndefined();
    expect(refusal({ image: 'a', gpu: { count: 1 } }, V100)).toBeUndefined();
  });

  test('refuses a GPU that is not offered, and says what is', () => {
    expect(refusal({ image: 'a', gpu: { count: 1, sku: 'A100' } }, V100)).toBe(
      'offers no 1 × A100 (it offers V100 × 1/2/4)',
    );
    expect(refusal({ image: 'a', gpu: { count: 2 } }, K80)).toBe('offers no 2 × GPU (it offers K80 × 1)');
    expect(refusal({ image: 'a', gpu: { count: 1 } }, CPU)).toBe('offers no 1 × GPU (it offers none)');
  });

  test.each([
    [{ cpu: 6, memoryGb: 112 }, undefined],
    [{ cpu: 7, memoryGb: 1 }, 'holds at most 6 CPU cores with 1 × V100, the job asks for 7'],
    [{ cpu: 1, memoryGb: 113 }, 'holds at most 112 GB of memory with 1 × V100, the job asks for 113'],
  ])('knows what a group with one V100 may hold: %j', (resources, why) => {
    expect(refusal({ image: 'a', gpu: { count: 1, sku: 'V100' }, resources }, V100)).toBe(why);
  });

  test('knows what a group without GPU may hold', () => {
    expect(refusal({ image: 'a', resources: { cpu: 31, memoryGb: 240 } }, CPU)).toBeUndefined();
    expect(refusal({ image: 'a', resources: { cpu: 32, memoryGb: 1 } }, CPU)).toBe(
      'holds at most 31 CPU cores, the job asks for 32',
    );
  });

  test('leaves a SKU that its table does not know to the service', () => {
    const modern = testPlacement({ gpus: [{ sku: 'T4', counts: [1] }] });
    expect(
      refusal({ image: 'a', gpu: { count: 1 }, resources: { cpu: 500, memoryGb: 1 } }, modern),
    ).toBeUndefined();
  });

  test('gives what stands in for the SKU asked for', () => {
    expect(offered({ count: 1, sku: 'V100' }, K80)).toEqual({ count: 1, sku: 'K80' });
    expect(offered({ count: 1, sku: 'K80' }, K80)).toEqual({ count: 1, sku: 'K80' });
    expect(offered({ count: 1, sku: 'P100' }, K80)).toBeUndefined();
  });

  test('keeps the order of the spec, else that of the configuration, and says why others are out', () => {
    const gpu = { count: 1, sku: 'V100' } as const;
    expect(preflight({ image: 'a', gpu }, [V100, CPU, K80])).toEqual({
      able: ['eastus', 'westus2'],
      refusals: { 'cpu-only': 'offers no 1 × V100 (it offers none)' },
    });
    expect(preflight({ image: 'a', gpu, placements: ['westus2', 'nowhere', 'eastus'] }, [V100, K80])).toEqual(
      {
        able: ['westus2', 'eastus'],
        refusals: { nowhere: 'is not configured (configured: eastus, westus2)' },
      },
    );
  });
});
