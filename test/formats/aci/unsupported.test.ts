import { unsupported } from '../../../formats/aci/unsupported';

const GPU = { count: 1, sku: 'V100' };

describe('a container group that no placement holds', () => {
  test.each([
    [{ gpu: GPU, priority: 'Spot' }, 'gives no GPU at Spot priority; use Regular'],
    [{ gpu: GPU, inVirtualNetwork: true }, 'gives no GPU in a virtual network; leave the subnets out'],
    [{ os: 'Windows' }, 'runs Linux containers only'],
    [{ os: 'Windows', gpu: GPU }, 'runs Linux containers only; GPUs never came with Windows'],
    [{ gpu: GPU, priority: 'Regular', os: 'Linux', inVirtualNetwork: false }, undefined],
    [{ priority: 'Spot', inVirtualNetwork: true }, undefined],
  ] as const)('%j: %s', (of, why) => {
    expect(unsupported(of)).toBe(why);
  });
});
