// The cluster's plan for a Job, decided when it is created.
import { z } from 'zod';

import { VARIANT_VARIABLE } from '../../users/program';
import type { World } from '../../world/world';
import { UNPULLABLE } from '../group-plan';
import type { Texts } from './cluster-state';

export interface JobPlan {
  /** The create's body as the cluster takes it: its image may be one that no pull can bring. */
  readonly body: object;
  readonly tags: Texts;
  /** Which of several specs of one idempotency key it runs. */
  readonly variant: string | undefined;
  /** What keeps its pod from coming, if anything: no room in the namespace's quota, no new node, an endless pull. */
  readonly trouble: 'failed-create' | 'no-node' | 'stuck' | undefined;
}

const texts = z.record(z.string(), z.string()).default({});
const bodySchema = z.looseObject({
  metadata: z.looseObject({ name: z.string(), labels: texts, annotations: texts }),
  spec: z.looseObject({
    template: z.looseObject({
      spec: z.looseObject({
        containers: z.array(
          z.looseObject({
            image: z.string(),
            env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })).default([]),
          }),
        ),
      }),
    }),
  }),
});

export function planJob({ plan }: World, sent: object): JobPlan {
  const body = bodySchema.parse(structuredClone(sent));
  const fault = plan.at({ call: 'platform.job', state: '-' });
  const { containers } = body.spec.template.spec;
  if (fault === 'unpullable')
    for (const container of containers) container.image = `${UNPULLABLE}${container.image}`;
  return {
    body,
    tags: { ...body.metadata.labels, ...body.metadata.annotations },
    variant: containers.flatMap(({ env }) => env).find(({ name }) => name === VARIANT_VARIABLE)?.value,
    trouble: fault === 'failed-create' || fault === 'no-node' || fault === 'stuck' ? fault : undefined,
  };
}
