// An environment as an answer shows it. Later versions show more members, most of them null.
import type { ApiVersion } from '../api-version';
import type { JsonObject } from '../json-shapes';
import { displayRegion, shortRegion } from '../regions';
import { zonelessStamp } from '../stamps';
import { domainLabel, type Environment } from './environment-store';
import { profileType } from './profile-types';

/** An address of the block that is kept for documentation. */
const STATIC_IP = '203.0.113.10';
/** Who makes everything here. */
export const CALLER = { createdBy: 'user@example.com', createdByType: 'User' } as const;

export function environmentView(
  environment: Environment,
  version: ApiVersion,
  streamOrigin: (region: string) => string,
): JsonObject {
  const { place, id, location, state, createdAt, modifiedAt, tags, failure } = environment;
  const region = shortRegion(location);
  const since2025 = version.since('2025-01-01');
  const since202507 = version.since('2025-07-01');
  const newest = version.since('2025-10-02-preview');
  const isReady = state === 'Succeeded';
  return {
    id,
    name: place.name,
    type: 'Microsoft.App/managedEnvironments',
    location: displayRegion(location),
    ...(tags && { tags }),
    systemData: {
      ...CALLER,
      createdAt: zonelessStamp(createdAt),
      lastModifiedBy: CALLER.createdBy,
      lastModifiedByType: CALLER.createdByType,
      lastModifiedAt: zonelessStamp(modifiedAt),
    },
    properties: {
      provisioningState: state,
      daprAIInstrumentationKey: null,
      daprAIConnectionString: null,
      vnetConfiguration: environment.echoed['vnetConfiguration'] ?? null,
      ...(failure !== undefined && { deploymentErrors: failure }),
      defaultDomain: `${domainLabel(environment)}.${region}.azurecontainerapps.io`,
      ...(state !== 'Waiting' && { staticIp: STATIC_IP }),
      appLogsConfiguration: logsView(environment.workspace, newest),
      ...(since2025 && { openTelemetryConfiguration: null }),
      zoneRedundant: false,
      ...(newest && { availabilityZones: null }),
      kedaConfiguration: { version: isReady ? '2.17.2' : null },
      daprConfiguration: { version: isReady ? '1.13.6-msft.6' : null },
      ...(since202507 && { ingressConfiguration: null }),
      eventStreamEndpoint: `${streamOrigin(region)}${eventStreamPath(environment)}`,
      customDomainConfiguration: customDomainView(since2025),
      ...(environment.profiles && { workloadProfiles: profilesView(environment, since202507) }),
      ...(since202507 && { appInsightsConfiguration: null }),
      infrastructureResourceGroup: environment.echoed['infrastructureResourceGroup'] ?? null,
      peerAuthentication: { mtls: { enabled: false } },
      ...(since2025 && {
        peerTrafficConfiguration: { encryption: { enabled: false } },
        publicNetworkAccess: 'Enabled',
      }),
      ...(newest && { diskEncryptionConfiguration: null }),
    },
  };
}

function eventStreamPath({ place: { subscription, resourceGroup, name } }: Environment): string {
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/managedEnvironments/${name}/eventstream`;
}

function logsView(workspace: string | undefined, newest: boolean): JsonObject {
  if (workspace === undefined) return { destination: null, logAnalyticsConfiguration: null };
  return {
    destination: 'log-analytics',
    logAnalyticsConfiguration: {
      customerId: workspace,
      sharedKey: null,
      ...(newest && { dynamicJsonColumns: false }),
    },
  };
}

function customDomainView(since2025: boolean): JsonObject {
  return {
    customDomainVerificationId: '0'.repeat(64),
    dnsSuffix: null,
    ...(since2025 && { certificateKeyVaultProperties: null }),
    certificateValue: null,
    certificatePassword: null,
    thumbprint: null,
    subjectName: null,
    expirationDate: null,
  };
}

function profilesView({ profiles = [] }: Environment, withFips: boolean): JsonObject[] {
  return profiles.map(({ name, type, minimumCount, maximumCount }) => ({
    workloadProfileType: profileType(type)?.name ?? type,
    name,
    ...(withFips && { enableFips: false }),
    ...(minimumCount !== undefined && { minimumCount }),
    ...(maximumCount !== undefined && { maximumCount }),
  }));
}
