// People who sweep by hand, as `gpujobs sweep` does, from machines whose clocks may be wrong.
import { RetryableError } from '../../../domain/errors';
import { sweep } from '../../../jobs/sweep/sweep';
import { sweepExpired } from '../../../jobs/sweep/sweep-expired';
import type { Deployment } from './deployment';
import type { HostPorts } from './host';
import type { World } from './world';

/**
 * How far a person's clock may be off: a laptop that slept, one that was set by hand to another time zone, one with a
 * dead battery.
 */
const MOST_OFF_MS = 12 * 3_600_000;

export function sweepByHand(world: World, deployments: readonly Deployment[], withinMs: number): void {
  const { random } = world;
  for (const deployment of deployments) {
    if (!random.chance(0.12)) continue;
    for (let sweeps = random.int(1, 3); sweeps > 0; sweeps -= 1)
      world.later(random.int(0, withinMs), () => sweepOnce(world, deployment));
  }
}

function sweepOnce(world: World, deployment: Deployment): void {
  const { random } = world;
  const skewMs = random.int(-MOST_OFF_MS, MOST_OFF_MS);
  const expiredOnly = random.chance(0.3);
  const mayList = random.chance(0.7);
  const ports = deployment.somebodysMachine(skewMs);
  const ownerId = deployment.ownerId() ?? '';
  world.tell(
    'somebody',
    `sweeps ${deployment.name} by hand${expiredOnly ? ', by the tags alone' : ''}, with a clock that is ${Math.round(skewMs / 60_000)} min off`,
  );
  const asked = mayList ? ports : { ...ports, backendOf: withoutLists(ports.backendOf) };
  // The same call as in app/maintenance.ts.
  const swept = expiredOnly ? sweepExpired(asked, ownerId) : sweep(asked, { clockIsKept: false });
  swept.catch((error: unknown) => world.tell('somebody', `could not sweep: ${String(error)}`));
}

function withoutLists(backendOf: HostPorts['backendOf']): HostPorts['backendOf'] {
  return (placement) => ({
    ...backendOf(placement),
    list: () =>
      Promise.reject(new RetryableError('AuthorizationFailed: this person may not list (an injected fault)')),
  });
}
