// Registries, identities and roles as Resource Manager tells of them, and what can be made wrong with them.
import { LOCAL_PULLS } from '../../../standins/arm/pulls/local-pulls';
import { identityId, registryId } from '../../../standins/arm/pulls/pull-world';
import { ACR_PULL } from '../../../standins/arm/pulls/roles';
import { refusal, setStage } from './support';

const [REGISTRY] = LOCAL_PULLS.registries.map(registryId);
const [IDENTITY] = LOCAL_PULLS.identities.map(identityId);
const [PRINCIPAL] = LOCAL_PULLS.identities.map(({ principalId }) => principalId);
const assignmentsOf = (principal: string | undefined): string =>
  `${REGISTRY ?? ''}/providers/Microsoft.Authorization/roleAssignments?$filter=${encodeURIComponent(`atScope() and assignedTo('${principal ?? ''}')`)}`;

describe('the registry of the local stack', () => {
  it('is open, and its identity pulls from it', async () => {
    const { send } = setStage();
    expect((await send('GET', REGISTRY ?? '')).body).toMatchObject({
      properties: { loginServer: 'gpujobslocal.azurecr.io', publicNetworkAccess: 'Enabled' },
    });
    expect((await send('GET', IDENTITY ?? '')).body).toMatchObject({
      properties: { principalId: PRINCIPAL },
    });
    expect((await send('GET', assignmentsOf(PRINCIPAL))).body).toMatchObject({
      value: [{ properties: { roleDefinitionId: expect.stringContaining(ACR_PULL) as unknown } }],
    });
    expect((await send('GET', assignmentsOf('somebody'))).body).toEqual({ value: [] });
  });

  it('has a name that nobody else can take', async () => {
    const { send } = setStage();
    const path = `/subscriptions/any/providers/Microsoft.ContainerRegistry/checkNameAvailability`;
    const type = 'Microsoft.ContainerRegistry/registries';
    expect((await send('POST', path, { name: 'GpuJobsLocal', type })).body).toMatchObject({
      nameAvailable: false,
    });
    expect((await send('POST', path, { name: 'another', type })).body).toEqual({ nameAvailable: true });
    expect(refusal(await send('POST', path, { name: 'a-b', type }))).toBe('400 InvalidRequest');
  });

  it('is gone while a fault says so, until all is mended', async () => {
    const { send } = setStage();
    const fault = (body: unknown): Promise<{ status: number }> => send('POST', '/emulator/pull-faults', body);
    expect((await fault({ kind: 'registry-missing' })).status).toBe(204);
    expect(refusal(await send('GET', REGISTRY ?? ''))).toBe('404 ResourceNotFound');
    expect((await fault({ kind: 'mended' })).status).toBe(204);
    expect((await send('GET', REGISTRY ?? '')).status).toBe(200);
    expect((await fault({ kind: 'unheard-of' })).status).toBe(400);
  });
});

describe('what is asked about pulls and not read', () => {
  it.each([
    [`${REGISTRY ?? ''}/providers/Microsoft.Authorization/roleAssignments`, '501 NotEmulated'],
    [
      '/subscriptions/any/providers/Microsoft.Authorization/roleDefinitions/none',
      '404 RoleDefinitionDoesNotExist',
    ],
    [`${REGISTRY ?? ''}?api-version=`, '400 MissingApiVersionParameter'],
    [`${REGISTRY ?? ''}?api-version=today`, '400 InvalidApiVersionParameter'],
  ])('is refused: %s', async (path, expected) => {
    expect(refusal(await setStage().send('GET', path))).toBe(expected);
  });
});
