import { containerAppsFacts } from '../../../backends/container-apps/facts';
import { containerAppsPlacement } from '../../support/container-apps-placement';

describe('what is known of a placement on Container Apps', () => {
  test('lists by resource group, counts by environment, and shares requests with all of its subscription', () => {
    const environment =
      '/subscriptions/S2/resourceGroups/Shared/providers/Microsoft.App/managedEnvironments/Env2';
    expect(containerAppsFacts(containerAppsPlacement({ environment })).scopes).toEqual({
      inventory: 'container-apps/00000000-0000-0000-0000-000000000001/rg1',
      quota:
        'container-apps//subscriptions/s2/resourcegroups/shared/providers/microsoft.app/managedenvironments/env2',
      requests: 'arm/00000000-0000-0000-0000-000000000001',
    });
  });

  test('knows the fate of a create sooner where a stand-in says so', () => {
    expect(containerAppsFacts(containerAppsPlacement()).traits.fateKnownAfterS).toBe(600);
    expect(containerAppsFacts(containerAppsPlacement({ fateKnownAfterS: 3 })).traits.fateKnownAfterS).toBe(3);
  });

  test('names an environment by its name or by its whole id, and by nothing else', () => {
    expect(() => containerAppsPlacement({ environment: '/subscriptions/s/env1' })).toThrow(
      'must be the name of a managed environment, or its whole id',
    );
  });
});
