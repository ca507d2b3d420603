// S3: a healthy program is deleted only by cancel, deadline or expires-at.
import { z } from 'zod';

import type { GroupFacts } from '../cloud-record';
import { attemptView, enteredAt, type Facts, type Owned } from './facts';

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

/** Hosts' clocks are off by as much in either direction; the tags hold whole seconds. */
export const SKEW_MS = 6_000;
/** Said of an attempt that was given up because no read was answered (protocol §4.2), rather than because it was absent. */
export const UNREAD = /^No readable answer|^Past its expiry. No readable/;

/** Why the delete of this group, as it is now, was wrong; undefined when it was right. */
export function wrongDelete(facts: Facts, group: GroupFacts, own: Owned, shown: unknown): string | undefined {
  if (!isHealthy(shown)) return undefined;
  const now = facts.world.now() + SKEW_MS;
  if (facts.canceled.has(own.jobId)) return undefined;
  if (now >= own.expiresAt) return undefined;
  const view = attemptView(own.deployment, own.jobId, own.attempt);
  if (view === undefined)
    return now - group.createdAt >= facts.world.times.unknownGroupS * 1000 // Protocol §6.2.
      ? undefined
      : 'it has no row, but is not old enough to be nobody’s';
  return whyNoDeadline(group, own, view, now, facts.world.times.unknownFateS);
}

function whyNoDeadline(
  group: GroupFacts,
  own: Owned,
  view: NonNullable<ReturnType<typeof attemptView>>,
  now: number,
  unknownFateS: number,
): string | undefined {
  const deadlines = own.deployment.stores.rows.job(own.jobId)?.plan?.deadlines;
  if (deadlines === undefined) return 'its job has no plan';
  const admittedAt = enteredAt(view, 'provisioning') ?? group.createdAt;
  const since = (from: number | undefined, limitS: number): boolean =>
    from !== undefined && now - from >= limitS * 1000;
  const provisioningS = Math.max(deadlines.provisioning, unknownFateS);
  const early = (what: string, from: number | undefined, limitS: number): string | undefined =>
    since(from, limitS) ? undefined : `its ${what} had not passed`;
  const code = view.reason?.code;
  if (code === 'provisioning-deadline') return early('provisioning deadline', admittedAt, provisioningS);
  if (code === 'pulling-deadline') return early('pulling deadline', group.createdAt, deadlines.pulling);
  if (code === 'running-deadline')
    return early('running deadline', group.runs[0]?.startedAt, deadlines.running);
  if (code === 'given-up' && UNREAD.test(view.reason?.message ?? ''))
    return early('time unread', admittedAt, provisioningS);
  return `its attempt says ${code ?? 'nothing'}`;
}

function isHealthy(shown: unknown): boolean {
  const parsed = viewSchema.safeParse(shown);
  if (!parsed.success) return false;
  const { provisioningState, containers } = parsed.data.properties;
  const view = containers[0]?.properties.instanceView;
  if (provisioningState === 'Failed') return false;
  if (view?.currentState?.state === 'Terminated' || view?.previousState?.state === 'Terminated') return false;
  return !(view?.events ?? []).some(({ name }) => name === 'Failed' || name === 'BackOff');
}
