// Scenes of environments, their profiles and the quotas.
import { environmentPath } from '../bodies';
import type { Scene } from '../scene';
import { SUBSCRIPTION, usualEnvironments } from '../stage';

const WORKSPACE = '33333333-3333-3333-3333-333333333333';

const made: Scene = {
  name: 'an environment with a dedicated profile is made',
  from: '2025-11-06T05:58:34Z',
  region: 'westus3',
  environments: [],
  names: { operations: ['4598148e-ae42-47b9-96cb-5ee76d5422b2'] },
  play: (on) => on.ask('env-404', 'env-create-201'),
};

const withGpu: Scene = {
  name: 'a profile with a serverless GPU is added to an environment',
  from: '2025-11-04T10:40:23Z',
  region: 'westus3',
  environments: [
    {
      subscription: SUBSCRIPTION,
      resourceGroup: 'rg1',
      name: 'env1',
      location: 'westus3',
      profiles: { Consumption: 'Consumption' },
      workspace: WORKSPACE,
    },
  ],
  names: { operations: ['1c516b59-1fb6-4aa9-aaba-6c2f0c2c1ac3'] },
  play: async (on) => {
    on.until('10:42:42');
    const workloadProfiles = [
      { workloadProfileType: 'Consumption', name: 'Consumption' },
      { workloadProfileType: 'consumption-gpu-nc8as-t4', name: 'serverless-t4' },
    ];
    await on.send({
      method: 'PATCH',
      path: environmentPath('env1'),
      body: { properties: { workloadProfiles } },
    });
    on.until('10:44:05');
    await on.ask('env-patch-gpu-poll-200');
    on.until('10:44:40');
    await on.ask('env-get-gpu-consumption');
  },
};

const quotas: Scene = {
  name: 'usages in November 2025',
  from: '2025-11-04T09:49:06Z',
  region: 'North Central US (Stage)',
  environments: usualEnvironments('North Central US (Stage)').slice(0, 1),
  settings: {
    locationQuotas: {
      ManagedEnvironmentCount: { limit: 50, usedElsewhere: 13 },
      SubscriptionDedicatedNCA100Gpus: { limit: 0, usedElsewhere: 0 },
      SessionPools: { limit: 50, usedElsewhere: 2 },
    },
  },
  play: async (on) => {
    await on.ask('location-usages', 'env-usages', 'available-profiles');
  },
};

const moreCounters: Scene = {
  name: 'usages of a location in May 2025',
  from: '2025-05-24T17:04:51Z',
  region: 'North Central US (Stage)',
  environments: [],
  settings: {
    locationQuotas: {
      ManagedEnvironmentCount: { limit: 50, usedElsewhere: 4 },
      SubscriptionNCA100Gpus: { limit: 0, usedElsewhere: 0 },
      SessionPools: { limit: 50, usedElsewhere: 0 },
      SubscriptionConsumptionNCA100Gpus: { limit: 2, usedElsewhere: 0 },
      SubscriptionConsumptionT4Gpus: { limit: 8, usedElsewhere: 0 },
      ConsumptionNCA100GpusEnvCount: { limit: 1, usedElsewhere: 0 },
      ConsumptionT4GpusEnvCount: { limit: 2, usedElsewhere: 0 },
    },
  },
  play: (on) => on.ask('location-usages-gpu'),
};

const in2024: Scene = {
  name: 'usages and profile types in 2024',
  from: '2024-10-14T06:40:22Z',
  region: 'eastus',
  settings: {
    environmentQuotas: {
      ManagedEnvironmentGeneralPurposeCores: 200,
      ManagedEnvironmentMemoryOptimizedCores: 50,
      ManagedEnvironmentComputeOptimizedCores: 50,
      ManagedEnvironmentConsumptionCores: 300,
    },
  },
  play: async (on) => {
    await on.ask('available-profiles-gpu', 'env-usages-2024');
    await on.send({ method: 'POST', path: environmentPath('env1', '2024-03-01', '/getAuthToken') });
    await on.ask('env-eventstream');
  },
};

const refused: Scene = {
  name: 'environments that are refused',
  from: '2023-10-25T08:41:27Z',
  region: 'eastus',
  play: async (on) => {
    await on.ask('error-400-profiles-removed');
    const long = { workloadProfileType: 'Consumption-GPU-NC8as-T4', name: 'Consumption-GPU-NC8as-T4' };
    await on.askInPlace('error-400-profile-name', {
      method: 'PATCH',
      path: environmentPath('env1', '2024-03-01'),
      body: { properties: { workloadProfiles: [long] } },
    });
    const workloadProfiles = [{ workloadProfileType: 'Consumption', name: 'Consumption' }];
    const body = { location: 'eastus', properties: { workloadProfiles } };
    await on.send({ method: 'PUT', path: environmentPath('env1'), body });
    await on.askInPlace('error-409-env', { method: 'PUT', path: environmentPath('env1'), body }, 'inner');
  },
};

export const ENVIRONMENTS: readonly Scene[] = [made, withGpu, quotas, moreCounters, in2024, refused];
