// A job as an answer shows it.
import type { ApiVersion } from '../api-version';
import { CALLER } from '../environments/environment-view';
import type { JsonObject } from '../json-shapes';
import { objectAt, withoutNulls } from '../json-shapes';
import { displayRegion, shortRegion } from '../regions';
import { zonedStamp, zonelessStamp } from '../stamps';
import type { Switches } from '../switches';
import type { ContainerSpec } from './container-spec';
import type { Job } from './job-store';

export interface JobViewing {
  readonly version: ApiVersion;
  readonly switches: Switches;
  readonly streamOrigin: (region: string) => string;
  /** The answer of the write itself: times that it sets have a zone there, and nowhere else (recorded). */
  readonly ofWrite?: boolean;
}

/** Preview versions with `runningStatus`; no stable version up to 2025-07-01 has it (recorded). */
const WITH_RUNNING_STATUS = ['2024-10-02-preview', '2025-02-02-preview', '2025-10-02-preview'];

export function jobView(job: Job, viewing: JobViewing): JsonObject {
  const { version, ofWrite = false } = viewing;
  const createdHere = ofWrite && job.createdAt === job.modifiedAt;
  return {
    id: job.id,
    name: job.place.name,
    type: 'Microsoft.App/jobs',
    location: displayRegion(job.location),
    ...(job.tags && { tags: job.tags }),
    systemData: {
      ...CALLER,
      createdAt: createdHere ? zonedStamp(job.createdAt) : zonelessStamp(job.createdAt),
      lastModifiedBy: CALLER.createdBy,
      lastModifiedByType: CALLER.createdByType,
      lastModifiedAt: ofWrite ? zonedStamp(job.modifiedAt) : zonelessStamp(job.modifiedAt),
    },
    properties: {
      provisioningState: job.state,
      ...runningState(job, viewing),
      environmentId: job.definition.environmentId,
      workloadProfileName: job.definition.profileName ?? null,
      configuration: configurationView(job, version),
      template: {
        containers: job.definition.containers.map((container) => containerView(container, version)),
        initContainers:
          job.definition.initContainers?.map((container) => containerView(container, version)) ?? null,
        volumes: objectAt(job.definition.sent, 'template')['volumes'] ?? null,
      },
      eventStreamEndpoint: `${viewing.streamOrigin(shortRegion(job.location))}${jobEventsPath(job)}`,
    },
    identity: job.identity,
  };
}

/** The path names the job as a container app (recorded). */
function jobEventsPath({ place: { subscription, resourceGroup, name } }: Job): string {
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/containerApps/${name}/eventstream`;
}

/** A container with the members that this version shows. */
export function containerView(container: ContainerSpec, version: ApiVersion): JsonObject {
  return {
    ...container,
    ...(version.since('2025-07-01') && { imageType: 'ContainerImage' }),
  };
}

function runningState(job: Job, { version, switches }: JobViewing): JsonObject {
  const state = job.suspended ? 'Suspended' : 'Ready';
  if (version.isOneOf(...WITH_RUNNING_STATUS)) return { runningStatus: state };
  if (version.since('2026-07-01') && switches.runningState === 'shown') return { runningState: state };
  return {};
}

function configurationView({ definition }: Job, version: ApiVersion): JsonObject {
  const sent = objectAt(definition.sent, 'configuration');
  const trigger = (name: string): unknown => {
    const config = sent[name] ?? null;
    return name === 'eventTriggerConfig' && config !== null ? eventTrigger(objectAt(sent, name)) : config;
  };
  return {
    secrets:
      definition.secrets.length === 0
        ? null
        : definition.secrets.map(({ name, keyVaultUrl, identity }) =>
            withoutNulls({ name, keyVaultUrl, identity }),
          ),
    triggerType: definition.triggerType,
    replicaTimeout: definition.replicaTimeout,
    replicaRetryLimit: definition.replicaRetryLimit,
    manualTriggerConfig: trigger('manualTriggerConfig'),
    scheduleTriggerConfig: trigger('scheduleTriggerConfig'),
    eventTriggerConfig: trigger('eventTriggerConfig'),
    registries: definition.registries.length === 0 ? null : definition.registries,
    // Between the stable versions of March 2024 and January 2025 the member appears; where exactly is not recorded.
    ...(version.since('2024-08-02-preview') && { identitySettings: [] }),
    dapr: null,
  };
}

/** Rules come back without empty members; a list of none as null (recorded). */
function eventTrigger(config: JsonObject): JsonObject {
  const scale = objectAt(config, 'scale');
  const rules = Array.isArray(scale['rules']) ? scale['rules'] : [];
  return {
    ...config,
    scale: {
      ...scale,
      rules: rules.length === 0 ? null : rules.map((rule) => withoutEmptyLists(withoutNulls(rule))),
    },
  };
}

function withoutEmptyLists(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => !(Array.isArray(member) && member.length === 0)),
  );
}
