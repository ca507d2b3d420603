import type { Check } from '../../../../domain/backend/check';
import { type PullFault, pullFaultSchema } from '../../../../standins/arm/pulls/pull-fault';
import { identityId, registryId } from '../../../../standins/arm/pulls/pull-world';
import { ACR_PULL, ACR_PUSH, READER, REPOSITORY_READER } from '../../../../standins/arm/pulls/roles';
import { IDENTITY, POLICY, type PullStage, REGISTRY, SERVER, setPullStage, WORLD } from './pull-stage';

const AT_REGISTRY = `apps registry ${SERVER}`;
const AT_IDENTITY = 'apps identity pull';
const ELSEWHERE = '00000000-0000-0000-0000-000000000009';
const UNSEEN = "how the environment's own network leads to it can't be seen from here";

const checkOf = async (stage: PullStage, name: string): Promise<Check> => {
  const checks = await stage.inspected();
  const check = checks.get(name);
  if (check === undefined)
    throw new Error(`The doctor has no look ${name}, only ${[...checks.keys()].join(', ')}.`);
  return check;
};
const withRole = (role: string, scope = registryId(REGISTRY)): PullStage =>
  setPullStage([], { ...WORLD, assignments: [{ scope, principalId: IDENTITY.principalId, role }] });

/** What each fault makes the doctor say. */
interface Said {
  readonly fault: PullFault;
  readonly at: string;
  readonly standing: Check['standing'];
  readonly detail: string;
  readonly todo: string;
}
const closed = 'registry myjobs takes nothing from public networks';
const noRole = 'identity pull may not pull from registry myjobs: it has no role there';
const give = `az role assignment create --role "AcrPull" --assignee-object-id ${IDENTITY.principalId} --assignee-principal-type ServicePrincipal --scope ${registryId(REGISTRY)}`;
const letRead = 'az role assignment create --role Reader ';
const SAID: readonly Said[] = [
  {
    fault: { kind: 'registry-missing' },
    at: AT_REGISTRY,
    standing: 'failed',
    detail: `nobody has a registry ${SERVER}`,
    todo: 'az acr create --name myjobs ',
  },
  {
    fault: { kind: 'registry-elsewhere' },
    at: AT_REGISTRY,
    standing: 'warning',
    detail: `registry ${SERVER} is in none of the subscriptions that this identity sees: ${REGISTRY.subscription}; somebody has it`,
    todo: 'az acr show --name myjobs --subscription SUBSCRIPTION',
  },
  {
    fault: { kind: 'registry-closed' },
    at: AT_REGISTRY,
    standing: 'failed',
    detail: `${closed}, and no private endpoint leads to it`,
    todo: 'az acr update --name myjobs --public-network-enabled true --default-action Allow',
  },
  {
    fault: { kind: 'registry-private' },
    at: AT_REGISTRY,
    standing: 'warning',
    detail: `${closed}; there are 0 rules of its firewall and 1 private endpoint, and ${UNSEEN}`,
    todo: 'a private endpoint of it',
  },
  {
    fault: { kind: 'registry-firewall', addresses: [] },
    at: AT_REGISTRY,
    standing: 'failed',
    detail: 'registry myjobs lets in only what its firewall names, and no private endpoint leads to it',
    todo: 'az acr network-rule add --name myjobs --ip-address ADDRESS',
  },
  {
    fault: { kind: 'registry-firewall', addresses: ['20.0.0.0/24'] },
    at: AT_REGISTRY,
    standing: 'warning',
    detail: `there are 1 rule of its firewall and 0 private endpoints, and ${UNSEEN}`,
    todo: 'az acr update --name myjobs --default-action Allow',
  },
  {
    fault: { kind: 'arm-tokens-refused' },
    at: AT_REGISTRY,
    standing: 'failed',
    detail: 'registry myjobs takes no tokens for Resource Manager',
    todo: 'az acr config authentication-as-arm update --registry myjobs --status enabled',
  },
  {
    fault: { kind: 'repository-permissions' },
    at: AT_REGISTRY,
    standing: 'failed',
    detail: 'it has only AcrPull there, and the registry judges by repositories',
    todo: 'az role assignment create --role "Container Registry Repository Reader" ',
  },
  {
    fault: { kind: 'identity-missing' },
    at: AT_IDENTITY,
    standing: 'failed',
    detail: `there is no identity pull in resource group rg1 of subscription ${IDENTITY.subscription}`,
    todo: `az identity create --name pull --resource-group rg1 --subscription ${IDENTITY.subscription}`,
  },
  { fault: { kind: 'role-missing' }, at: AT_REGISTRY, standing: 'failed', detail: noRole, todo: give },
  { fault: { kind: 'role-elsewhere' }, at: AT_REGISTRY, standing: 'failed', detail: noRole, todo: give },
  { fault: { kind: 'role-of-another' }, at: AT_REGISTRY, standing: 'failed', detail: noRole, todo: give },
  {
    fault: { kind: 'role-without-pull' },
    at: AT_REGISTRY,
    standing: 'failed',
    detail: 'it has only AcrDelete there',
    todo: give,
  },
  {
    fault: { kind: 'reads-refused', of: 'registries' },
    at: AT_REGISTRY,
    standing: 'skipped',
    detail: `this identity may not read the registries of subscription ${REGISTRY.subscription}`,
    todo: letRead,
  },
  {
    fault: { kind: 'reads-refused', of: 'identities' },
    at: AT_IDENTITY,
    standing: 'skipped',
    detail: 'this identity may not read identity pull',
    todo: letRead,
  },
  {
    fault: { kind: 'reads-refused', of: 'assignments' },
    at: AT_REGISTRY,
    standing: 'skipped',
    detail: 'this identity may not read role assignments at registry myjobs',
    todo: letRead,
  },
  {
    fault: { kind: 'reads-refused', of: 'definitions' },
    at: AT_REGISTRY,
    standing: 'skipped',
    detail: 'this identity may not read role ',
    todo: letRead,
  },
];

describe('the looks at what the policy names for pulls', () => {
  test('are well where the identity pulls, and say what is not seen', async () => {
    const checks = await setPullStage().inspected();
    expect([...checks.values()].map(({ name, standing }) => [name, standing])).toEqual([
      ['apps', 'ok'],
      ['apps rights', 'ok'],
      ['apps environment', 'ok'],
      [AT_IDENTITY, 'ok'],
      [AT_REGISTRY, 'ok'],
      ['apps quota', 'ok'],
    ]);
    expect(checks.get(AT_REGISTRY)?.detail).toBe(
      `${SERVER} is open to public networks, and 1 of 1 identity may pull (AcrPull); ${UNSEEN}`,
    );
  });

  test.each(SAID.map((said) => [JSON.stringify(said.fault), said] as const))(
    'tell %s, with what mends it',
    async (_, { fault, at, standing, detail, todo }) => {
      const check = await checkOf(setPullStage([fault]), at);
      expect(check.detail).toContain(detail);
      expect(check.todo).toContain(todo);
      expect(check.standing).toBe(standing);
    },
  );

  test('know a fault of each kind', () => {
    const kinds = pullFaultSchema.options.map(({ shape }) => shape.kind.value);
    expect(kinds.filter((kind) => !SAID.some(({ fault }) => fault.kind === kind))).toEqual(['mended']);
  });

  test('are well again once all is mended', async () => {
    const stage = setPullStage([{ kind: 'role-missing' }, { kind: 'registry-closed' }, { kind: 'mended' }]);
    expect(await checkOf(stage, AT_REGISTRY)).toMatchObject({ standing: 'ok' });
  });

  test('tell all that is wrong with a registry at once, and what could not be read after it', async () => {
    const stage = setPullStage([
      { kind: 'registry-closed' },
      { kind: 'arm-tokens-refused' },
      { kind: 'reads-refused', of: 'assignments' },
    ]);
    const { standing, detail } = await checkOf(stage, AT_REGISTRY);
    expect(standing).toBe('failed');
    expect(detail).toMatch(/public networks.*tokens for Resource Manager.*may not read role assignments/);
  });

  test('leave it open where a registry is, if its name can not be asked for', async () => {
    const stage = setPullStage([{ kind: 'registry-missing' }, { kind: 'reads-refused', of: 'names' }]);
    const { standing, detail } = await checkOf(stage, AT_REGISTRY);
    expect(standing).toBe('warning');
    expect(detail).not.toContain('somebody has it');
  });

  test.each([
    ['AcrPush', ACR_PUSH, registryId(REGISTRY)],
    ['Reader', READER, `/subscriptions/${REGISTRY.subscription}`],
    ['AcrPull', ACR_PULL, `/subscriptions/${REGISTRY.subscription}/resourceGroups/registries`],
  ])('are well with the role %s, at the registry or above it', async (name, role, scope) => {
    const { standing, detail } = await checkOf(withRole(role, scope), AT_REGISTRY);
    expect(standing).toBe('ok');
    expect(detail).toContain(`(${name})`);
  });

  test('take the repository role for none on a registry that does not judge by repositories', async () => {
    expect(await checkOf(withRole(REPOSITORY_READER), AT_REGISTRY)).toMatchObject({ standing: 'failed' });
  });

  test.each([
    [undefined, '(Container Registry Repository Reader)'],
    ['@Request[…] StringEquals train', 'from the repositories that its condition lets through'],
  ])('are well with the repository role where it counts, under condition %s', async (condition, said) => {
    const world = {
      ...WORLD,
      registries: [{ ...REGISTRY, roleAssignmentMode: 'AbacRepositoryPermissions' as const }],
      assignments: [
        {
          scope: registryId(REGISTRY),
          principalId: IDENTITY.principalId,
          role: REPOSITORY_READER,
          ...(condition !== undefined && { condition }),
        },
      ],
    };
    const { standing, detail } = await checkOf(setPullStage([], world), AT_REGISTRY);
    expect(standing).toBe('ok');
    expect(detail).toContain(said);
  });

  test('find a registry in the subscription of the identity', async () => {
    const identity = { ...IDENTITY, subscription: ELSEWHERE };
    const registry = { ...REGISTRY, subscription: ELSEWHERE };
    const stage = setPullStage([], {
      registries: [registry],
      identities: [identity],
      assignments: [{ scope: registryId(registry), principalId: IDENTITY.principalId, role: ACR_PULL }],
    });
    const checks = await stage.inspected({ ...POLICY, identities: [identityId(identity)] });
    expect(checks.get(AT_REGISTRY)).toMatchObject({ standing: 'ok' });
  });

  test('look at a registry alone where no identity is named in full', async () => {
    const checks = await setPullStage().inspected({ registries: [SERVER], identities: ['*'] });
    expect(checks.get(AT_REGISTRY)?.standing).toBe('ok');
    expect(checks.has(AT_IDENTITY)).toBe(false);
  });

  test('fail for an identity that is no resource id', async () => {
    const checks = await setPullStage().inspected({ identities: ['pull'] });
    expect(checks.get(AT_IDENTITY)).toMatchObject({ standing: 'failed' });
    expect(checks.get(AT_IDENTITY)?.todo).toContain('az identity show');
  });

  test.each([
    ['no policy', {}, undefined],
    ['patterns', { registries: ['*.azurecr.io'], identities: ['*'] }, undefined],
    ['registries of others', { registries: ['nvcr.io', 'docker.io'] }, undefined],
    ['what the placement forbids', { registries: [SERVER] }, { registries: ['other*'] }],
  ])('are none for %s', async (_, policy, ofPlacement) => {
    const names = [...(await setPullStage([], WORLD, ofPlacement).inspected(policy)).keys()];
    expect(names).toEqual(['apps', 'apps rights', 'apps environment', 'apps quota']);
  });

  test('are those of the placement as well, in any case and once', async () => {
    const policy = { registries: [SERVER.toUpperCase(), SERVER] };
    const names = [...(await setPullStage([], WORLD, policy).inspected({ registries: [SERVER] })).keys()];
    expect(names.filter((name) => name.startsWith('apps registry'))).toEqual([AT_REGISTRY]);
  });
});
