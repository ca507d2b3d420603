// Container Apps as a resource provider: what Resource Manager tells of their types.
import { API_VERSIONS } from '../container-apps/api-version';
import { displayRegion, REGIONS } from '../container-apps/regions';
import type { Handler } from '../wire/handler';
import type { ResourceProvider } from './context';

const TYPES = ['managedEnvironments', 'jobs', 'jobs/executions'];
const TYPES_WITHOUT_REGION = ['locations', 'locations/usages'];

/** `handle` answers for environments and jobs. */
export function containerAppsProvider(handle: Handler): ResourceProvider {
  const apiVersions = API_VERSIONS;
  const regions = REGIONS.map(displayRegion);
  return {
    namespace: 'Microsoft.App',
    types: [
      ...TYPES.map((resourceType) => ({ resourceType, apiVersions, locations: regions })),
      ...TYPES_WITHOUT_REGION.map((resourceType) => ({ resourceType, apiVersions, locations: [] })),
    ],
    handle,
  };
}
