// Reading a part of a stored object: what is named is checked, the rest passes through as it is.
import { z } from 'zod';

import type { Json } from '../store/json';

/** What the store holds is JSON already. */
const json = z.custom<Json | undefined>(() => true);

/** An object with these members, and any others. */
export function open<S extends z.ZodRawShape>(shape: S): z.ZodObject<S, z.core.$catchall<typeof json>> {
  return z.object(shape).catchall(json);
}
