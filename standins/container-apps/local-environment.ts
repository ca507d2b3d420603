// The environment of the local stack, with serverless GPUs and a workspace for its logs.
import { LOCAL_RESOURCE_GROUP, LOCAL_SUBSCRIPTION } from '../arm/local-scope';
import type { GivenEnvironment } from './settings';

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
  workspace: '00000000-0000-0000-0000-0000000000bb',
};
