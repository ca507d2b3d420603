// The platform's plan for a group, decided when it is created.
import { z } from 'zod';

import { VARIANT_VARIABLE } from '../users/program';
import type { World } from '../world/world';

/** Begins the name of an image that no pull can bring. */
export const UNPULLABLE = 'unpullable/';

export interface GroupPlan {
  /** The create's body as the platform takes it. */
  readonly body: string;
  readonly provisionMs: number;
  readonly noCapacity: boolean;
  readonly unpullable: boolean;
  readonly stuck: boolean;
  /** Whether the platform will restart its program when it fails, though the policy says never. */
  readonly restarted: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** Which of several specs of one idempotency key it runs. */
  readonly variant: string | undefined;
}

const bodySchema = z.looseObject({
  tags: z.record(z.string(), z.string()).default({}),
  properties: z.looseObject({
    containers: z.array(
      z.looseObject({
        properties: z.looseObject({
          image: z.string(),
          environmentVariables: z
            .array(z.looseObject({ name: z.string(), value: z.string().optional() }))
            .optional(),
        }),
      }),
    ),
  }),
});

const STUCK_MS = 3 * 3_600_000;

/** Plans a group. It may rewrite the body: an image that cannot be pulled, a policy that restarts. */
export function prepareGroup({ random, plan }: World, text: string): GroupPlan {
  const body = bodySchema.parse(JSON.parse(text));
  const fault = plan.at({ call: 'platform.group', state: '-' });
  const unpullable = fault === 'unpullable';
  const restarted = fault === 'restarted';
  const stuck = fault === 'stuck';
  if (unpullable)
    for (const { properties } of body.properties.containers)
      properties.image = `${UNPULLABLE}${properties.image}`;
  if (restarted) body.properties['restartPolicy'] = 'OnFailure';
  return {
    body: JSON.stringify(body),
    provisionMs: stuck ? STUCK_MS : random.int(2_000, random.pick([20_000, 90_000])),
    noCapacity: fault === 'capacity-later',
    unpullable,
    stuck,
    restarted,
    tags: body.tags,
    variant: body.properties.containers
      .flatMap(({ properties }) => properties.environmentVariables ?? [])
      .find(({ name }) => name === VARIANT_VARIABLE)?.value,
  };
}
