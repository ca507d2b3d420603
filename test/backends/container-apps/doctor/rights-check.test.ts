import { rightsCheck } from '../../../../backends/container-apps/doctor/rights-check';
import { environmentId } from '../../../../backends/container-apps/environment-id';
import { ENVIRONMENT_RIGHTS, RUNNER_RIGHTS } from '../../../../backends/container-apps/rights';
import type { Check } from '../../../../domain/backend/check';
import { json, type WireResponse } from '../../../../standins/wire/handler';
import { containerAppsPlacement } from '../../../support/container-apps-placement';
import { setContainerAppsStage } from '../container-apps-stage';

interface Role {
  readonly actions: readonly string[];
  readonly notActions?: readonly string[];
}

const PLACEMENT = containerAppsPlacement();
const GROUP = `/subscriptions/${PLACEMENT.subscriptionId}/resourceGroups/${PLACEMENT.resourceGroup}`;
const OWNER: Role = { actions: ['*'], notActions: ['Microsoft.Authorization/*/write'] };
const AT_ENVIRONMENT: Role = { actions: ENVIRONMENT_RIGHTS };

/** What is found where Azure answers so at each scope. */
async function checked(answer: (scope: string) => WireResponse): Promise<Check> {
  const { clients } = setContainerAppsStage({
    intercept: ({ url }) => {
      const [scope = '', rest] = url.pathname.split('/providers/Microsoft.Authorization/permissions');
      return rest === '' ? answer(scope) : undefined;
    },
  });
  return rightsCheck('apps rights', PLACEMENT, clients.resources);
}

const withRoles = async (inGroup: readonly Role[], atEnvironment: readonly Role[]): Promise<Check> =>
  checked((scope) => json(200, { value: scope === GROUP ? inGroup : atEnvironment }));

describe('the look at the rights of the app', () => {
  test.each<[string, readonly Role[], readonly Role[]]>([
    ['an owner', [OWNER], [OWNER]],
    ['a role with the listed rights', [{ actions: RUNNER_RIGHTS }], [AT_ENVIRONMENT]],
    ['rights in another case', [{ actions: ['microsoft.app/JOBS/*'] }], [AT_ENVIRONMENT]],
    [
      'rights over several roles, where one gives what another leaves out',
      [
        { actions: ['Microsoft.App/*'], notActions: ['Microsoft.App/jobs/start/action'] },
        { actions: ['Microsoft.App/jobs/start/action'] },
      ],
      [AT_ENVIRONMENT],
    ],
  ])('is well for %s', async (_, inGroup, atEnvironment) => {
    expect(await withRoles(inGroup, atEnvironment)).toMatchObject({ standing: 'ok' });
  });

  test.each(RUNNER_RIGHTS)('names %s where it is missing', async (right) => {
    const rest = { actions: RUNNER_RIGHTS.filter((other) => other !== right) };
    const { standing, detail, todo } = await withRoles([rest], [AT_ENVIRONMENT]);
    expect(standing).toBe('failed');
    expect(detail).toBe(`this identity may not ${right} at ${GROUP}`);
    expect(todo).toContain(`--scope ${GROUP}`);
  });

  test('counts as missing what a role takes away, and a part of it', async () => {
    const notActions = ['Microsoft.App/jobs/executions/read', 'Microsoft.App/jobs/write'];
    const { detail } = await withRoles([{ actions: ['Microsoft.App/*'], notActions }], [AT_ENVIRONMENT]);
    expect(detail).toContain('Microsoft.App/jobs/executions/*');
    expect(detail).toContain('Microsoft.App/jobs/write');
    expect(detail).not.toContain('Microsoft.App/jobs/delete');
  });

  test('looks at the environment apart from the group', async () => {
    const { standing, detail } = await withRoles([OWNER], []);
    expect(standing).toBe('failed');
    expect(detail).toBe(
      `this identity may not ${ENVIRONMENT_RIGHTS.join(', ')} at ${environmentId(PLACEMENT)}`,
    );
  });

  test('is skipped, not well, where Azure refuses to tell', async () => {
    const error = { code: 'AuthorizationFailed', message: 'no' };
    expect(await checked(() => json(403, { error }))).toMatchObject({ standing: 'skipped' });
  });

  test('fails where the answer has another shape', async () => {
    await expect(checked(() => json(200, { value: 'all' }))).rejects.toThrow('has another shape');
  });
});
