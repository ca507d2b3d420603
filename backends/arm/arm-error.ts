// What an error answer of Resource Manager says.
import { z } from 'zod';

/** ARM's error envelope (docs/facts/azure-resource-manager.md#error-envelope). */
const envelopeSchema = z.object({
  error: z.object({ code: z.string().optional(), message: z.string().optional() }),
});

/** Code and message of an ARM error; what is no envelope is all message. */
export function armError(body: string): { code: string | undefined; message: string } {
  try {
    const { error } = envelopeSchema.parse(JSON.parse(body));
    return { code: error.code, message: error.message ?? '' };
  } catch {
    return { code: undefined, message: body.slice(0, 500) }; // A proxy's page, perhaps: shown as it is.
  }
}
