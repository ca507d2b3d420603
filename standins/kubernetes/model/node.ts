// What the scheduler and the controllers read of a node.
import { z } from 'zod';

import { conditionSchema, metadataSchema } from './metadata';
import { open } from './open-object';

const taintSchema = open({
  key: z.string(),
  value: z.string().optional(),
  effect: z.string(),
  timeAdded: z.string().optional(),
});
export type Taint = z.infer<typeof taintSchema>;

export const nodeSchema = open({
  metadata: metadataSchema,
  spec: open({ taints: z.array(taintSchema).optional(), unschedulable: z.boolean().optional() }).default({}),
  status: open({
    allocatable: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    conditions: z.array(conditionSchema).optional(),
  }).default({}),
});
export type Node = z.infer<typeof nodeSchema>;
