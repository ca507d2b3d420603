// Whether a container group, as the service shows it, is healthy: its program runs or may yet run.
import { z } from 'zod';

const viewSchema = z.object({
  properties: z.object({
    provisioningState: z.string(),
    containers: z.array(
      z.object({
        properties: z.object({
          instanceView: z
            .object({
              currentState: z.object({ state: z.string() }).optional(),
              previousState: z.object({ state: z.string() }).optional(),
              events: z.array(z.object({ name: z.string() })).default([]),
            })
            .optional(),
        }),
      }),
    ),
  }),
});

export function isHealthyGroup(shown: unknown): boolean {
  const parsed = viewSchema.safeParse(shown);
  if (!parsed.success) return false;
  const { provisioningState, containers } = parsed.data.properties;
  const view = containers[0]?.properties.instanceView;
  if (provisioningState === 'Failed') return false;
  if (view?.currentState?.state === 'Terminated' || view?.previousState?.state === 'Terminated') return false;
  return !(view?.events ?? []).some(({ name }) => name === 'Failed' || name === 'BackOff');
}

const stateSchema = z.object({ properties: z.object({ provisioningState: z.string() }) });

/** Whether a read of a group shows that its provisioning failed. */
export function hasFailedToCome(shown: unknown): boolean {
  return stateSchema.parse(shown).properties.provisioningState === 'Failed';
}
