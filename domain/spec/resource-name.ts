// The name by which a spec asks for what a placement offers: an identity or a volume.
import { z } from 'zod';

export const resourceName = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'must be lower-case letters, digits and hyphens, at most 63, such as models',
  );
