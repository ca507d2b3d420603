import type { GpuRequest } from '../../domain/spec/gpu';
import { submit } from '../../jobs/job/submit';
import { testApp } from '../support/app/test-app';
import { choose, preflight, refusal } from '../support/on-aci';
import { testPlacement } from '../support/placements';

const GPU: GpuRequest = { count: 1, sku: 'V100' };
const ALL = ['K80', 'P100', 'V100'].map((sku) => ({ sku, counts: [1 as const, 2 as const, 4 as const] }));
const NOWADAYS = testPlacement({ gpus: ALL, offersRetiredGpus: undefined });
const at = (date: string): { now: number } => ({ now: Date.parse(date) });

describe('a retired GPU', () => {
  test.each([
    ['K80', '2023-08-31T23:59:59Z', undefined],
    ['K80', '2023-09-01T00:00:00Z', '2023-08-31'],
    ['P100', '2023-09-01T00:00:00Z', '2023-08-31'],
    ['V100', '2025-07-14T12:00:00Z', undefined],
    ['V100', '2025-07-15T00:00:00Z', '2025-07-14'],
    ['A100', '2025-07-15T00:00:00Z', '2025-07-14'],
  ])('%s at %s is refused with the day of its retirement: %s', (sku, when, retired) => {
    const placement = testPlacement({ gpus: [{ sku, counts: [1] }], offersRetiredGpus: undefined });
    const why = refusal({ gpu: { count: 1, sku } }, placement, at(when));
    if (retired === undefined) expect(why).toBeUndefined();
    else expect(why).toContain(`Azure retired it from Container Instances on ${retired}`);
  });

  test('is given by a placement that says that it still has it', () => {
    const still = testPlacement({ gpus: ALL, offersRetiredGpus: true });
    expect(choose({ gpu: GPU }, still, at('2026-01-01'))).toMatchObject({ kind: 'holds', gpu: GPU });
  });

  test('leaves a job that takes any GPU to those that are left', () => {
    expect(choose({ gpu: { count: 1 } }, NOWADAYS, at('2024-01-01'))).toMatchObject({
      kind: 'holds',
      gpu: GPU,
    });
  });

  test('has a submission refused at once, with a reason for each placement', async () => {
    const app = testApp({ placements: [NOWADAYS, testPlacement({ name: 'other', gpus: [] })] });
    expect(await submit(app.ports, { spec: { image: 'a', gpu: GPU }, key: 'k', source: 'http' })).toEqual({
      kind: 'no-placement',
      refusals: {
        eastus: expect.stringContaining('retired') as unknown,
        other: 'offers no 1 × V100 (it offers none)',
      },
    });
  });
});

describe('the GPU that a placement gives', () => {
  test('is the first in its own order that holds the CPU and memory asked for', () => {
    const placement = testPlacement({ gpus: ALL });
    const wish = (memoryGb: number): object =>
      choose({ gpu: { count: 1 }, resources: { cpu: 1, memoryGb } }, placement);
    expect(wish(56)).toMatchObject({ gpu: { sku: 'K80' } });
    expect(wish(57)).toMatchObject({ gpu: { sku: 'P100' } });
    expect(wish(113)).toEqual({
      kind: 'refuses',
      why: 'holds at most 56 GB of memory with 1 × K80, the job asks for 113',
    });
  });

  test('is the SKU asked for before one that stands in for it', () => {
    const placement = testPlacement({ gpus: ALL, accepts: { V100: 'K80' } });
    expect(choose({ gpu: GPU }, placement)).toMatchObject({ gpu: { sku: 'V100' } });
    const usages = [{ name: 'StandardV100Cores', used: 0, limit: 0 }];
    expect(choose({ gpu: GPU }, placement, { usages })).toMatchObject({ gpu: { sku: 'K80' } });
  });

  test('is one with quota left rather than one whose quota is in use', () => {
    const placement = testPlacement({ gpus: ALL });
    const usages = [{ name: 'StandardK80Cores', used: 18, limit: 18 }];
    expect(choose({ gpu: { count: 1 } }, placement, { usages })).toMatchObject({ gpu: { sku: 'P100' } });
  });
});

describe('what no placement can hold', () => {
  test('is less than a group must have', () => {
    expect(refusal({ resources: { cpu: 0.5, memoryGb: 1 } }, testPlacement())).toBe(
      'gives at least 1 CPU core and 1 GB of memory, the job asks for 0.5 and 1',
    );
    expect(refusal({ resources: { cpu: 1, memoryGb: 0.5 } }, testPlacement())).toBeDefined();
  });

  test('is found in milliseconds, for a hundred placements', () => {
    const placements = Array.from({ length: 100 }, (_, n) => testPlacement({ name: `p${n}`, gpus: ALL }));
    const { able, refusals } = preflight(
      { gpu: { count: 4, sku: 'V100' }, resources: { cpu: 25, memoryGb: 9 } },
      placements,
    );
    expect(able).toEqual([]);
    expect(Object.keys(refusals)).toHaveLength(100);
  });
});
