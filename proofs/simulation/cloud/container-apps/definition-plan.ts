// The platform's plan for a definition, decided when it is first put.
import { z } from 'zod';

import { VARIANT_VARIABLE } from '../../users/program';
import type { World } from '../../world/world';
import { UNPULLABLE } from '../group-plan';

export interface DefinitionPlan {
  /** The PUT's body as the platform takes it: its image may be one that no pull can bring. */
  readonly body: Buffer;
  readonly trouble: 'fails' | 'slow' | 'stuck' | undefined;
}

const bodySchema = z.looseObject({
  tags: z.record(z.string(), z.string()).default({}),
  properties: z.looseObject({
    template: z.looseObject({
      containers: z.array(
        z.looseObject({
          image: z.string(),
          env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })).default([]),
        }),
      ),
    }),
  }),
});

export function planDefinition({ plan }: World, sent: Buffer): DefinitionPlan {
  const body = bodySchema.parse(JSON.parse(sent.toString('utf8')));
  const fault = plan.at({ call: 'platform.app-definition', state: '-' });
  if (fault === 'unpullable')
    for (const container of body.properties.template.containers)
      container.image = `${UNPULLABLE}${container.image}`;
  const isTrouble = fault === 'fails' || fault === 'slow' || fault === 'stuck';
  return { body: Buffer.from(JSON.stringify(body)), trouble: isTrouble ? fault : undefined };
}

export interface SentDefinition {
  readonly tags: Readonly<Record<string, string>>;
  /** Which of several specs of one idempotency key it runs. */
  readonly variant: string | undefined;
}

export function sentDefinition(sent: Buffer): SentDefinition {
  const { tags, properties } = bodySchema.parse(JSON.parse(sent.toString('utf8')));
  const variables = properties.template.containers.flatMap(({ env }) => env);
  return { tags, variant: variables.find(({ name }) => name === VARIANT_VARIABLE)?.value };
}
