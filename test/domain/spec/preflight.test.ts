import { readFile } from 'node:fs/promises';

import { offeredGpus } from '../../../domain/placement/offered-gpus';
import { preflight, refusal } from '../../support/on-aci';
import { testPlacement } from '../../support/placements';

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

  test('refuses args alone for an image whose entrypoint is not told, with what to write and where to read about it', async () => {
    const why = refusal({ image: 'mine.azurecr.io/train:1@sha256:ab', args: ['--lr', '1'] }, V100);
    expect(why).toContain('"entrypoints": { "mine.azurecr.io/train": ["python", "/app/train.py"] }');
    const [, file = '', title = ''] = /\((docs\/\S+), "(.*)"\)$/.exec(why ?? '') ?? [];
    expect(await readFile(file, 'utf8')).toContain(`# ${title}\n`);
  });

  test('knows what a group without GPU may hold', () => {
    expect(refusal({ image: 'a', resources: { cpu: 31, memoryGb: 240 } }, CPU)).toBeUndefined();
    expect(refusal({ image: 'a', resources: { cpu: 32, memoryGb: 1 } }, CPU)).toBe(
      'holds at most 31 CPU cores, the job asks for 32',
    );
  });

  test('refuses a job of more cores than the placement ever lets in, named or given with the GPU', () => {
    const few = testPlacement({ limits: { ...V100.limits, cores: 2 } });
    const why = 'lets in at most 2 CPU cores at once (its "limits"), and the job would be given 3';
    expect(refusal({ image: 'a', resources: { cpu: 3, memoryGb: 2 } }, few)).toBe(why);
    expect(refusal({ image: 'a', gpu: { count: 1 } }, few)).toBe(why);
    expect(refusal({ image: 'a', resources: { cpu: 2, memoryGb: 2 } }, few)).toBeUndefined();
  });

  test('leaves a SKU that its table does not know to the service', () => {
    const modern = testPlacement({ gpus: [{ sku: 'T4', counts: [1] }] });
    expect(
      refusal({ image: 'a', gpu: { count: 1 }, resources: { cpu: 500, memoryGb: 1 } }, modern),
    ).toBeUndefined();
  });

  test('gives what stands in for the SKU asked for', () => {
    expect(offeredGpus({ count: 1, sku: 'V100' }, K80)).toEqual([{ count: 1, sku: 'K80' }]);
    expect(offeredGpus({ count: 1, sku: 'K80' }, K80)).toEqual([{ count: 1, sku: 'K80' }]);
    expect(offeredGpus({ count: 1, sku: 'P100' }, K80)).toEqual([]);
  });

  test('reads names of SKUs in any case and gives them as the placement writes them', () => {
    const odd = testPlacement({ gpus: [{ sku: 'v100', counts: [1] }], accepts: { k80: 'V100' } });
    expect(offeredGpus({ count: 1, sku: 'V100' }, odd)).toEqual([{ count: 1, sku: 'v100' }]);
    expect(offeredGpus({ count: 1, sku: 'K80' }, odd)).toEqual([{ count: 1, sku: 'v100' }]);
    const much = { image: 'a', gpu: { count: 1, sku: 'V100' }, resources: { cpu: 7, memoryGb: 1 } };
    expect(refusal(much, odd)).toContain('at most 6 CPU cores');
    expect(
      refusal(
        { image: 'a', gpu: { count: 1, sku: 'V100' } },
        { ...odd, offersRetiredGpus: false },
        { now: Date.UTC(2025, 6, 15) },
      ),
    ).toContain('2025-07-14');
    const usages = [{ name: 'StandardV100Cores', used: 0, limit: 0 }];
    expect(refusal({ image: 'a', gpu: { count: 1, sku: 'V100' } }, odd, { usages })).toContain(
      'StandardV100Cores',
    );
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
