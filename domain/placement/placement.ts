// A placement: one place where jobs may run, as the configuration names it.
import { z } from 'zod';

import { pricesSchema } from '../money/price';
import { gpuCountSchema } from '../spec/gpu';
import { policySchema } from '../spec/policy';

/** A placement's row names each holder, when each creation and removal of an hour was, and what lacks capacity; a column holds 32 Ki characters. */
const ROW_CHARACTERS = 32_000;
const HOLDER_CHARACTERS = 60;
const CREATION_CHARACTERS = 28;
/** Of one SKU (shut.ts), its name included; workloads without a GPU count as one. */
const SHUT_CHARACTERS = 240;

function fitARow({ limits, gpus }: { limits: Limits; gpus: readonly unknown[] }): boolean {
  const { workloads, createsPerHour } = limits;
  const shut = (gpus.length + 1) * SHUT_CHARACTERS;
  return workloads * HOLDER_CHARACTERS + createsPerHour * CREATION_CHARACTERS + shut <= ROW_CHARACTERS;
}

const limitsSchema = z.strictObject({
  workloads: z.number().int().positive(),
  cores: z.number().positive().optional(),
  createsPer5Minutes: z.number().int().positive(),
  createsPerHour: z.number().int().positive(),
});
type Limits = z.infer<typeof limitsSchema>;

export const placementSchema = z
  .strictObject({
    name: z
      .string()
      .regex(
        /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
        'must be lower-case letters, digits and hyphens, at most 63',
      ),
    backend: z.literal('aci', { error: 'must be "aci"' }),
    subscriptionId: z.string().min(1),
    resourceGroup: z.string().min(1),
    region: z.string().min(1),
    gpus: z.array(z.strictObject({ sku: z.string().min(1), counts: z.array(gpuCountSchema).min(1) })),
    /** The placement still has GPUs that Azure has retired: an exception that Azure granted, or an emulator (decision 0005). */
    offersRetiredGpus: z.boolean().optional(),
    /** GPUs that stand in for others: asked -> offered. */
    accepts: z.record(z.string(), z.string()).optional(),
    /** Entrypoints of images, by image or repository: what a job with `args` and no `command` starts (decision 0008). */
    entrypoints: z.record(z.string(), z.array(z.string()).min(1)).optional(),
    limits: limitsSchema,
    /** What specs may use here, beside the policy of the whole deployment. */
    policy: policySchema.optional(),
    prices: pricesSchema.optional(),
  })
  .refine(fitARow, {
    path: ['limits'],
    error: `must fit one row: workloads × ${HOLDER_CHARACTERS} + createsPerHour × ${CREATION_CHARACTERS} + (entries of gpus + 1) × ${SHUT_CHARACTERS} at most ${ROW_CHARACTERS}; make two placements of it`,
  });
export type Placement = z.infer<typeof placementSchema>;
