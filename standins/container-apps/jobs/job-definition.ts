// What a job is made of, read from the body of a PUT or from a patched one.
import { z } from 'zod';

import { ArmFault } from '../../wire/arm-error';
import { isObject, type JsonObject, objectAt, withoutNulls } from '../json-shapes';
import { type ContainerSpec, readContainers } from './container-spec';
import { type JobVolume, readVolumes } from './job-volumes';

type TriggerType = 'Manual' | 'Schedule' | 'Event';

export interface JobSecret {
  readonly name: string;
  readonly value?: string;
  readonly keyVaultUrl?: string;
  readonly identity?: string;
}

export interface JobDefinition {
  readonly environmentId: string;
  readonly profileName: string | undefined;
  readonly triggerType: TriggerType;
  /** Seconds. */
  readonly replicaTimeout: number;
  readonly replicaRetryLimit: number;
  readonly parallelism: number;
  readonly completions: number;
  readonly secrets: readonly JobSecret[];
  readonly registries: readonly JsonObject[];
  readonly containers: readonly ContainerSpec[];
  readonly initContainers: readonly ContainerSpec[] | undefined;
  readonly volumes: readonly JobVolume[];
  /** The sent properties with neither nulls nor what only the service says: what a PATCH is merged into. */
  readonly sent: JsonObject;
}

const TRIGGERS: readonly TriggerType[] = ['Manual', 'Schedule', 'Event'];

const configurationSchema = z.looseObject({
  triggerType: z
    .string()
    .transform((text) => TRIGGERS.find((type) => type.toLowerCase() === text.toLowerCase()))
    .refine((type) => type !== undefined, 'must be Manual, Schedule or Event'),
  replicaTimeout: z.number().int().min(1),
  replicaRetryLimit: z.number().int().min(0).default(0),
  manualTriggerConfig: triggerSchema().optional(),
  scheduleTriggerConfig: triggerSchema().optional(),
  eventTriggerConfig: triggerSchema().optional(),
  secrets: z
    .array(
      z.looseObject({
        name: z.string(),
        value: z.string().optional(),
        keyVaultUrl: z.string().optional(),
        identity: z.string().optional(),
      }),
    )
    .default([]),
  registries: z.array(z.looseObject({ server: z.string() })).default([]),
});

function triggerSchema() {
  return z.looseObject({
    parallelism: z.number().int().min(1).default(1),
    replicaCompletionCount: z.number().int().min(1).default(1),
  });
}

/** Reads the `properties` of a job. Throws 400. `kept`: secrets whose values a body names without giving them again. */
export function readDefinition(
  properties: JsonObject,
  profileOf: (name: string | undefined) => string | undefined,
  kept: readonly JobSecret[] = [],
): JobDefinition {
  const configuration = configurationSchema.safeParse(withoutNulls(objectAt(properties, 'configuration')));
  if (!configuration.success) {
    const [issue] = configuration.error.issues;
    throw new ArmFault(
      400,
      'InvalidRequestContent',
      `Job property 'configuration.${(issue?.path ?? []).join('.')}' ${issue?.message ?? 'is invalid'}.`,
    );
  }
  const { triggerType, replicaTimeout, replicaRetryLimit, secrets, registries, ...triggers } =
    configuration.data;
  const template = objectAt(properties, 'template');
  const { environmentId, workloadProfileName } = properties;
  const trigger = {
    Manual: triggers.manualTriggerConfig,
    Schedule: triggers.scheduleTriggerConfig,
    Event: triggers.eventTriggerConfig,
  }[triggerType];
  return {
    environmentId: typeof environmentId === 'string' ? environmentId : '',
    profileName: profileOf(typeof workloadProfileName === 'string' ? workloadProfileName : undefined),
    triggerType,
    replicaTimeout,
    replicaRetryLimit,
    parallelism: trigger?.parallelism ?? 1,
    completions: trigger?.replicaCompletionCount ?? 1,
    secrets: secrets.map((secret) => withValue(secret, kept)),
    registries,
    containers: readContainers(template, 'containers') ?? [],
    initContainers: readContainers(template, 'initContainers'),
    volumes: readVolumes(template),
    sent: { ...trimmed(properties), configuration: objectAt(properties, 'configuration') },
  };
}

/** Empty texts are sent for what isn't there (recorded). */
function withValue(
  { name, value, keyVaultUrl, identity }: z.output<typeof configurationSchema>['secrets'][number],
  kept: readonly JobSecret[],
): JobSecret {
  const given = value ?? kept.find((secret) => secret.name === name)?.value;
  return {
    name,
    ...(given !== undefined && { value: given }),
    ...(keyVaultUrl !== undefined && keyVaultUrl !== '' && { keyVaultUrl }),
    ...(identity !== undefined && identity !== '' && { identity }),
  };
}

function trimmed(properties: JsonObject): JsonObject {
  const own = ['environmentId', 'workloadProfileName', 'template'];
  const kept = Object.entries(properties).filter(([name]) => own.includes(name));
  const value = withoutNulls(Object.fromEntries(kept));
  return isObject(value) ? value : {};
}
