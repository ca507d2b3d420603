import { IDENTITY_RIGHTS } from '../../../../backends/arm/identity-rights';
import { operationsOf, otherNameOf } from '../../../../backends/container-apps/doctor/operations';
import { rightsCheck } from '../../../../backends/container-apps/doctor/rights-check';
import { environmentId } from '../../../../backends/container-apps/environment-id';
import { ENVIRONMENT_RIGHTS, REGION_RIGHTS, RUNNER_RIGHTS } from '../../../../backends/container-apps/rights';
import type { Check } from '../../../../domain/backend/check';
import { json, type WireResponse } from '../../../../standins/wire/handler';
import { containerAppsPlacement } from '../../../support/container-apps-placement';
import { setContainerAppsStage } from '../container-apps-stage';

interface Role {
  readonly actions: readonly string[];
  readonly notActions?: readonly string[];
}

const ELSEWHERE = '00000000-0000-0000-0000-000000000002';
const PLACEMENT = containerAppsPlacement({
  environment: `/subscriptions/${ELSEWHERE}/resourceGroups/envs/providers/Microsoft.App/managedEnvironments/env1`,
});
const GROUP = `/subscriptions/${PLACEMENT.subscriptionId}/resourceGroups/${PLACEMENT.resourceGroup}`;
const REGION = `/subscriptions/${ELSEWHERE}`;
const IDENTITY = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/pull`;
const OWNER: Role = { actions: ['*'], notActions: ['Microsoft.Authorization/*/write'] };

/** What is found where Azure answers so at each scope. */
async function checked(answer: (scope: string) => WireResponse): Promise<Check> {
  const { clients } = setContainerAppsStage({
    intercept: ({ url }) => {
      const [scope = '', rest] = url.pathname.split('/providers/Microsoft.Authorization/permissions');
      return rest === '' ? answer(scope) : undefined;
    },
  });
  return rightsCheck('apps rights', PLACEMENT, [IDENTITY], clients.resources);
}

/** Roles by scope; an owner's elsewhere. */
const withRoles = async (roles: Readonly<Record<string, readonly Role[]>>): Promise<Check> =>
  checked((scope) => json(200, { value: roles[scope] ?? [OWNER] }));

const JOBS = [
  'Microsoft.App/jobs/read',
  'Microsoft.App/jobs/write',
  'Microsoft.App/jobs/delete',
  'Microsoft.App/jobs/start/action',
  'Microsoft.App/jobs/getauthtoken/action',
];
const EXECUTIONS = ['Microsoft.App/jobs/execution/read', 'Microsoft.App/jobs/executions/read'];
const STOPS = ['Microsoft.App/jobs/stop/action', 'Microsoft.App/jobs/stop/execution/action'];
const REPLICAS = 'Microsoft.App/jobs/executions/replicas/read';
const STOP_AT_EXECUTION = 'Microsoft.App/jobs/executions/stop/action';
const lists: readonly [string, string, readonly string[]][] = [
  ['the group', GROUP, RUNNER_RIGHTS],
  ['the environment', environmentId(PLACEMENT), ENVIRONMENT_RIGHTS],
  ['the subscription of the environment', REGION, REGION_RIGHTS],
  ['an identity that jobs pull with', IDENTITY, IDENTITY_RIGHTS],
];

describe('the look at the rights of the app', () => {
  test.each<[string, Role[]]>([
    ['an owner', [OWNER]],
    ['a role with the listed rights', [{ actions: RUNNER_RIGHTS }]],
    ['a role that names the operations one by one', [{ actions: operationsOf(RUNNER_RIGHTS) }]],
    [
      'a role with wildcards of its own',
      [{ actions: [...JOBS, 'Microsoft.App/jobs/*/read', 'Microsoft.App/jobs/*/action'] }],
    ],
    ['rights in another case', [{ actions: ['microsoft.app/JOBS/*'] }]],
    [
      'rights over several roles, where one gives what another leaves out',
      [
        { actions: ['Microsoft.App/*'], notActions: ['Microsoft.App/jobs/start/action'] },
        { actions: ['Microsoft.App/jobs/start/action'] },
      ],
    ],
    [
      'a role that takes away what is not needed',
      [{ actions: ['Microsoft.App/*'], notActions: ['Microsoft.App/jobs/suspend/action'] }],
    ],
  ])('is well for %s', async (_, inGroup) => {
    expect(await withRoles({ [GROUP]: inGroup })).toMatchObject({ standing: 'ok' });
  });

  test.each(
    lists.flatMap(([where, scope, rights]) =>
      operationsOf(rights).map((operation) => [operation, where, scope, rights] as const),
    ),
  )('names %s where it is missing at %s', async (operation, _, scope, rights) => {
    const actions = operationsOf(rights).filter((other) => other !== operation);
    const { standing, detail, todo } = await withRoles({ [scope]: [{ actions }] });
    expect(standing).toBe(otherNameOf(operation) === undefined ? 'failed' : 'warning');
    expect(detail).toContain(`this identity may not ${operation}`);
    expect(detail).toContain(` at ${scope}`);
    expect(todo).toContain(`--scope ${scope}`);
    expect(todo).toContain(JSON.stringify(rights));
  });

  test.each(lists)('names all rights where %s gives none', async (_, scope, rights) => {
    const { standing, detail } = await withRoles({ [scope]: [] });
    expect(standing).toBe('failed');
    expect(detail).toBe(`this identity may not ${operationsOf(rights).join(', ')} at ${scope}`);
  });

  test('finds what a role lacks that has all operations which the provider names', async () => {
    const { standing, detail } = await withRoles({
      [GROUP]: [{ actions: [...JOBS, ...EXECUTIONS, ...STOPS] }],
    });
    expect(standing).toBe('failed');
    expect(detail).toContain(`this identity may not ${REPLICAS} at`);
    expect(detail).toContain(`this identity may not ${STOP_AT_EXECUTION} at ${GROUP}, and may`);
  });

  test('counts as missing what a role takes away, by a wildcard too', async () => {
    const notActions = ['Microsoft.App/jobs/*/read', 'Microsoft.App/jobs/write'];
    const { detail } = await withRoles({ [GROUP]: [{ actions: ['Microsoft.App/*'], notActions }] });
    expect(detail).toContain(REPLICAS);
    expect(detail).toContain('Microsoft.App/jobs/write');
    expect(detail).not.toContain('Microsoft.App/jobs/read');
    expect(detail).not.toContain('Microsoft.App/jobs/delete');
  });

  test('is skipped, not well, where Azure refuses to tell', async () => {
    const error = { code: 'AuthorizationFailed', message: 'no' };
    expect(await checked(() => json(403, { error }))).toMatchObject({ standing: 'skipped' });
  });

  test.each([400, 403, 404])(
    'tells what it could ask where a whole subscription answers %i',
    async (status) => {
      const error = { code: 'Refused', message: 'no' };
      const check = await checked((scope) =>
        scope === REGION ? json(status, { error }) : json(200, { value: scope === GROUP ? [] : [OWNER] }),
      );
      expect(check.standing).toBe('failed');
      expect(check.detail).toContain('this identity may not Microsoft.App/jobs/read');
      expect(check.detail).toContain(`Azure does not tell this identity its rights at ${REGION}`);
    },
  );

  test('fails where the answer has another shape', async () => {
    await expect(checked(() => json(200, { value: 'all' }))).rejects.toThrow('has another shape');
  });
});

test('operations are known for each wildcard among the rights', () => {
  for (const [, , rights] of lists) expect(operationsOf(rights).some((one) => one.includes('*'))).toBe(false);
  expect(() => operationsOf(['Microsoft.App/new/*'])).toThrow(
    'No operation is known that Microsoft.App/new/*',
  );
});
