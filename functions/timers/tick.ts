// The tick of each minute. It keeps messages that the host gave up on, then does the parts that tick-parts.ts lists.
import { app, type InvocationContext } from '@azure/functions';

import type { Services } from '../../app/services';
import { tickParts } from '../../jobs/sweep/tick-parts';
import { DURABLE_CLIENT, withStarter } from '../context';
import { keepPoison } from '../queues/keep-poison';

export function registerTick(services: Services): void {
  app.timer('tick', {
    schedule: '0 * * * * *',
    extraInputs: [DURABLE_CLIENT],
    handler: (_timer, context) => tick(services, context),
  });
}

/** Each part runs whatever became of the one before. A failed part fails the invocation at the end. */
async function tick(services: Services, context: InvocationContext): Promise<void> {
  const ports = { ...withStarter(services, context), unhandled: services.unhandled };
  const failures: unknown[] = [];
  for (const part of [keepPoison, ...tickParts()]) {
    try {
      await part(ports);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(
      failures,
      `The tick could not do everything: ${failures.map(String).join('; ')}`,
    );
}
