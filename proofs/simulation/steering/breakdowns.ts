// What breaks as a whole while faults go on: ARM, its logs, hosts, the engine.
import type { Random } from '../../../standins/kernel/random';
import type { OutageKind, Wire } from '../cloud/platform';
import type { Deployment } from '../world/deployment';
import type { World } from '../world/world';

export interface Breakable {
  readonly wire: Wire;
  readonly deployments: readonly Deployment[];
}

const MINUTE_MS = 60_000;
/** How long before the end of an outage the sweep stops being able to read the rows, milliseconds. */
const BLIND_MS = 6 * MINUTE_MS;

export function breakThings(world: World, { wire, deployments }: Breakable, stormMs: number): void {
  const { random } = world;
  const during = (run: () => void): void => world.later(random.int(0, stormMs), run);
  if (random.chance(0.25)) {
    const kind = random.pick<OutageKind>(['silent', 'forbidden', 'server-error', 'group-missing']);
    during(() => {
      const ms = outageMs(random);
      wire.breakDown(kind, ms);
      // The sweep that meets what the outage leaves behind then can't read the rows.
      if (random.chance(0.6))
        world.later(Math.max(0, ms - BLIND_MS), () => {
          for (const deployment of deployments) deployment.blind(world.now() + BLIND_MS * 1.5);
        });
    });
  }
  if (random.chance(0.2)) during(() => wire.breakLogs(random.pick([3, 20, 90]) * MINUTE_MS));
  for (const deployment of deployments) {
    for (let crash = random.int(1, 2); crash > 0; crash -= 1) during(() => deployment.crashAHost());
    if (random.chance(0.3)) during(() => deployment.durable.crash());
    if (random.chance(0.3)) during(() => deployment.dawdle(random.int(1, 4) * MINUTE_MS));
  }
}

/** The longest outages cost by far the most time and show little more, so they are rare. */
function outageMs(random: Random): number {
  const rare = random.next();
  return (rare < 0.02 ? 100 : rare < 0.14 ? 40 : random.pick([1, 3, 6, 9, 12])) * MINUTE_MS;
}
