// Settings from the environment.
import { readSettings } from '../../../standins/aci/settings';

it('has defaults for everything', () => {
  expect(readSettings({})).toMatchObject({
    port: 7072,
    aci: { provisionMs: 700, unknownImage: 'refuse', rateLimits: true, quotas: { ContainerGroups: 100 } },
  });
});

it('reads what is set', () => {
  const { port, aci, unstartable } = readSettings({
    GPU_JOBS_ACI_PORT: '0',
    GPU_JOBS_EMULATOR_RESOURCE_GROUPS: 'one, two',
    GPU_JOBS_EMULATOR_UNSTARTABLE: 'a/b:1, microsoft/c',
    GPU_JOBS_EMULATOR_CAPACITY: '{"eastus/K80":2}',
    GPU_JOBS_EMULATOR_QUOTAS: '{"ContainerGroups":5}',
    GPU_JOBS_EMULATOR_GPU_OFFER: 'retired',
  });
  expect(port).toBe(0);
  expect(unstartable).toEqual(['a/b:1', 'microsoft/c']);
  expect(aci.resourceGroups).toEqual(['one', 'two']);
  expect(aci.capacity).toEqual({ 'eastus/K80': 2 });
  expect(aci.quotas).toMatchObject({ ContainerGroups: 5, StandardCores: 100 });
  expect(aci.gpuOffer).toEqual({});
});

it('names every setting that can not be used', () => {
  const read = (): unknown =>
    readSettings({
      GPU_JOBS_ACI_PORT: 'http',
      GPU_JOBS_EMULATOR_PULL_MS: '-1',
      GPU_JOBS_EMULATOR_CAPACITY: 'two',
      GPU_JOBS_EMULATOR_UNKNOWN_IMAGE: 'maybe',
    });
  expect(read).toThrow(/GPU_JOBS_ACI_PORT=http/);
  expect(read).toThrow(/GPU_JOBS_EMULATOR_PULL_MS=-1/);
  expect(read).toThrow(/GPU_JOBS_EMULATOR_CAPACITY=two: not JSON/);
  expect(read).toThrow(/GPU_JOBS_EMULATOR_UNKNOWN_IMAGE=maybe/);
});
