// Container groups as a resource provider: what Resource Manager tells of their types.
import { ACI_API_VERSIONS } from '../aci/api-version';
import { displayName, REGIONS } from '../aci/regions';
import { PROVIDER } from '../aci/routes';
import type { Handler } from '../wire/handler';
import type { ResourceProvider } from './context';

const TYPES_WITHOUT_REGION = ['locations/usages', 'locations/capabilities', 'locations/operations'];

/** `handle` answers for the groups. */
export function containerInstancesProvider(handle: Handler): ResourceProvider {
  const apiVersions = ACI_API_VERSIONS;
  return {
    namespace: PROVIDER,
    types: [
      { resourceType: 'containerGroups', apiVersions, locations: REGIONS.map(displayName) },
      ...TYPES_WITHOUT_REGION.map((resourceType) => ({ resourceType, apiVersions, locations: [] })),
    ],
    handle,
  };
}
