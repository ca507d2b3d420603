import { ORDINARY, resourcesOf } from '../../../domain/spec/resources';

const GPUS = [{ sku: 'T4' }, { sku: 'A100', perGpu: { cpu: 10, memoryGb: 100.5 } }];

describe('CPU and memory of a job', () => {
  test("are the spec's own where it names them, whatever the placement would give", () => {
    const resources = { cpu: 0.5, memoryGb: 0.7 };
    const given = resourcesOf(
      { resources },
      { sku: 'A100', count: 2 },
      { gpus: GPUS },
      { cpu: 9, memoryGb: 9 },
    );
    expect(given).toBe(resources);
  });

  test('are one core and 1.5 GB without a GPU', () => {
    expect(resourcesOf({}, undefined, { gpus: GPUS }, undefined)).toBe(ORDINARY);
    expect(ORDINARY).toEqual({ cpu: 1, memoryGb: 1.5 });
  });

  test.each([1, 3, 8])(
    "are, with %i GPUs, the operator's word for each, before the backend's share",
    (count) => {
      const given = resourcesOf({}, { sku: 'a100', count }, { gpus: GPUS }, { cpu: 1, memoryGb: 1 });
      expect(given).toEqual({ cpu: 10 * count, memoryGb: 100.5 * count });
    },
  );

  test('are the share of the machine that the backend knows', () => {
    const share = { cpu: 4, memoryGb: 28 };
    expect(resourcesOf({}, { sku: 'T4', count: 2 }, { gpus: GPUS }, share)).toBe(share);
  });

  test.each([
    [1, { cpu: 3, memoryGb: 12 }],
    [8, { cpu: 24, memoryGb: 96 }],
  ])('grow with the GPUs of a machine that nothing is known of: %i', (count, given) => {
    expect(resourcesOf({}, { sku: 'T4', count }, { gpus: GPUS })).toEqual(given);
  });
});
