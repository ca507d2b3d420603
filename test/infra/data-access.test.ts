// What main.bicep lets the app do with identities of programs and with shares, as azd deploys it, played.
import { join } from 'node:path';

import { deploy } from './support/deploy/deploy';
import { asObject, type ValueObject } from './support/deploy/value';

const MAIN = join(__dirname, '../../infra/main.bicep');
const APP = '00000000-0000-0000-0000-0000000000d1';
const ELSEWHERE = '/subscriptions/11111111-0000-0000-0000-000000000000/resourceGroups';
const TRAINER = `${ELSEWHERE}/people/providers/Microsoft.ManagedIdentity/userAssignedIdentities/trainer`;
const ON_INSTANCES = {
  name: 'aci-eastus',
  backend: 'aci',
  subscriptionId: '11111111-0000-0000-0000-000000000000',
  resourceGroup: 'jobs',
  region: 'eastus',
  gpus: [],
  limits: { workloads: 2 },
};
const ON_CLUSTER = {
  name: 'cluster',
  backend: 'kubernetes',
  cluster: { inCluster: true },
  namespace: 'gpu-jobs',
  gpus: [],
  limits: { workloads: 2 },
  identities: { trainer: { serviceAccount: 'trainer' } },
};

/** Where the app has roles. */
function scopes(params: ValueObject): string[] {
  const all = { environmentName: 'first', location: 'westeurope', ...params };
  return deploy(MAIN, all, { subscriptionId: '00000000-0000-0000-0000-000000000000' })
    .made.filter(
      ({ type, body }) =>
        type === 'Microsoft.Authorization/roleAssignments' &&
        asObject(body['properties'] ?? {})['principalId'] === APP,
    )
    .map(({ id }) => id.replace(/\/providers\/Microsoft\.Authorization\/.*$/, ''));
}

const identities = (params: ValueObject): string[] =>
  scopes(params).filter((scope) => scope.includes('/userAssignedIdentities/'));

test('an identity that a placement names, and the one that pulls, may be given to workloads', () => {
  expect(identities({ furtherPlacements: [ON_INSTANCES, ON_CLUSTER] })).toEqual([]);
  const named = { trainer: { id: TRAINER }, again: { id: TRAINER.toUpperCase() } };
  const furtherPlacements = [{ ...ON_INSTANCES, identities: named }, ON_CLUSTER];
  expect(identities({ furtherPlacements }).map((id) => id.toLowerCase())).toEqual([TRAINER.toLowerCase()]);
  const both = identities({ furtherPlacements, registry: 'r', registryGroup: 'registries' });
  expect(both).toHaveLength(2);
  expect(both.join()).toMatch(
    /rg-first\/providers\/Microsoft.ManagedIdentity\/userAssignedIdentities\/id-pull-/,
  );
});

test('the storage accounts of shares that are named are the app’s to read, and no others', () => {
  const account = `${ELSEWHERE}/files/providers/Microsoft.Storage/storageAccounts/shares`;
  const before = scopes({});
  expect(scopes({ fileAccounts: [account] }).filter((one) => !before.includes(one))).toEqual([account]);
});
