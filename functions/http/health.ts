// GET /api/health: whether the deployment looks after its workloads. Asks for no key: a probe needs none.
import { app, type HttpResponseInit } from '@azure/functions';

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
    handler: () => health(services),
  });
}

/** 200 when the last good sweep is young enough, 503 otherwise: what an availability alert looks at. */
export async function health(services: Services): Promise<HttpResponseInit> {
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
    const body: Unreachable = { status: 'storage unreachable', detail: messageOf(error) };
    return { status: 503, jsonBody: body };
  }
}
