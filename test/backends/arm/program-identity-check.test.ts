import { createArmReads } from '../../../backends/arm/arm-reads';
import { programIdentityInspections } from '../../../backends/arm/program-identity-check';
import type { Check } from '../../../domain/backend/check';
import { DEFAULT_ACI_SETTINGS } from '../../../standins/aci/settings';
import type { PullFault } from '../../../standins/arm/pulls/pull-fault';
import { type GivenIdentity, identityId } from '../../../standins/arm/pulls/pull-world';
import { createStandIn } from '../../../standins/arm/stand-in';
import { createScriptedRuntime } from '../../../standins/containers/scripted';
import { createVirtualTime } from '../../../standins/kernel/virtual-time';
import { createRightsGate } from '../../../standins/rights/gate';
import type { Assignment } from '../../../standins/rights/grants';
import { createHandlerHttpClient } from '../../../standins/wire/sdk-http-client';
import { RESOURCE_GROUP, SUBSCRIPTION } from '../../support/placements';
import { NEW_YEAR } from '../../support/rows';

const TRAINER: GivenIdentity = {
  subscription: SUBSCRIPTION,
  resourceGroup: 'people',
  name: 'trainer',
  location: 'eastus',
  principalId: '10000000-0000-4000-8000-000000000001',
  clientId: '10000000-0000-4000-8000-000000000002',
};
const ID = identityId(TRAINER);
const READER: Assignment = {
  scope: ID,
  actions: [
    'Microsoft.ManagedIdentity/userAssignedIdentities/read',
    'Microsoft.Authorization/permissions/read',
  ],
};
const OPERATOR: Assignment = {
  ...READER,
  actions: [...READER.actions, 'Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action'],
};

/** Through Resource Manager, by roles of the caller's. */
async function checked(
  entry: { readonly id: string; readonly clientId?: string },
  roles: readonly Assignment[] = [OPERATOR],
  faults: readonly PullFault[] = [],
): Promise<Check | undefined> {
  const time = createVirtualTime(NEW_YEAR);
  const standIn = createStandIn({
    clock: time.clock,
    timers: time.timers,
    newId: () => '20000000-0000-4000-8000-000000000001',
    runtime: createScriptedRuntime(time.timers, () => ({ prints: [], exit: { atMs: 1, code: 0 } })),
    settings: DEFAULT_ACI_SETTINGS,
    subscriptionId: SUBSCRIPTION,
    resourceGroup: RESOURCE_GROUP,
    pulls: { registries: [], identities: [TRAINER], assignments: [] },
  });
  for (const fault of faults) standIn.injectPullFault(fault);
  const gate = createRightsGate(() => roles);
  const reads = createArmReads({
    endpoint: new URL('http://127.0.0.1'),
    credential: { getToken: () => Promise.resolve(null) },
    httpClient: createHandlerHttpClient((request) => gate.answer(request) ?? standIn.handle(request)),
  });
  const [inspection] = programIdentityInspections(
    { name: 'here', identities: { trainer: entry } },
    () => reads,
  );
  return inspection?.check();
}

describe('the look at an identity of programs', () => {
  test('is well where it is there, told rightly, and may be given to workloads', async () => {
    expect(await checked({ id: ID, clientId: TRAINER.clientId.toUpperCase() })).toEqual({
      name: 'here identity trainer',
      standing: 'ok',
      detail: 'identity trainer (people) is there, and workloads may be given it',
    });
  });

  test('names the command that makes one that is missing', async () => {
    const id = identityId({ ...TRAINER, name: 'nobody' });
    expect(await checked({ id }, [{ ...OPERATOR, scope: id }])).toMatchObject({
      standing: 'failed',
      todo: expect.stringContaining(
        `az identity create --name nobody --resource-group people --subscription ${SUBSCRIPTION}`,
      ) as unknown,
    });
  });

  test('warns where programs are not told its client id, and has failed where they are told another', async () => {
    expect(await checked({ id: ID })).toMatchObject({
      standing: 'warning',
      todo: expect.stringContaining(`"clientId": "${TRAINER.clientId}"`) as unknown,
    });
    const other = '10000000-0000-4000-8000-000000000009';
    expect(await checked({ id: ID, clientId: other })).toMatchObject({
      standing: 'failed',
      detail: `programs are told the client id ${other}, and the identity has ${TRAINER.clientId}`,
    });
  });

  test('names the role without which no workload may be given it', async () => {
    const check = await checked({ id: ID, clientId: TRAINER.clientId }, [READER]);
    expect(check).toMatchObject({ standing: 'failed' });
    expect(check?.detail).toContain('may not Microsoft.ManagedIdentity/userAssignedIdentities/assign/action');
    expect(check?.todo).toContain(`--role "Managed Identity Operator"`);
    expect(check?.todo).toContain(`--scope ${ID}`);
  });

  test('is skipped where it may not be read, and says the role for that', async () => {
    const check = await checked({ id: ID, clientId: TRAINER.clientId }, [
      {
        scope: ID,
        actions: [
          'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
          'Microsoft.Authorization/permissions/read',
        ],
      },
    ]);
    expect(check).toMatchObject({ standing: 'skipped', detail: 'this identity may not read trainer' });
  });
});
