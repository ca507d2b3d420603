import { asksForAKind, platformWords } from './platform-words';

describe('the check of platform words', () => {
  test.each([
    ['domain/spec/gpu.ts', "const SKU = 'V100';"],
    ['domain/placement/quota.ts', '// Such as StandardCores.'],
    ['jobs/sweep/sweep.ts', 'placement.resourceGroup'],
    ['jobs/sweep/list.ts', 'client.listByResourceGroup(x)'],
    ['jobs/placement/held-places.ts', 'a.subscriptionId'],
    ['domain/attempt/exit-verdict.ts', 'codes: [7147]'],
    ['orchestrations/run-attempt.ts', '// the ContainerGroup'],
    ['domain/placement/placement.ts', "backend: z.literal('aci')"],
  ])('finds one in %s: %s', (path, text) => {
    expect(platformWords({ path, text })).toHaveLength(1);
  });

  test('lets a backend, its stand-ins and the tests say what they like', () => {
    const text = "'aci' ContainerGroup V100";
    for (const path of ['backends/aci/offer.ts', 'standins/aci/x.ts', 'test/x.test.ts', 'formats/aci/x.ts'])
      expect(platformWords({ path, text })).toEqual([]);
  });
});

describe('the check of comparisons with a kind', () => {
  test.each([
    ['jobs/x.ts', "if (placement.backend === 'aci') return;"],
    ['cli/x.ts', 'placement.backend !== other.backend'],
    ['app/x.ts', "if ('kubernetes' === placement.backend) return;"],
    ['api/x.ts', 'switch (placement.backend) {'],
    ['domain/x.ts', "facts.kind === 'aci'"],
    ['functions/x.ts', "backend == 'container-apps'"],
  ])('finds one in %s: %s', (path, text) => {
    expect(asksForAKind({ path, text })).toHaveLength(1);
  });

  test('lets the list of backends decide, and others read the name for people', () => {
    expect(asksForAKind({ path: 'backends/backends.ts', text: 'switch (placement.backend) {' })).toEqual([]);
    expect(asksForAKind({ path: 'api/x.ts', text: 'return { backend: placement.backend };' })).toEqual([]);
    expect(asksForAKind({ path: 'api/x.ts', text: 'row.backend === undefined ? {} : row' })).toEqual([]);
    expect(asksForAKind({ path: 'jobs/x.ts', text: "answer.kind === 'accepted'" })).toEqual([]);
  });
});
