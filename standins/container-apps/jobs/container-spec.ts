// One container of a job or of a start, as it is sent and as it is kept.
import { z } from 'zod';

import { ArmFault } from '../../wire/arm-error';
import { isObject, type JsonObject, withoutNulls } from '../json-shapes';

const texts = z.array(z.string());

const containerSchema = z.looseObject({
  name: z.string().min(1),
  image: z.string().min(1),
  command: texts.optional(),
  args: texts.optional(),
  env: z
    .array(
      z.object({ name: z.string().min(1), value: z.string().optional(), secretRef: z.string().optional() }),
    )
    .optional(),
  volumeMounts: z
    .array(
      z.looseObject({
        volumeName: z.string(),
        mountPath: z.string().startsWith('/'),
        subPath: z.string().optional(),
      }),
    )
    .optional(),
  resources: z
    .looseObject({
      cpu: z.number().optional(),
      memory: z.string().optional(),
      ephemeralStorage: z.string().optional(),
    })
    .optional(),
});

export interface ContainerSpec extends z.infer<typeof containerSchema> {
  readonly resources: { readonly cpu: number; readonly memory: string; readonly ephemeralStorage?: string };
}

/** What a container gets that was sent without resources (recorded). */
const DEFAULT_RESOURCES = { cpu: 0.5, memory: '1Gi' };

/** The containers of a member of a template; undefined where none were sent. Throws 400. */
export function readContainers(template: JsonObject, member: string): ContainerSpec[] | undefined {
  const value = template[member];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw invalid(member, 'must be a list');
  return value.map((sent, index) => {
    const parsed = containerSchema.safeParse(isObject(sent) ? withoutNulls(sent) : sent);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw invalid([member, index, ...(issue?.path ?? [])].join('.'), issue?.message ?? '');
    }
    const { cpu, memory, ephemeralStorage } = parsed.data.resources ?? {};
    return {
      ...parsed.data,
      resources: {
        cpu: cpu ?? DEFAULT_RESOURCES.cpu,
        memory: memory ?? DEFAULT_RESOURCES.memory,
        ...(ephemeralStorage !== undefined && { ephemeralStorage }),
      },
    };
  });
}

/** The code and the words are reported of container apps. */
export function invalid(field: string, why: string): ArmFault {
  return new ArmFault(
    400,
    'InvalidParameterValueInContainerTemplate',
    `The following field(s) are either invalid or missing. Field 'template.${field}' is invalid with details: '${why}';.`,
  );
}
