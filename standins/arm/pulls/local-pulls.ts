// The registry of the local stack, the identity that pulls from it, and its role there; and the identity of programs.
import { LOCAL_RESOURCE_GROUP, LOCAL_SUBSCRIPTION } from '../local-scope';
import {
  type GivenIdentity,
  type GivenRegistry,
  OPEN_REGISTRY,
  type PullWorld,
  registryId,
} from './pull-world';
import { ACR_PULL } from './roles';

const REGISTRY: GivenRegistry = {
  ...OPEN_REGISTRY,
  subscription: LOCAL_SUBSCRIPTION,
  resourceGroup: LOCAL_RESOURCE_GROUP,
  name: 'gpujobslocal',
  location: 'eastus',
};

const IDENTITY: GivenIdentity = {
  subscription: LOCAL_SUBSCRIPTION,
  resourceGroup: LOCAL_RESOURCE_GROUP,
  name: 'gpu-jobs-pull',
  location: 'eastus',
  principalId: '00000000-0000-0000-0000-0000000000cc',
  clientId: '00000000-0000-0000-0000-0000000000dd',
};

/** What programs of the local stack are to Azure. Nothing pulls by it. */
export const LOCAL_TRAINER: GivenIdentity = {
  ...IDENTITY,
  name: 'trainer',
  principalId: '00000000-0000-0000-0000-0000000000c0',
  clientId: '00000000-0000-0000-0000-0000000000c1',
};

export const LOCAL_PULLS: PullWorld = {
  registries: [REGISTRY],
  identities: [IDENTITY, LOCAL_TRAINER],
  assignments: [{ scope: registryId(REGISTRY), principalId: IDENTITY.principalId, role: ACR_PULL }],
};
