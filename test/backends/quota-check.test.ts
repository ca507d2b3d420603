import { quotaCheck } from '../../backends/quota-check';
import type { Check } from '../../domain/backend/check';
import type { QuotaUsage } from '../../domain/placement/quota';
import { ORDINARY } from '../../domain/spec/resources';
import { generousFacts } from '../support/generous-facts';

/** A platform that counts each GPU's cores by its SKU, two for each GPU. */
const facts = generousFacts({
  offer: (_wish, gpu) => ({
    kind: 'gives',
    gpu,
    resources: ORDINARY,
    counts:
      gpu === undefined
        ? [{ quota: 'Cores', amount: 1, of: 'cores' }]
        : [{ quota: `${gpu.sku}Cores`, amount: 2 * gpu.count, of: 'cores' }],
  }),
});
const GPUS = [{ sku: 'T4', counts: [2 as const, 4 as const] }];

function found(...usages: readonly QuotaUsage[]): Check {
  return quotaCheck('here quota', GPUS, facts, usages, 'Ask for more.');
}

describe('what the doctor finds of quotas', () => {
  const cores = { name: 'Cores', used: 3, limit: 10 };

  test('is well where one workload of each kind fits, and names what they count against', () => {
    expect(
      found(cores, { name: 't4cores', used: 0, limit: 4 }, { name: 'Others', used: 9, limit: 9 }),
    ).toEqual({
      name: 'here quota',
      standing: 'ok',
      detail: 'Cores: 3 of 10 used, t4cores: 0 of 4 used',
    });
  });

  test('is a failure where the fewest GPUs that are offered never fit, with what to do', () => {
    expect(found(cores, { name: 'T4Cores', used: 0, limit: 3 })).toEqual({
      name: 'here quota',
      standing: 'failed',
      detail: 'T4Cores: 0 of 3 used',
      todo: 'Ask for more.',
    });
  });

  test('is a warning where they fit only once others are gone', () => {
    expect(found(cores, { name: 'T4Cores', used: 1, limit: 4 })).toMatchObject({
      standing: 'warning',
      detail: 'T4Cores: 1 of 4 used; jobs wait',
    });
  });

  test('is well where the platform names none of them', () => {
    expect(found()).toMatchObject({ standing: 'ok', detail: 'none is named there' });
  });
});
