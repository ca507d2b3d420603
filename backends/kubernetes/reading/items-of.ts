// The items of a list as an API server answers it.
import { z } from 'zod';

/**
 * A list without items may say `null` in their place: a list of metadata alone does
 * (docs/facts/kubernetes.md#empty-lists). It is read as an empty list.
 */
export function itemsOf<Item>(item: z.ZodType<Item>): z.ZodType<Item[]> {
  return z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);
}
