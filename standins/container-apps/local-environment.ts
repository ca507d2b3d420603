// The environment of the local stack, with serverless GPUs and a workspace for its logs.
import { LOCAL_RESOURCE_GROUP, LOCAL_SUBSCRIPTION } from '../arm/local-scope';
import { LOCAL_ACCOUNT, LOCAL_ACCOUNT_KEY } from '../files/local-account';
import type { GivenEnvironment } from './settings';

const LOCAL_SHARES = { account: LOCAL_ACCOUNT, key: LOCAL_ACCOUNT_KEY };

/** Profiles by their short names: a name like its type is refused as too long. */
export const LOCAL_ENVIRONMENT: GivenEnvironment = {
  subscription: LOCAL_SUBSCRIPTION,
  resourceGroup: LOCAL_RESOURCE_GROUP,
  name: 'gpu-jobs-env',
  // East US has serverless T4 and A100 GPUs (documented in April 2026).
  location: 'eastus',
  profiles: {
    Consumption: 'Consumption',
    'gpu-t4': 'Consumption-GPU-NC8as-T4',
    'gpu-a100': 'Consumption-GPU-NC24-A100',
  },
  storages: {
    results: { ...LOCAL_SHARES, share: 'results', accessMode: 'ReadWrite' },
    data: { ...LOCAL_SHARES, share: 'data', accessMode: 'ReadOnly' },
  },
  workspace: '00000000-0000-0000-0000-0000000000bb',
};
