// A placement: one place where jobs may run, as the configuration names it. What each says, whatever its backend.
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

const limitsSchema = z.strictObject({
  workloads: z.number().int().positive(),
  cores: z.number().positive().optional(),
  createsPer5Minutes: z.number().int().positive(),
  createsPerHour: z.number().int().positive(),
});
type Limits = z.infer<typeof limitsSchema>;

/** The members of every placement; a backend's schema adds its own and a `backend` of one value. */
export const PLACEMENT_MEMBERS = {
  name: z
    .string()
    .regex(
      /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
      'must be lower-case letters, digits and hyphens, at most 63',
    ),
  gpus: z.array(z.strictObject({ sku: z.string().min(1), counts: z.array(gpuCountSchema).min(1) })),
  /** GPUs that stand in for others: asked -> offered. */
  accepts: z.record(z.string(), z.string()).optional(),
  /** Entrypoints of images, by image or repository: what a job with `args` and no `command` starts (decision 0008). */
  entrypoints: z.record(z.string(), z.array(z.string()).min(1)).optional(),
  limits: limitsSchema,
  /** What specs may use here, beside the policy of the whole deployment. */
  policy: policySchema.optional(),
  prices: pricesSchema.optional(),
} as const;

/** What generic code knows of a placement. `backend` is for people: what differs is asked of its facts (domain/backend). */
export type Placement = z.infer<z.ZodObject<typeof PLACEMENT_MEMBERS>> & { readonly backend: string };

/** Whether the row of such a placement fits its column. */
export function fitsARow({ limits, gpus }: { limits: Limits; gpus: readonly unknown[] }): boolean {
  const { workloads, createsPerHour } = limits;
  const shut = (gpus.length + 1) * SHUT_CHARACTERS;
  return workloads * HOLDER_CHARACTERS + createsPerHour * CREATION_CHARACTERS + shut <= ROW_CHARACTERS;
}

/** For the schemas of backends: what is wrong where `fitsARow` says no. */
export const FITS_NO_ROW = {
  path: ['limits'],
  error: `must fit one row: workloads × ${HOLDER_CHARACTERS} + createsPerHour × ${CREATION_CHARACTERS} + (entries of gpus + 1) × ${SHUT_CHARACTERS} at most ${ROW_CHARACTERS}; make two placements of it`,
};
