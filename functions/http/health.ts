// GET /api/health: whether the deployment looks after its workloads. Asks for no key: a probe needs none. So it names
// nothing of what failed.
import { app, type HttpResponseInit, type InvocationContext } from '@azure/functions';

import type { Health, Unreachable } from '../../api/health';
import type { Services } from '../../app/services';
import { messageOf } from '../../domain/errors';

/** The sweep runs every minute, so this much silence means that no sweep succeeds. */
const SWEEP_OVERDUE_MS = 5 * 60_000;

export function registerHealth(services: Services): void {
  app.http('health', {
    methods: ['GET'],
    authLevel: 'anonymous',
    route: 'health',
    handler: (_request, context) => health(services, context),
  });
}

/** 200 when the last good sweep is young enough, 503 otherwise: what an availability alert looks at. */
export async function health(
  services: Services,
  context: Pick<InvocationContext, 'error' | 'invocationId'>,
): Promise<HttpResponseInit> {
  try {
    const [{ draining, lastGoodSweep }, owner] = await Promise.all([
      services.control.read(),
      services.owner.get(),
    ]);
    const ageS =
      lastGoodSweep === undefined ? undefined : Math.round((services.clock.now() - lastGoodSweep) / 1000);
    const swept = ageS !== undefined && ageS * 1000 <= SWEEP_OVERDUE_MS;
    const body: Health = {
      status: swept ? 'healthy' : 'not swept',
      owner: owner.id,
      draining,
      lastGoodSweep: lastGoodSweep === undefined ? null : new Date(lastGoodSweep).toISOString(),
      lastGoodSweepAgeSeconds: ageS ?? null,
    };
    return { status: swept ? 200 : 503, jsonBody: body };
  } catch (error) {
    context.error(`Storage can't be reached: ${messageOf(error)}`);
    const detail = `The app's log tells why, by the invocation id ${context.invocationId}.`;
    const body: Unreachable = { status: 'storage unreachable', detail };
    return { status: 503, jsonBody: body };
  }
}
