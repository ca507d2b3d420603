import { type GpuNode, nodeSchema, nodeShare } from '../../../backends/kubernetes/node-share';

const GIB = 1024 ** 3 / 1e9;

/** What AKS keeps of a node by its rule until 1.28, which keeps more, GB (docs/facts/aks.md#node-reservations). */
function reservedGb(memoryGb: number): number {
  const steps = [
    [4, 0.25],
    [4, 0.2],
    [8, 0.1],
    [112, 0.06],
    [Infinity, 0.02],
  ] as const;
  let left = memoryGb / GIB;
  let reserved = 0.75;
  for (const [most, part] of steps) {
    reserved += Math.min(left, most) * part;
    left -= Math.min(left, most);
  }
  return reserved * GIB;
}

/** Cores, from the table of the same section; beyond 64 a hundredth of a core more each, as in its last step. */
function reservedCores(cores: number): number {
  return 0.1 + 0.01 * cores;
}

const SIZES: readonly (readonly [GpuNode, number, number, number])[] = [
  ['Standard_NC4as_T4_v3', 4, 28, 1],
  ['Standard_NC8as_T4_v3', 8, 56, 1],
  ['Standard_NC16as_T4_v3', 16, 110, 1],
  ['Standard_NC64as_T4_v3', 64, 440, 4],
  ['Standard_NC24ads_A100_v4', 24, 220, 1],
  ['Standard_NC48ads_A100_v4', 48, 440, 2],
  ['Standard_NC96ads_A100_v4', 96, 880, 4],
  ['Standard_NC40ads_H100_v5', 40, 320, 1],
  ['Standard_NC80adis_H100_v5', 80, 640, 2],
  ['Standard_ND96asr_v4', 96, 900, 8],
  ['Standard_ND96amsr_A100_v4', 96, 1900, 8],
  ['Standard_ND96isr_H100_v5', 96, 1900, 8],
  ['Standard_ND96isr_H200_v5', 96, 1850, 8],
];

describe('the share of a node', () => {
  test.each(SIZES)(
    'of %s leaves AKS what it reserves, and others half a core and half a GB',
    (size, cpu, gb, gpus) => {
      const whole = nodeShare(size, { count: gpus });
      expect(whole?.cpu).toBeLessThanOrEqual(cpu - reservedCores(cpu) - 0.5);
      expect(whole?.memoryGb).toBeLessThanOrEqual(gb - reservedGb(gb) - 0.5);
      expect(whole?.cpu).toBeGreaterThan(cpu * 0.6);
      expect(whole?.memoryGb).toBeGreaterThan(gb * 0.75);
    },
  );

  test.each(SIZES)('of %s fits as many jobs of one GPU as the node has GPUs', (size, _cpu, _gb, gpus) => {
    const [one, whole] = [nodeShare(size, { count: 1 }), nodeShare(size, { count: gpus })];
    expect((one?.cpu ?? NaN) * gpus).toBeLessThanOrEqual(whole?.cpu ?? NaN);
    expect((one?.memoryGb ?? NaN) * gpus).toBeLessThanOrEqual((whole?.memoryGb ?? NaN) + 1e-9);
  });

  test('is in quarters of a core and tenths of a GB', () => {
    expect(nodeShare('Standard_NC4as_T4_v3', { count: 1 })).toEqual({ cpu: 2.75, memoryGb: 21.8 });
    expect(nodeShare('Standard_ND96isr_H100_v5', { count: 8 })).toEqual({ cpu: 90.25, memoryGb: 1800.2 });
    expect(nodeShare('Standard_ND96isr_H100_v5', { count: 3 })).toEqual({ cpu: 33.75, memoryGb: 675 });
  });

  test('is that of a machine that the placement describes', () => {
    expect(nodeShare({ cpu: 21, memoryGb: 104, gpus: 10 }, { count: 2 })).toEqual({
      cpu: 3.75,
      memoryGb: 18.8,
    });
  });

  test('is the whole node at most: more GPUs than it has fit no node anyway', () => {
    const node = { cpu: 21, memoryGb: 104, gpus: 2 };
    expect(nodeShare(node, { count: 5 })).toEqual(nodeShare(node, { count: 2 }));
  });

  test('is unknown of a machine too small to share', () => {
    expect(nodeShare({ cpu: 1, memoryGb: 8, gpus: 1 }, { count: 1 })).toBeUndefined();
  });
});

test('a node of an unknown size is refused with the sizes that are known', () => {
  expect(nodeSchema.safeParse('Standard_NC6').error?.issues[0]?.message).toMatch(
    /^must be \{ "cpu", "memoryGb", "gpus" \} of one whole node, or one of Standard_NC4as_T4_v3, /,
  );
});
