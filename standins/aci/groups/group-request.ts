// The body of a create as the service reads it. Only shapes are checked here; values are checked afterwards.
import { z } from 'zod';

import { ArmFault } from '../../wire/arm-error';
import { GPU_SKUS } from '../gpu-offer';
import { inAnyCase } from '../in-any-case';
import { RESTART_POLICIES } from './restart-policy';

const gpuSchema = z.looseObject({ count: z.number().int().min(1), sku: z.enum(GPU_SKUS) });

const resourcesSchema = z.looseObject({
  requests: z
    .looseObject({
      cpu: z.number().positive().optional(),
      memoryInGB: z.number().positive().optional(),
      gpu: gpuSchema.nullish(),
    })
    .optional(),
});

const environmentVariableSchema = z.looseObject({
  name: z.string(),
  value: z.string().nullish(),
  secureValue: z.string().nullish(),
});

const volumeSchema = z.looseObject({
  name: z.string(),
  azureFile: z
    .looseObject({
      shareName: z.string(),
      storageAccountName: z.string(),
      storageAccountKey: z.string().nullish(),
      readOnly: z.boolean().nullish(),
    })
    .nullish(),
  emptyDir: z.looseObject({}).nullish(),
  secret: z.record(z.string(), z.string()).nullish(),
  gitRepo: z.looseObject({}).nullish(),
});
export type VolumeRequest = z.infer<typeof volumeSchema>;

const volumeMountSchema = z.looseObject({
  name: z.string(),
  mountPath: z.string(),
  readOnly: z.boolean().nullish(),
});

const containerSchema = z.looseObject({
  name: z.string(),
  properties: z.looseObject({
    image: z.string().nullish(),
    command: z.array(z.string()).nullish(),
    environmentVariables: z.array(environmentVariableSchema).nullish(),
    resources: resourcesSchema.optional(),
    volumeMounts: z.array(volumeMountSchema).nullish(),
    livenessProbe: z.unknown().optional(),
    readinessProbe: z.unknown().optional(),
  }),
});
export type ContainerRequest = z.infer<typeof containerSchema>;

/** Unknown keys pass, as they do at the service. */
export const groupRequestSchema = z.looseObject({
  location: z.string().min(1),
  tags: z.record(z.string(), z.string()).nullish(),
  properties: z.looseObject({
    containers: z.array(containerSchema).min(1).max(60),
    initContainers: z.array(containerSchema).nullish(),
    // Any text: another system has an error of its own (docs/facts/container-instances.md#refusals).
    osType: z.union([z.enum(['Linux', 'Windows']), z.string()]).nullish(),
    restartPolicy: z.enum(RESTART_POLICIES).nullish(),
    sku: z.enum(['Standard', 'Dedicated', 'Confidential']).nullish(),
    priority: z.enum(['Regular', 'Spot']).nullish(),
    imageRegistryCredentials: z.array(z.looseObject({ server: z.string() })).nullish(),
    diagnostics: z.looseObject({ logAnalytics: z.record(z.string(), z.unknown()).optional() }).nullish(),
    volumes: z.array(volumeSchema).nullish(),
    subnetIds: z.array(z.unknown()).nullish(),
    extensions: z.array(z.unknown()).nullish(),
  }),
});
export type GroupRequest = z.infer<typeof groupRequestSchema>;

/**
 * Reads a JSON body with `schema`, with names and enums in any case. Throws the service's fault for a body that it
 * can't deserialize.
 */
export function readBody<T>(
  schema: z.ZodType<T>,
  body: Buffer,
  parse: (text: string) => unknown = JSON.parse,
): T {
  let json: unknown;
  try {
    json = parse(body.toString('utf8'));
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error));
  }
  const parsed = schema.safeParse(inAnyCase(schema, json));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unreadable(`${issue?.message ?? 'invalid'} Path '${pathText(issue?.path ?? [])}'.`);
}

/** The fault begins as the service's sentence does. The words of the service's parser are not imitated. */
function unreadable(why: string): ArmFault {
  return new ArmFault(
    400,
    'InvalidRequestContent',
    `The request content was invalid and could not be deserialized: '${why}'`,
  );
}

/** `properties.containers[0].name`. */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : (index > 0 ? '.' : '') + String(part)))
    .join('');
}
