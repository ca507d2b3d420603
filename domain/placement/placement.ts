// A placement: one place where jobs may run, as the configuration names it. What each says, whatever its backend.
import { z } from 'zod';

import type { Traits } from '../backend/traits';
import { pricesSchema } from '../money/price';
import { gpuCountSchema } from '../spec/gpu';
import { policySchema } from '../spec/policy';
import { resourcesSchema } from '../spec/resources';
import { createsSchema, mostKept } from './create-windows';
import { namedResourceMembers } from './named-resources';

/**
 * A placement's row names each holder, the time of each create and removal within an hour, and the SKUs that lack
 * capacity. A column holds 32 Ki characters.
 */
const ROW_CHARACTERS = 32_000;
const HOLDER_CHARACTERS = 82;
/** Where jobs have GPUs, each holder names their number and, beside this, the SKU. */
const GPUS_CHARACTERS = 18;
const INSTANT_CHARACTERS = 14;
/** Of one SKU (shut.ts), its name included; workloads without a GPU count as one. */
const SHUT_CHARACTERS = 240;

/**
 * The members of every placement. A backend's schema adds its own and a `backend` of one value. `creates`: the
 * platform's windows.
 */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- the schemas are the type
export const placementMembers = ({ creates }: Pick<Traits, 'creates'>) => ({
  name: z
    .string()
    .regex(
      /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
      'must be lower-case letters, digits and hyphens, at most 63',
    ),
  gpus: z.array(
    z.strictObject({
      sku: z.string().min(1),
      counts: z.array(gpuCountSchema).min(1),
      /** Given only to specs that name the SKU, never as "any GPU". */
      onlyByName: z.boolean().optional(),
      /** What a job that names no resources is given with each of its GPUs; left out: the backend knows or guesses. */
      perGpu: resourcesSchema.optional(),
    }),
  ),
  /** GPUs that stand in for others: asked -> offered. */
  accepts: z.record(z.string(), z.string()).optional(),
  /** Entrypoints of images, by image or repository: what a job with `args` and no `command` starts (decision 0008). */
  entrypoints: z.record(z.string(), z.array(z.string()).min(1)).optional(),
  limits: z.strictObject({
    workloads: z.number().int().positive(),
    cores: z.number().positive().optional(),
    creates: createsSchema(creates),
  }),
  /** What specs may use here, beside the policy of the whole deployment. */
  policy: policySchema.optional(),
  prices: pricesSchema.optional(),
  ...namedResourceMembers,
});

/**
 * What generic code knows of a placement. `backend` is for people to read; code asks the backend's facts
 * (domain/backend).
 */
export type Placement = z.infer<z.ZodObject<ReturnType<typeof placementMembers>>> & {
  readonly backend: string;
};

type Sized = Pick<Placement, 'limits' | 'gpus'>;

/** Whether the row of a placement fits its column, by the platform's windows of removals. */
export function fitsARow({ removals }: Pick<Traits, 'removals'>): (placement: Sized) => boolean {
  return ({ limits, gpus }) => {
    const { workloads, creates } = limits;
    const holder =
      HOLDER_CHARACTERS +
      (gpus.length === 0 ? 0 : GPUS_CHARACTERS + Math.max(...gpus.map(({ sku }) => sku.length)));
    const instants = mostKept(creates, removals) * INSTANT_CHARACTERS;
    const shut = (gpus.length + 1) * SHUT_CHARACTERS;
    return workloads * holder + instants + shut <= ROW_CHARACTERS;
  };
}

/** For the schemas of backends: what is wrong where `fitsARow` says no. */
export const FITS_NO_ROW = {
  path: ['limits'],
  error: `must fit one row: workloads × ${HOLDER_CHARACTERS} (${HOLDER_CHARACTERS + GPUS_CHARACTERS} and the longest SKU with GPUs) + creates and removals of the longest window × ${INSTANT_CHARACTERS} + (entries of gpus + 1) × ${SHUT_CHARACTERS} at most ${ROW_CHARACTERS}; lower \`workloads\` or \`most\`, or make two placements of it`,
};
